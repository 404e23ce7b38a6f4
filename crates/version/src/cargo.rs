//! Versions and version ranges of Cargo: Semantic Versioning 2.0 and the requirements of Cargo's manifests, where `1.2` means
//! `^1.2`.

use std::cmp::Ordering;

use semver::{BuildMetadata, Comparator, Op, Prerelease, Version, VersionReq};

/// True when `version` satisfies `range`. A prerelease does so only where the range names one of the same release.
pub fn satisfies(version: &str, range: &str) -> bool {
    let parsed = VersionReq::parse(range.trim()).ok();
    let version = Version::parse(version.trim()).ok();
    parsed
        .zip(version)
        .is_some_and(|(range, version)| range.matches(&version))
}

/// Compares two versions; `None` unless both are Semantic Versions. Build metadata is compared last.
pub fn compare(a: &str, b: &str) -> Option<Ordering> {
    Some(Version::parse(a).ok()?.cmp(&Version::parse(b).ok()?))
}

/// True when `text` is a requirement (a single version is one).
pub(crate) fn is_range(text: &str) -> bool {
    VersionReq::parse(text.trim()).is_ok()
}

/// True when a range that is meant to block versions includes this one, or the release that it precedes, or when the version
/// cannot be compared.
pub(crate) fn blocks(range: &str, version: &str) -> bool {
    let Ok(range) = VersionReq::parse(range.trim()) else {
        return false;
    };
    let Ok(exact) = Version::parse(version) else {
        return true;
    };
    let release = Version::new(exact.major, exact.minor, exact.patch);
    range.matches(&exact) || range.matches(&release)
}

/// The constraints of a `vers` URI; `None` when `range` is not a requirement, or no version is in it.
pub(crate) fn constraints(range: &str) -> Option<String> {
    let range = VersionReq::parse(range).ok()?;
    let mut bounds = Bounds::default();
    for comparator in &range.comparators {
        bounds.narrow(comparator);
    }
    bounds.text()
}

/// The ends of an interval, each with whether it is included.
#[derive(Default)]
struct Bounds {
    low: Option<(Version, bool)>,
    high: Option<(Version, bool)>,
}

impl Bounds {
    fn narrow(&mut self, it: &Comparator) {
        let partial = it.patch.is_none();
        let first = Version {
            major: it.major,
            minor: it.minor.unwrap_or(0),
            patch: it.patch.unwrap_or(0),
            pre: it.pre.clone(),
            build: BuildMetadata::EMPTY,
        };
        match it.op {
            Op::Greater if partial => self.at_least(after_partial(it), true),
            Op::Greater => self.at_least(first, false),
            Op::GreaterEq => self.at_least(first, true),
            Op::Less => self.at_most(first, false),
            Op::LessEq if partial => self.at_most(lowest(after_partial(it)), false),
            Op::LessEq => self.at_most(first, true),
            Op::Exact if !partial => {
                self.at_least(first.clone(), true);
                self.at_most(first, true);
            }
            Op::Tilde => {
                self.at_least(first, true);
                self.at_most(lowest(after_tilde(it)), false);
            }
            Op::Caret => {
                self.at_least(first, true);
                self.at_most(lowest(after_caret(it)), false);
            }
            // `Exact` and `Wildcard` with numbers left out; a later kind of comparator is read like them.
            _ => {
                self.at_least(first, true);
                self.at_most(lowest(after_partial(it)), false);
            }
        }
    }

    fn at_least(&mut self, version: Version, included: bool) {
        let new = (version, included);
        let is_stricter = |old: &(Version, bool)| new.0 > old.0 || (new.0 == old.0 && !new.1);
        if self.low.as_ref().is_none_or(is_stricter) {
            self.low = Some(new);
        }
    }

    fn at_most(&mut self, version: Version, included: bool) {
        let new = (version, included);
        let is_stricter = |old: &(Version, bool)| new.0 < old.0 || (new.0 == old.0 && !new.1);
        if self.high.as_ref().is_none_or(is_stricter) {
            self.high = Some(new);
        }
    }

    fn text(&self) -> Option<String> {
        let bound = |(version, included): &(Version, bool), sign: &str| {
            let equal = if *included { "=" } else { "" };
            [sign, equal, &quoted(version)].concat()
        };
        match (&self.low, &self.high) {
            (None, None) => Some("*".to_owned()),
            (Some(low), Some(high)) if low.0 == high.0 => (low.1 && high.1).then(|| quoted(&low.0)),
            (Some(low), Some(high)) if low.0 > high.0 => None,
            (low, high) => {
                let low = low.as_ref().map(|it| bound(it, ">"));
                let high = high.as_ref().map(|it| bound(it, "<"));
                let both: Vec<String> = low.into_iter().chain(high).collect();
                Some(both.join("|"))
            }
        }
    }
}

/// The first release above all that have the numbers of a comparator.
fn after_partial(it: &Comparator) -> Version {
    match (it.minor, it.patch) {
        (None, _) => Version::new(it.major.saturating_add(1), 0, 0),
        (Some(minor), None) => Version::new(it.major, minor.saturating_add(1), 0),
        (Some(minor), Some(patch)) => Version::new(it.major, minor, patch.saturating_add(1)),
    }
}

fn after_tilde(it: &Comparator) -> Version {
    match it.minor {
        None => Version::new(it.major.saturating_add(1), 0, 0),
        Some(minor) => Version::new(it.major, minor.saturating_add(1), 0),
    }
}

fn after_caret(it: &Comparator) -> Version {
    match (it.major, it.minor, it.patch) {
        (0, Some(0), Some(patch)) => Version::new(0, 0, patch.saturating_add(1)),
        (0, Some(minor), _) => Version::new(0, minor.saturating_add(1), 0),
        (major, ..) => Version::new(major.saturating_add(1), 0, 0),
    }
}

/// The lowest prerelease of a release: no version of the releases before it is higher.
fn lowest(mut version: Version) -> Version {
    version.pre = Prerelease::new("0").unwrap_or(Prerelease::EMPTY);
    version
}

/// A version with the characters escaped that have a meaning in a `vers`.
fn quoted(version: &Version) -> String {
    let text = version.to_string();
    text.replace('%', "%25").replace('+', "%2B")
}

#[cfg(test)]
mod tests;
