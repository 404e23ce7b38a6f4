//! Where a module that no input provides comes from: Perl's core, an archive of the index, or nowhere.

use super::core::Presence;
use super::index::Row;
use super::request::Request;
use super::target::TargetPerl;
use crate::package::dist_name::DistName;
use crate::package::module::PERL;

/// What provides a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Core,
    /// The archive of this path name.
    Index(String),
}

/// What provides a module, and in which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolution {
    pub(super) source: Source,
    pub(super) version: Option<String>,
}

impl Resolution {
    fn core(version: Option<&str>) -> Self {
        Self {
            source: Source::Core,
            version: version.map(str::to_owned),
        }
    }

    fn listed(row: Row<'_>) -> Self {
        Self {
            source: Source::Index(row.pathname.to_owned()),
            version: row.version.map(str::to_owned),
        }
    }

    /// True for a module that comes with Perl.
    pub(super) fn is_core(&self) -> bool {
        self.source == Source::Core
    }
}

/// Resolves a module; `None` when nothing known provides it. `row` is its row of the index.
pub(super) fn resolve(
    name: &str,
    request: &Request<'_>,
    target: &TargetPerl<'_>,
    row: Option<Row<'_>>,
) -> Option<Resolution> {
    if name == PERL {
        return Some(Resolution::core(Some(&target.perl.version())));
    }
    // The index may know core modules of a Perl that the list does not have.
    let of_newer_perl = row.filter(|row| target.beyond_list && is_perl(row.pathname));
    let of_distribution = row.filter(|row| !is_perl(row.pathname));
    match target.presence(name) {
        Presence::Included(version) if request.unsatisfied(version).is_none() => {
            Some(Resolution::core(version))
        }
        Presence::Included(version) => {
            let listed = of_distribution.map(Resolution::listed);
            Some(listed.unwrap_or_else(|| Resolution::core(version)))
        }
        Presence::Removed(_) | Presence::Later(_) | Presence::Never => of_distribution
            .map(Resolution::listed)
            .or_else(|| of_newer_perl.map(|row| Resolution::core(row.version))),
    }
}

/// True for an archive of Perl itself.
pub(super) fn is_perl(pathname: &str) -> bool {
    DistName::parse(pathname).name.as_deref() == Some(PERL)
}
