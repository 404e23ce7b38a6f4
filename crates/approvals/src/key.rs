//! Which package an entry of a list is about, and which one a node of the graph is: a package of one source, without version.
//!
//! A bare name means the public npm registry and nothing else. For a package from git, the version is the commit.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bomtrail_document::find_byte;
use bomtrail_graph::NodeRef;
use bomtrail_purl::{Purl, PurlError};

use crate::version;

/// The qualifier that says which repository and commit a package is.
const VCS: &str = "vcs_url";

/// Why a text does not name a package in a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// It is not a valid Package URL, or not a valid npm name.
    #[error(transparent)]
    Purl(#[from] PurlError),
    /// It begins with another scheme, or has spaces or control characters.
    #[error("write an npm name, or a Package URL for anything else")]
    NotAName,
    /// A version is needed and missing.
    #[error("the version is missing")]
    NoVersion,
    /// The version is a range, a tag or something else that does not stand for one release.
    #[error("`{version}` is not an exact version: {why}")]
    Inexact {
        /// The text that was given as a version.
        version: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// A package of one source, without a version. Two spellings of one package have equal keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// The canonical text: a Package URL without version.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The package's name in a list: a bare name for the public npm registry, else a Package URL without version.
    pub fn entry_name(&self) -> Cow<'_, str> {
        let bare = self.0.strip_prefix("pkg:npm/");
        match bare.filter(|_| !self.has_source()) {
            Some(name) => Cow::Owned(name.replacen("%40", "@", 1)),
            None => Cow::Borrowed(&self.0),
        }
    }

    /// The Package URL type.
    pub(crate) fn package_type(&self) -> &str {
        let rest = self.0.strip_prefix("pkg:").unwrap_or(&self.0);
        rest.split('/').next().unwrap_or_default()
    }

    /// True when versions of it are commits.
    pub(crate) fn is_git(&self) -> bool {
        self.0.contains("vcs_url=")
    }

    /// True when it names a source in addition to the package.
    pub(crate) fn has_source(&self) -> bool {
        self.0.contains('?')
    }
}

/// A package of a list with a version, for messages: `name@1.0.0`, or a Package URL with the version before its qualifiers.
///
/// ```
/// use bomtrail_approvals::versioned;
///
/// assert_eq!(versioned("@scope/name", "1.0.0"), "@scope/name@1.0.0");
/// assert_eq!(versioned("pkg:cpan/Foo?author=A", "1.0"), "pkg:cpan/Foo@1.0?author=A");
/// ```
#[must_use]
pub fn versioned(name: &str, version: &str) -> String {
    let full = Purl::parse(name).and_then(|purl| {
        let mut full = Purl::build(purl.package_type(), &purl.name()).version(version);
        if let Some(namespace) = purl.namespace() {
            full = full.namespace(&namespace);
        }
        for (key, value) in purl.qualifiers() {
            full = full.qualifier(key, &value);
        }
        if let Some(subpath) = purl.subpath() {
            full = full.subpath(&subpath);
        }
        full.finish()
    });
    match full {
        Ok(purl) => purl.as_str().to_owned(),
        Err(_) => [name, "@", version].concat(),
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key as a list states it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Stated {
    pub(crate) key: Key,
    /// The version, where the key has one.
    pub(crate) version: Option<String>,
    /// The CPAN author, where the key names one: it limits the entry to archives of that author.
    pub(crate) author: Option<String>,
}

impl Stated {
    /// Reads a bare npm name, or a Package URL with or without a version.
    pub(crate) fn parse(text: &str) -> Result<Self, NameError> {
        if text.starts_with("pkg:") {
            return Ok(Self::of_purl(&Purl::parse(text)?)?);
        }
        let odd = text.trim() != text || text.contains(':') || text.contains(char::is_control);
        if odd {
            return Err(NameError::NotAName);
        }
        let versioned = text.rsplit_once('@').filter(|(name, _)| !name.is_empty());
        let (name, version) = match versioned {
            Some((name, version)) => (name, Some(version.to_owned())),
            None => (text, None),
        };
        let purl = Purl::npm(name, None)?;
        Ok(Self {
            key: Key(purl.as_str().into()),
            version,
            author: None,
        })
    }

    fn of_purl(purl: &Purl) -> Result<Self, PurlError> {
        if let Some((key, version)) = plain(purl) {
            return Ok(Self {
                key,
                version,
                author: None,
            });
        }
        let author = purl.cpan_author().map(Cow::into_owned);
        if let Some(url) = purl.qualifier(VCS) {
            let (repository, commit) = repository(&url);
            let bare = purl.without_version().with_qualifier(VCS, repository)?;
            return Ok(Self {
                key: Key(bare.identity().into()),
                version: commit.map(str::to_owned),
                author,
            });
        }
        Ok(Self {
            key: Key(purl.without_version().identity().into()),
            version: purl.version().map(Cow::into_owned),
            author,
        })
    }
}

/// The address of a repository without `.git` and slashes at its end, and the commit after it.
fn repository(url: &str) -> (&str, Option<&str>) {
    let (address, commit) = match url.rsplit_once('@') {
        // An account is before the host, so slashes follow it.
        Some((address, commit)) if !commit.contains('/') => (address, Some(commit)),
        _ => (url, None),
    };
    let address = address.trim_end_matches('/');
    (address.strip_suffix(".git").unwrap_or(address), commit)
}

/// A package as a user names it: by name or Package URL, with or without a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name in a list, without the version.
    pub name: String,
    /// Which package.
    pub key: Key,
    /// Which version; for git the commit.
    pub version: Option<String>,
    /// The CPAN author.
    pub(crate) author: Option<String>,
}

impl Wanted {
    /// True when this asks for that package: all of what is given must fit.
    pub fn is(&self, subject: &Subject) -> bool {
        self.key == subject.key
            && (self.version.is_none() || self.version == subject.version)
            && (self.author.is_none() || self.author == subject.author)
    }

    /// The same package of any CPAN author.
    #[must_use]
    pub fn of_any_author(mut self) -> Self {
        if self.author.take().is_some() {
            self.name = self.key.entry_name().into_owned();
        }
        self
    }

    /// Reads `name`, `name@version` or a Package URL.
    ///
    /// # Errors
    /// [`NameError`] when it is not a package.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let stated = Stated::parse(text)?;
        let mut name = stated.key.entry_name().into_owned();
        if let Some(author) = &stated.author {
            let purl = Purl::parse(&name).and_then(|it| it.with_qualifier("author", author));
            purl?.as_str().clone_into(&mut name);
        }
        Ok(Self {
            name,
            key: stated.key,
            version: stated.version,
            author: stated.author,
        })
    }
}

/// A node of the graph as lists see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The package and its source.
    pub key: Key,
    /// The version; for git the commit. `None` where nothing exact is known.
    pub version: Option<String>,
    /// The CPAN author.
    pub(crate) author: Option<String>,
    /// The same package without its source, and its own version: a denial by name applies to every source.
    pub(crate) anywhere: Option<(Key, Option<String>)>,
}

impl Subject {
    /// The package's name in a list: a bare name for the public npm registry, else a Package URL without version.
    pub fn entry_name(&self) -> Cow<'_, str> {
        self.key.entry_name()
    }
}

/// A node of the graph as lists see it; `None` for a node without a Package URL.
pub fn subject(node: NodeRef<'_>) -> Option<Subject> {
    let purl = node.purl()?;
    if let Some((key, version)) = plain(purl) {
        return Some(Subject {
            key,
            version,
            author: None,
            anywhere: None,
        });
    }
    let Stated {
        key,
        version,
        author,
    } = Stated::of_purl(purl).ok()?;
    let version = version.filter(|it| !key.is_git() || version::is_commit(it));
    let anywhere = key.has_source().then(|| anywhere(purl)).flatten();
    Some(Subject {
        key,
        version,
        author,
        anywhere,
    })
}

/// The key and the version of a Package URL without qualifiers, whose text has nothing but them.
fn plain(purl: &Purl) -> Option<(Key, Option<String>)> {
    let text = purl.as_str();
    let has_more = find_byte(text.as_bytes(), 0, 0, [b'?', b'#']).is_some();
    if has_more || purl.package_type() == "cpan" {
        return None;
    }
    let key = text.split_once('@').map_or(text, |(key, _)| key);
    Some((Key(key.into()), purl.version().map(Cow::into_owned)))
}

fn anywhere(purl: &Purl) -> Option<(Key, Option<String>)> {
    let key = Key(purl.package().ok()?.identity().into());
    Some((key, purl.version().map(Cow::into_owned)))
}

#[cfg(test)]
mod tests;
