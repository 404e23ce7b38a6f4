//! The modules that come with Perl: whether a module is part of a release, in which version, and where not, when it was added
//! or removed. The embedded list is written by `cargo xtask core-modules` from `Module::CoreList` and has the stable releases
//! from 5.6 on; a newer one can be read at run time.

mod listing;

use std::sync::LazyLock;

pub use listing::CoreListError;

/// The embedded list, in the format of [`CoreList::parse`].
const TEXT: &str = include_str!("core/modules.txt");

/// The embedded list, split into lines once.
static EMBEDDED: LazyLock<CoreList> = LazyLock::new(|| CoreList::parse(TEXT));

/// Which modules come with which stable release of Perl 5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoreList {
    source: String,
    releases: Vec<Release>,
    /// Names and their changes, sorted by name.
    modules: Vec<(Box<str>, Box<str>)>,
}

/// A stable release of Perl 5 that a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Release {
    /// Its number in the list.
    number: u16,
    /// `5.MINOR.PATCH`.
    pub(crate) minor: u32,
    pub(crate) patch: u32,
}

/// Whether a module comes with a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence<'l> {
    /// It does, in this version; `None` when the module has no version.
    Included(Option<&'l str>),
    /// It was removed in this release.
    Removed(Release),
    /// It is first included in this release.
    Later(Release),
    /// No release of the list has it.
    Never,
}

impl CoreList {
    /// The list that is part of the program.
    pub(crate) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Where the list is from: `Module::CoreList` and its version, or the name of a file.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The releases, oldest first.
    pub(crate) fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// The newest release that is not newer than `5.minor.patch`; the first of all if every one is newer.
    pub(crate) fn at_most(&self, minor: u32, patch: u32) -> Option<Release> {
        let fits = |it: &&Release| (it.minor, it.patch) <= (minor, patch);
        let found = self.releases.iter().rev().find(fits);
        found.or(self.releases.first()).copied()
    }

    /// Whether `module` comes with `release`.
    pub(crate) fn presence(&self, release: Release, module: &str) -> Presence<'_> {
        let found = self
            .modules
            .binary_search_by(|(name, _)| (**name).cmp(module));
        let line = found.ok().and_then(|at| self.modules.get(at));
        let Some((_, changes)) = line else {
            return Presence::Never;
        };
        let mut last = None;
        for (number, version) in changes.split(' ').filter_map(change) {
            if number > release.number {
                let later = self.release(number).filter(|_| last.is_none());
                return later.map_or_else(|| self.after(last), Presence::Later);
            }
            last = Some((number, version));
        }
        self.after(last)
    }

    /// The state after a module's last change.
    fn after<'l>(&self, last: Option<(u16, Option<&'l str>)>) -> Presence<'l> {
        match last {
            Some((_, Some(version))) => {
                Presence::Included(Some(version).filter(|version| !version.is_empty()))
            }
            Some((number, None)) => self
                .release(number)
                .map_or(Presence::Never, Presence::Removed),
            None => Presence::Never,
        }
    }

    fn release(&self, number: u16) -> Option<Release> {
        self.releases.get(usize::from(number)).copied()
    }
}

/// A change of a module, `12:1.5` or `12-`: the number of a release, and the version from there on or `None`.
fn change(text: &str) -> Option<(u16, Option<&str>)> {
    if let Some((number, version)) = text.split_once(':') {
        return Some((number.parse().ok()?, Some(version)));
    }
    Some((text.strip_suffix('-')?.parse().ok()?, None))
}

impl Release {
    /// As people write it: `5.36.0`.
    pub(crate) fn dotted(self) -> String {
        format!("5.{}.{}", self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests;
