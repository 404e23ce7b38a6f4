//! Where the archive of a distribution is from: CPAN, a private index, or an address. Only an archive of CPAN gets the Package
//! URL of a public release.

use bomtrail_graph::{Component, Origin, Purl};

use super::address::{is_local, is_public, is_url, without_secrets};
use super::dist_name::DistName;
use super::purl;

/// The authors that tools for private indices write in place of an author of CPAN.
const PLACEHOLDERS: [&str; 2] = ["DUMMY", "MY"];

/// The archive of a distribution.
#[derive(Clone, Debug)]
pub(crate) struct Archive<'a> {
    /// What its path or address says.
    pub(crate) named: DistName<'a>,
    source: Source,
}

/// Where an archive is from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// CPAN, by the path below `authors/id`.
    Cpan,
    /// A private index; `None` when nothing names it.
    Private(Option<String>),
    /// An address outside any index.
    Address(String),
    /// A file of some machine.
    Local,
    /// Nothing says.
    Unknown,
}

impl<'a> Archive<'a> {
    /// Reads the path below `authors/id`, or the address, of an archive. `index` is the private index it is known to be from,
    /// or the one that a project names and that an archive without an author of CPAN can be from.
    pub(crate) fn parse(path: &'a str, index: &Index<'_>) -> Self {
        let end = path.find(['?', '#']).filter(|_| is_url(path));
        let named = DistName::parse(path.get(..end.unwrap_or(path.len())).unwrap_or(path));
        let source = match (is_url(path), named.author) {
            (true, _) if is_local(path) => Source::Local,
            (true, author) if author.is_none() || !is_public(path) => {
                Source::Address(without_secrets(path))
            }
            (_, Some(author)) if PLACEHOLDERS.contains(&author) => {
                let index = index.of_module.or(index.of_project);
                Source::Private(index.map(without_secrets))
            }
            (_, Some(_)) => index.of_module.map_or(Source::Cpan, |index| {
                Source::Private(Some(without_secrets(index)))
            }),
            (_, None) => Source::Unknown,
        };
        Self { named, source }
    }

    /// True for an archive of a private index that nothing names.
    pub(crate) fn is_of_unnamed_index(&self) -> bool {
        self.source == Source::Private(None)
    }

    /// True when nothing says where the archive is from.
    pub(crate) fn is_of_unknown_source(&self) -> bool {
        self.source == Source::Unknown
    }

    /// Puts name, version, origin, address and Package URL on a component.
    pub(crate) fn describe(&self, component: &mut Component) {
        if let Some(name) = self.named.name.as_deref() {
            component.name = name.into();
        }
        if let Some(version) = self.named.version.as_deref() {
            component.version = Some(version.into());
        }
        component.purl = self.purl();
        component.origin = match &self.source {
            Source::Cpan => Origin::Registry,
            Source::Private(_) => Origin::OtherRegistry,
            Source::Address(_) => Origin::RemoteArchive,
            Source::Local => Origin::LocalArchive,
            Source::Unknown => Origin::Unknown,
        };
        if let Source::Address(url) = &self.source {
            component.source = Some(url.as_str().into());
        }
    }

    fn purl(&self) -> Option<Purl> {
        let name = self.named.name.as_deref()?;
        let version = self.named.version.as_deref();
        match &self.source {
            Source::Cpan | Source::Unknown => purl::of_archive(&self.named),
            Source::Private(Some(index)) => {
                let author = self.named.author.filter(|it| !PLACEHOLDERS.contains(it));
                let purl = purl::of_parts(name, version, author)?;
                purl.with_qualifier("repository_url", index).ok()
            }
            Source::Address(url) => {
                let purl = purl::of_parts(name, version, None)?;
                purl.with_qualifier("download_url", url).ok()
            }
            Source::Private(None) | Source::Local => {
                let purl = Purl::build("generic", name);
                purl.version(version.unwrap_or_default()).finish().ok()
            }
        }
    }
}

/// The private indices that a project names, as URLs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Index<'i> {
    /// The one that a module is required from.
    pub(crate) of_module: Option<&'i str>,
    /// The first one of the project.
    pub(crate) of_project: Option<&'i str>,
}

#[cfg(test)]
mod tests;
