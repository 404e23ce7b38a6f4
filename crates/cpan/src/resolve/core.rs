//! The modules that come with Perl itself: is a module part of a release, in which version, and where not, when it came or
//! went. The table is made by `cargo xtask core-modules` from `Module::CoreList`; it knows stable releases from 5.6 on.

use std::sync::LazyLock;

/// The table: two lines of head, then a line for each module with its changes (see the task that writes it).
const TEXT: &str = include_str!("core/modules.txt");

/// The table, split into lines once.
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(TEXT));

/// A stable release of Perl 5 that the table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Release {
    number: u16,
    /// `5.MINOR.PATCH`.
    pub(crate) minor: u32,
    pub(crate) patch: u32,
}

/// Whether a module comes with a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It does, in this version; `None` when the module has none.
    Included(Option<&'static str>),
    /// It did, until this release came without it.
    Removed(Release),
    /// It first comes with this release.
    Later(Release),
    /// No release has it.
    Never,
}

struct Table {
    source: &'static str,
    releases: Vec<Release>,
    /// Names and their changes, sorted by name.
    modules: Vec<(&'static str, &'static str)>,
}

impl Table {
    fn parse(text: &'static str) -> Self {
        let mut table = Self {
            source: "",
            releases: Vec::new(),
            modules: Vec::new(),
        };
        for (name, rest) in text.lines().filter_map(|line| line.split_once(' ')) {
            match name {
                "#" => {}
                "source" if table.modules.is_empty() => table.source = rest,
                "releases" if table.modules.is_empty() => {
                    table.releases = (0..).zip(rest.split(' ')).filter_map(release).collect();
                }
                _ => table.modules.push((name, rest)),
            }
        }
        table
    }

    fn changes(&self, module: &str) -> Option<&'static str> {
        let found = self
            .modules
            .binary_search_by(|(name, _)| (*name).cmp(module));
        let line = found.ok().and_then(|at| self.modules.get(at));
        line.map(|(_, changes)| *changes)
    }

    fn release(&self, number: u16) -> Option<Release> {
        self.releases.get(usize::from(number)).copied()
    }
}

fn release((number, text): (u16, &str)) -> Option<Release> {
    let (minor, patch) = text.strip_prefix("5.")?.split_at_checked(3)?;
    Some(Release {
        number,
        minor: minor.parse().ok()?,
        patch: patch.parse().ok()?,
    })
}

/// `12:1.5` or `12-`: the number of a release, and the version from there on or nothing.
fn change(text: &'static str) -> Option<(u16, Option<&'static str>)> {
    if let Some((number, version)) = text.split_once(':') {
        return Some((number.parse().ok()?, Some(version)));
    }
    Some((text.strip_suffix('-')?.parse().ok()?, None))
}

impl Release {
    /// The newest release of the table.
    pub(crate) fn newest() -> Option<Self> {
        TABLE.releases.last().copied()
    }

    /// The newest release of the table that is not newer than `5.minor.patch`; the first of all before it.
    pub(crate) fn at_most(minor: u32, patch: u32) -> Option<Self> {
        let fits = |it: &&Self| (it.minor, it.patch) <= (minor, patch);
        let found = TABLE.releases.iter().rev().find(fits);
        found.or(TABLE.releases.first()).copied()
    }

    /// As people write it: `5.36.0`.
    pub(crate) fn dotted(self) -> String {
        format!("5.{}.{}", self.minor, self.patch)
    }

    /// Whether `module` comes with this release.
    pub(crate) fn presence(self, module: &str) -> Presence {
        let Some(changes) = TABLE.changes(module) else {
            return Presence::Never;
        };
        let mut last = None;
        for (number, version) in changes.split(' ').filter_map(change) {
            if number > self.number {
                let later = TABLE.release(number).filter(|_| last.is_none());
                return later.map_or_else(|| settled(last), Presence::Later);
            }
            last = Some((number, version));
        }
        settled(last)
    }
}

/// What the last change up to a release leaves.
fn settled(last: Option<(u16, Option<&'static str>)>) -> Presence {
    match last {
        Some((_, Some(version))) => {
            Presence::Included(Some(version).filter(|version| !version.is_empty()))
        }
        Some((number, None)) => TABLE
            .release(number)
            .map_or(Presence::Never, Presence::Removed),
        None => Presence::Never,
    }
}

/// Where the table comes from: `Module::CoreList` and its version.
pub(crate) fn source() -> &'static str {
    TABLE.source
}

#[cfg(test)]
mod tests;
