//! Package URLs (purls) as the specification has them in August 2026: ECMA-427 and the type definitions of purl-spec.
//!
//! A [`Purl`] is always canonical: it is parsed or built, never printed into shape by its user. It is one allocation and
//! 32 bytes, is compared by its text, and gives its parts decoded.
//!
//! ```
//! use bomtrail_purl::Purl;
//!
//! let purl = Purl::parse("pkg:npm/@babel/core@7.28.0?vcs_url=git%2Bhttps://example.com/babel.git")?;
//! assert_eq!(purl.as_str(), "pkg:npm/%40babel/core@7.28.0?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fbabel.git");
//! assert_eq!(purl.namespace().as_deref(), Some("@babel"));
//! assert_eq!(purl.qualifier("vcs_url").as_deref(), Some("git+https://example.com/babel.git"));
//!
//! let built = Purl::build("cpan", "URI-PackageURL").version("2.23").qualifier("author", "GDT").finish()?;
//! assert_eq!(built.as_str(), "pkg:cpan/URI-PackageURL@2.23?author=GDT");
//! assert_eq!(built.identity(), Purl::parse("pkg:cpan/GDT/URI-PackageURL@2.23")?.identity());
//! # Ok::<(), bomtrail_purl::PurlError>(())
//! ```
//!
//! * Every part is encoded with one set: ASCII letters, digits and `-._~:` stand for themselves, all else is `%XX`.
//! * The rules of all 42 types that purl-spec defines are one table; a type it does not define keeps its parts as given.
//!   npm names keep their case; a cpan name is a distribution, and its namespace an optional author in upper case.
//! * Left alone: whether a version is one its ecosystem has, whether a qualifier is known to its type, and a qualifier that
//!   only repeats its default. Credentials in a URL are for the caller to remove.
//! * Where the official suite is at odds with itself or with a definition: upper-case qualifier keys are another spelling,
//!   except for gem and rpm where [`Purl::parse`] refuses them and [`Purl::normalize`] takes them; git paths are
//!   lower-cased; golang paths keep their case.

mod build;
mod canonical;
mod encode;
mod error;
mod identity;
mod order;
mod parse;
mod parts;
mod types;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use build::PurlBuilder;
use encode::decode_canonical;
pub use error::PurlError;
use parts::Keys;
pub use types::KnownType;

const SCHEME: &str = "pkg:";

/// A Package URL in its canonical form (ECMA-427); compared, ordered and hashed by that text.
#[derive(Clone)]
pub struct Purl {
    text: Box<str>,
    ends: Ends,
}

/// Where each part but the type ends in the canonical text, in bytes. A part that is not there ends where the one before it does.
#[derive(Clone, Copy)]
struct Ends {
    namespace: u32,
    name: u32,
    version: u32,
    qualifiers: u32,
}

impl Purl {
    /// Reads a Package URL in any spelling the specification takes, and keeps its canonical one. Fails on the first rule of
    /// the specification or of the type that the text breaks.
    pub fn parse(text: &str) -> Result<Purl, PurlError> {
        parse::parse(text, Keys::AsTyped)
    }

    /// Like [`Purl::parse`], for documents of others: also takes what a type refuses though its meaning is plain, which is
    /// a qualifier key in upper case (`pkg:gem/…?Platform=java`).
    pub fn normalize(text: &str) -> Result<Purl, PurlError> {
        parse::parse(text, Keys::AnyCase)
    }

    /// Starts a Package URL from decoded parts.
    pub fn build(package_type: &str, name: &str) -> PurlBuilder {
        PurlBuilder::new(package_type, name)
    }

    /// The Package URL of an npm package; `name` is `name` or `@scope/name`, neither of them encoded. An empty version is
    /// no version. Fails on a name that is neither.
    pub fn npm(name: &str, version: Option<&str>) -> Result<Purl, PurlError> {
        build::npm(name, version)
    }

    /// The canonical text, percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The package type, lower-case: `npm`, `cpan`, `generic`.
    pub fn package_type(&self) -> &str {
        self.text
            .get(SCHEME.len()..self.type_end())
            .unwrap_or_default()
    }

    /// The namespace, decoded, its segments joined by `/`: an npm scope with its `@`, a cpan author.
    pub fn namespace(&self) -> Option<Cow<'_, str>> {
        self.raw_namespace().map(decode_canonical)
    }

    /// The name, decoded.
    pub fn name(&self) -> Cow<'_, str> {
        decode_canonical(self.raw_name())
    }

    /// The version, decoded.
    pub fn version(&self) -> Option<Cow<'_, str>> {
        self.raw_version().map(decode_canonical)
    }

    /// The qualifiers in the order of their keys; keys are lower-case, values decoded.
    pub fn qualifiers(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.raw_qualifiers()
            .map(|(key, value)| (key, decode_canonical(value)))
    }

    /// The decoded value of one qualifier; `key` is lower-case.
    pub fn qualifier(&self, key: &str) -> Option<Cow<'_, str>> {
        self.raw_qualifiers()
            .find(|(found, _)| *found == key)
            .map(|(_, value)| decode_canonical(value))
    }

    /// The path inside the package, decoded.
    pub fn subpath(&self) -> Option<Cow<'_, str>> {
        self.raw_subpath().map(decode_canonical)
    }

    /// The whole text percent-decoded, borrowed when nothing is encoded: what a bom-ref uses.
    pub fn decoded(&self) -> Cow<'_, str> {
        decode_canonical(&self.text)
    }

    /// This Package URL with one qualifier set to a decoded value, in place of the one of that key; an empty value takes it
    /// away. Fails on an invalid key.
    pub fn with_qualifier(&self, key: &str, value: &str) -> Result<Purl, PurlError> {
        build::with_qualifier(self, key, value)
    }

    /// This Package URL without its version; the qualifiers and the subpath stay.
    #[must_use]
    pub fn without_version(&self) -> Purl {
        build::without_version(self)
    }

    /// The package without a version, qualifiers, and subpath. Fails for a type that needs a qualifier.
    pub fn package(&self) -> Result<Purl, PurlError> {
        build::package(self)
    }

    /// The key under which two Package URLs name one package. For cpan this is the text without author, namespace and
    /// distpath, for every other type the canonical text. Two cpan ones with equal keys are still two packages when both
    /// name an author ([`Purl::cpan_author`]) and the authors differ.
    pub fn identity(&self) -> Cow<'_, str> {
        identity::identity(self)
    }

    /// True when `found` is a package that this Package URL asks for: they name one package, or differ only in a version and
    /// qualifiers that this one leaves open. A cpan author is left open where one of the two has none.
    pub fn names(&self, found: &Purl) -> bool {
        identity::names(self, found)
    }

    /// The CPAN author (PAUSE id, upper-case), from the namespace or else the `author` qualifier. `None` for other types.
    pub fn cpan_author(&self) -> Option<Cow<'_, str>> {
        identity::cpan_author(self)
    }

    /// Where the type ends, which is at the first slash. Types are short.
    fn type_end(&self) -> usize {
        let slash = self.text.bytes().position(|it| it == b'/');
        slash.unwrap_or(SCHEME.len())
    }

    fn raw_namespace(&self) -> Option<&str> {
        self.text
            .get(self.type_end() + 1..self.ends.namespace as usize)
    }

    fn raw_name(&self) -> &str {
        self.part(self.ends.namespace, self.ends.name)
            .unwrap_or_default()
    }

    fn raw_version(&self) -> Option<&str> {
        self.part(self.ends.name, self.ends.version)
    }

    fn raw_qualifiers(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self
            .part(self.ends.version, self.ends.qualifiers)
            .unwrap_or_default();
        pairs.split('&').filter_map(|pair| pair.split_once('='))
    }

    fn raw_subpath(&self) -> Option<&str> {
        self.text.get(self.ends.qualifiers as usize + 1..)
    }

    /// The text between the mark at `before` and `end`; empty when the part is absent.
    fn part(&self, before: u32, end: u32) -> Option<&str> {
        self.text.get(before as usize + 1..end as usize)
    }
}

impl FromStr for Purl {
    type Err = PurlError;

    fn from_str(text: &str) -> Result<Purl, PurlError> {
        Purl::parse(text)
    }
}

impl AsRef<str> for Purl {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
