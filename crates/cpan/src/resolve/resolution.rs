//! Where an open module comes from: Perl's core, an archive of the index, or nowhere.

use bomtrail_graph::{Link, Need};

use super::core::Presence;
use super::index::Row;
use super::perl::Perl;
use crate::package::dist_name::DistName;
use crate::package::module::PERL;
use crate::package::modules::fits;

/// Who requests for a module, and for which versions.
pub(super) struct Request<'a> {
    /// The first input that requests.
    pub(super) path: &'a str,
    /// The ranges as written, but those of versions that must not be there.
    pub(super) ranges: Vec<&'a str>,
    /// True when something does not work without it.
    pub(super) strict: bool,
}

impl<'a> Request<'a> {
    pub(super) fn new(path: &'a str) -> Self {
        Self {
            path,
            ranges: Vec::new(),
            strict: false,
        }
    }

    pub(super) fn add(&mut self, link: &'a Link) {
        if link.need != Need::Conflicts {
            self.ranges.push(link.range.as_deref().unwrap_or_default());
        }
        self.strict |= link.need.is_strict();
    }

    /// The first range that a version is not in.
    pub(super) fn refuses(&self, version: Option<&str>) -> Option<&'a str> {
        self.ranges
            .iter()
            .find(|range| !fits(range, version))
            .copied()
    }
}

/// What a module is looked for in.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) perl: Perl,
    /// Nothing states the Perl.
    pub(super) assumed: bool,
    /// What the index says.
    pub(super) row: Option<Row<'a>>,
}

/// Who provides a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Core,
    /// The archive of this path name.
    Index(String),
}

/// Who provides a module, in which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolution {
    pub(super) source: Source,
    pub(super) version: Option<String>,
}

impl Resolution {
    /// True for a module that comes with Perl.
    pub(super) fn is_core(&self) -> bool {
        self.source == Source::Core
    }
}

/// The resolution on a module; `None` when it is nowhere.
pub(super) fn of(
    name: &str,
    request: &Request<'_>,
    perl: Perl,
    row: Option<Row<'_>>,
) -> Option<Resolution> {
    let core = |version: Option<&str>| Resolution {
        source: Source::Core,
        version: version.map(str::to_owned),
    };
    if name == PERL {
        return Some(core(Some(&perl.version())));
    }
    // What the index says of another Perl counts where the table of core modules ends before the target.
    let beyond = row.filter(|row| perl.is_beyond_table() && is_perl(row.pathname));
    let apart = row.filter(|row| !is_perl(row.pathname));
    let listed = |row: Row<'_>| Resolution {
        source: Source::Index(row.pathname.to_owned()),
        version: row.version.map(str::to_owned),
    };
    match perl.release()?.presence(name) {
        Presence::Included(version) if request.refuses(version).is_none() => Some(core(version)),
        Presence::Included(version) => Some(apart.map_or_else(|| core(version), listed)),
        Presence::Removed(_) | Presence::Later(_) | Presence::Never => apart
            .map(listed)
            .or_else(|| beyond.map(|row| core(row.version))),
    }
}

/// True for an archive of Perl itself.
pub(super) fn is_perl(pathname: &str) -> bool {
    DistName::parse(pathname).name.as_deref() == Some(PERL)
}
