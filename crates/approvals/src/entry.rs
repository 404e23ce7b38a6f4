//! What one approvals file can say: the values of its sections.

use bomtrail_graph::{Date, Hash};
use bomtrail_version::Scheme;

use crate::key::{Key, NameError, Stated};

/// Another file that a file extends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extends {
    /// A path relative to the file, or a URL.
    pub reference: String,
    /// The SHA-512 that the extended file must have.
    pub integrity: Option<Hash>,
    /// The packages for which the extended file is ignored.
    pub exclude: Vec<Key>,
    /// The line of the entry, from 1.
    pub line: usize,
}

/// One approved version of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) key: Key,
    /// The CPAN author the entry is limited to.
    pub(crate) author: Option<String>,
    pub(crate) version: String,
    pub(crate) line: usize,
}

/// A package that may not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Denial {
    /// Which package.
    pub key: Key,
    /// The CPAN author the entry is limited to.
    pub(crate) author: Option<String>,
    /// The denied versions; for git also the first characters of a commit. With no ranges either, every version is denied.
    pub versions: Vec<String>,
    /// The denied ranges, in the grammar of the package's ecosystem.
    pub ranges: Vec<String>,
    /// Why, in a word.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub note: Option<String>,
    /// Who decided.
    pub by: Vec<Reviewer>,
    /// The day of the decision.
    pub on: Option<Date>,
    /// A package to use instead.
    pub use_instead: Option<String>,
    /// The line of the entry, from 1; 0 where it was not read from a file.
    pub line: usize,
}

impl Denial {
    /// Denies every version of a package; with a version in the name, that one. The fields narrow and describe it.
    ///
    /// # Errors
    /// [`NameError`] when `name` is not an npm name and not a Package URL.
    pub fn of(name: &str) -> Result<Self, NameError> {
        Ok(Self::stated(Stated::parse(name)?, 0))
    }

    pub(crate) fn stated(stated: Stated, line: usize) -> Self {
        Self {
            key: stated.key,
            author: stated.author,
            versions: stated.version.into_iter().collect(),
            ranges: Vec::new(),
            reason: None,
            note: None,
            by: Vec::new(),
            on: None,
            use_instead: None,
            line,
        }
    }

    /// True when the denial is of every version.
    pub(crate) fn is_of_all(&self) -> bool {
        self.versions.is_empty() && self.ranges.is_empty()
    }

    /// True when the version is denied.
    pub(crate) fn covers(&self, version: &str) -> bool {
        let scheme = Scheme::of_type(self.key.package_type());
        let blocks = |range: &String| scheme.is_some_and(|it| it.blocks(range, version));
        self.is_of_all()
            || self.versions.iter().any(|it| it == version)
            || self.ranges.iter().any(blocks)
    }
}

/// Who reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reviewer {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// `person`, `org` or `agent`; a person unless stated otherwise.
    pub kind: Option<String>,
}

impl Reviewer {
    /// A reviewer of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

/// How an approval was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The whole package was read.
    Full,
    /// The changes since an approved version were read.
    Delta,
    /// The review of someone else was adopted.
    Imported,
    /// It was in use when the list was started; it was not read.
    Bulk,
    /// It is accepted for the time being.
    Exemption,
}

impl Basis {
    /// Every basis with its name in the file.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::Full, "full"),
        (Self::Delta, "delta"),
        (Self::Imported, "imported"),
        (Self::Bulk, "bulk"),
        (Self::Exemption, "exemption"),
    ];

    /// The name used in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(it, _)| *it == self)
            .map_or("", |(_, name)| name)
    }
}

/// What a package is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// In the product.
    Prod,
    /// To develop, build or test it.
    Dev,
}

impl Use {
    /// Every use with its name in the file.
    pub const NAMES: [(Self, &'static str); 2] = [(Self::Prod, "prod"), (Self::Dev, "dev")];

    /// The name used in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Prod => "prod",
            Self::Dev => "dev",
        }
    }
}

/// What is recorded about an approved version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Review {
    /// Digests of what was reviewed; the package's digest must be among them. Empty: any bytes.
    pub integrity: Vec<Hash>,
    /// Who reviewed.
    pub by: Vec<Reviewer>,
    /// The day of the review.
    pub on: Option<Date>,
    /// The last day on which it is valid.
    pub expires: Option<Date>,
    /// How the approval was reached; `None` where it is not stated.
    pub basis: Option<Basis>,
    /// The version it was compared with.
    pub from: Option<String>,
    /// The criteria it was reviewed against.
    pub criteria: Vec<String>,
    /// What it may be used for; empty: anything.
    pub scope: Vec<Use>,
    /// Whether its install scripts may run.
    pub install_scripts: Option<bool>,
    /// A note.
    pub note: Option<String>,
    /// Links with more.
    pub refs: Vec<String>,
}

/// A review and the version it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reviewed {
    /// Which package.
    pub key: Key,
    /// The CPAN author the entry is limited to.
    pub(crate) author: Option<String>,
    /// Which version.
    pub version: String,
    /// What is recorded.
    pub review: Review,
    /// The line of the entry, from 1; 0 where it was not read from a file.
    pub line: usize,
}
