//! The Perl that modules are resolved for: the stated one, or the newest known one that the project accepts.

use super::core::{CoreList, Presence, Release};
use super::environment::PerlEnvironment;
use super::perl::Perl;
use super::request::Request;

/// The Perl to resolve for, with its core modules.
#[derive(Clone, Copy)]
pub(super) struct TargetPerl<'c> {
    pub(super) perl: Perl,
    /// True when nothing states the Perl.
    pub(super) assumed: bool,
    /// True when the project requires a Perl that the list does not have, so that the newest of the list is used instead.
    pub(super) beyond_list: bool,
    pub(super) core: &'c CoreList,
    release: Release,
}

impl<'c> TargetPerl<'c> {
    /// The Perl that the environment states, or else the newest release that satisfies what is required of `perl`. `None`
    /// when the list of core modules has no release.
    pub(super) fn of(
        environment: &'c PerlEnvironment,
        required: Option<&Request<'_>>,
    ) -> Option<Self> {
        let core = environment.core.as_ref();
        let core = core.unwrap_or_else(|| CoreList::embedded());
        let newest = *core.releases().last()?;
        if let Some(perl) = environment.perl {
            let patch = perl.patch.unwrap_or_default();
            return Some(Self {
                perl,
                assumed: false,
                beyond_list: (newest.minor, newest.patch) < (perl.minor, patch),
                core,
                release: core.at_most(perl.minor, patch)?,
            });
        }
        let accepted = |it: &&Release| {
            let version = perl_of(**it).version();
            required.is_none_or(|request| request.unsatisfied(Some(&version)).is_none())
        };
        let found = core.releases().iter().rev().find(accepted).copied();
        Some(Self {
            perl: perl_of(found.unwrap_or(newest)),
            assumed: true,
            beyond_list: found.is_none(),
            core,
            release: found.unwrap_or(newest),
        })
    }

    /// Whether a module comes with the Perl, or with the newest known one if it is newer than the list.
    pub(super) fn presence(&self, module: &str) -> Presence<'c> {
        self.core.presence(self.release, module)
    }

    /// True when the versions of core modules are those of exactly this Perl, which is stated.
    pub(super) fn is_exact(&self) -> bool {
        !self.assumed && perl_of(self.release) == self.perl
    }
}

fn perl_of(release: Release) -> Perl {
    Perl {
        minor: release.minor,
        patch: Some(release.patch),
    }
}
