//! What an entry of a list is about, and what a node of the graph is to a list: a package of one source, without version.
//!
//! A bare name means the public npm registry and nothing else. For a package from git, the version is the commit.

use std::borrow::Cow;
use std::fmt;

use bomtrail_graph::NodeRef;
use bomtrail_purl::Purl;

use crate::version;

/// The qualifier that says which repository and commit a package is.
const VCS: &str = "vcs_url";

/// A package of one source, without a version. Two spellings of one package have equal keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Box<str>);

impl Key {
    /// The canonical text: a Package URL without version.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How a list calls the package: a bare name for the public npm registry, else a Package URL without version.
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

    /// True when it says which source it is from, beside the package's name.
    pub(crate) fn has_source(&self) -> bool {
        self.0.contains('?')
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key as a list states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) key: Key,
    /// The version, where the key carries one.
    pub(crate) version: Option<String>,
    /// The CPAN author, where the key names one: it narrows to archives of that author.
    pub(crate) author: Option<String>,
}

impl Stated {
    /// Reads a bare npm name, or a Package URL with or without a version. Fails with what is wrong, as a fragment.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("pkg:") {
            let purl = Purl::parse(text).map_err(|error| error.to_string())?;
            return Self::of_purl(&purl).ok_or_else(|| "it is no package".to_owned());
        }
        let odd = text.trim() != text || text.contains(':') || text.contains(char::is_control);
        if odd {
            return Err("it is neither an npm name nor a Package URL".to_owned());
        }
        let versioned = text.rsplit_once('@').filter(|(name, _)| !name.is_empty());
        let (name, version) = match versioned {
            Some((name, version)) => (name, Some(version.to_owned())),
            None => (text, None),
        };
        let purl = Purl::npm(name, None).map_err(|error| error.to_string())?;
        Ok(Self {
            key: Key(purl.as_str().into()),
            version,
            author: None,
        })
    }

    fn of_purl(purl: &Purl) -> Option<Self> {
        let author = purl.cpan_author().map(Cow::into_owned);
        if let Some(url) = purl.qualifier(VCS) {
            let (repository, commit) = repository(&url);
            let bare = versionless(purl)?.with_qualifier(VCS, repository).ok()?;
            return Some(Self {
                key: Key(bare.identity().into()),
                version: commit.map(str::to_owned),
                author,
            });
        }
        Some(Self {
            key: Key(versionless(purl)?.identity().into()),
            version: purl.version().map(Cow::into_owned),
            author,
        })
    }
}

/// The address of a repository without the ending that means nothing, and the commit after it.
fn repository(url: &str) -> (&str, Option<&str>) {
    let (address, commit) = match url.rsplit_once('@') {
        // An account stands before a host, and what follows it has slashes.
        Some((address, commit)) if !commit.contains('/') => (address, Some(commit)),
        _ => (url, None),
    };
    let address = address.trim_end_matches('/');
    (address.strip_suffix(".git").unwrap_or(address), commit)
}

fn versionless(purl: &Purl) -> Option<Purl> {
    if purl.version().is_none() {
        return Some(purl.clone());
    }
    let mut builder = Purl::build(purl.package_type(), &purl.name());
    if let Some(namespace) = purl.namespace() {
        builder = builder.namespace(&namespace);
    }
    for (key, value) in purl.qualifiers() {
        builder = builder.qualifier(key, &value);
    }
    if let Some(subpath) = purl.subpath() {
        builder = builder.subpath(&subpath);
    }
    builder.finish().ok()
}

/// A package as someone asks for it: by name or Package URL, with or without a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How a list calls it, without the version.
    pub name: String,
    /// Which package.
    pub key: Key,
    /// Which version; for git the commit.
    pub version: Option<String>,
    author: Option<String>,
}

impl Wanted {
    /// True when this asks for that package: all of what is given must fit.
    pub fn is(&self, subject: &Subject) -> bool {
        self.key == subject.key
            && (self.version.is_none() || self.version == subject.version)
            && (self.author.is_none() || self.author == subject.author)
    }

    /// Reads `name`, `name@version` or a Package URL.
    ///
    /// # Errors
    /// What is wrong with it, as a fragment.
    pub fn parse(text: &str) -> Result<Self, String> {
        let stated = Stated::parse(text)?;
        let mut name = stated.key.entry_name().into_owned();
        if let Some(author) = &stated.author {
            let purl = Purl::parse(&name).and_then(|it| it.with_qualifier("author", author));
            purl.map_err(|error| error.to_string())?
                .as_str()
                .clone_into(&mut name);
        }
        Ok(Self {
            name,
            key: stated.key,
            version: stated.version,
            author: stated.author,
        })
    }
}

/// What a node is to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The package and its source.
    pub key: Key,
    /// The version; for git the commit. `None` where nothing exact is known.
    pub version: Option<String>,
    /// The CPAN author.
    pub(crate) author: Option<String>,
    /// The same package whatever its source, and its own version: what is refused by name is refused from anywhere.
    pub(crate) anywhere: Option<(Key, Option<String>)>,
}

impl Subject {
    /// How a list calls the package: a bare name for the public npm registry, else a Package URL without version.
    pub fn entry_name(&self) -> Cow<'_, str> {
        self.key.entry_name()
    }
}

/// What a node is to a list; `None` for what has no Package URL.
pub fn subject(node: NodeRef<'_>) -> Option<Subject> {
    let purl = node.purl()?;
    let plain = !purl.as_str().contains(['?', '#']) && purl.package_type() != "cpan";
    if plain {
        let (key, version) = match purl.as_str().split_once('@') {
            Some((key, _)) => (key, purl.version().map(Cow::into_owned)),
            None => (purl.as_str(), None),
        };
        return Some(Subject {
            key: Key(key.into()),
            version,
            author: None,
            anywhere: None,
        });
    }
    let Stated {
        key,
        version,
        author,
    } = Stated::of_purl(purl)?;
    let version = version.filter(|it| !key.is_git() || version::is_commit(it));
    let anywhere = key.has_source().then(|| anywhere(purl)).flatten();
    Some(Subject {
        key,
        version,
        author,
        anywhere,
    })
}

fn anywhere(purl: &Purl) -> Option<(Key, Option<String>)> {
    let mut builder = Purl::build(purl.package_type(), &purl.name());
    if let Some(namespace) = purl.namespace() {
        builder = builder.namespace(&namespace);
    }
    let key = Key(builder.finish().ok()?.identity().into());
    Some((key, purl.version().map(Cow::into_owned)))
}

#[cfg(test)]
mod tests;
