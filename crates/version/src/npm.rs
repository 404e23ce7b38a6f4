//! Versions and version ranges of npm. The forms that nearly every lockfile uses are compared without allocation; all others
//! go to a full parser of npm's grammar.

use std::cmp::Ordering;

use nodejs_semver::{Range, Version};

/// `major.minor.patch` without a prerelease.
type Plain = (u64, u64, u64);

/// A version of the common form `1.2.3`, to be compared with many ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release(u32, u32, u32);

impl Release {
    /// Reads a version; `None` for one with a prerelease, or in any other form.
    pub fn parse(version: &str) -> Option<Self> {
        let (major, minor, patch) = plain(version)?;
        let small = |number| u32::try_from(number).ok();
        Some(Self(small(major)?, small(minor)?, small(patch)?))
    }

    /// Whether a range includes it; `None` for a range that is not of a common form, and for text that is not a range.
    pub fn is_in(self, range: &str) -> Option<bool> {
        any_of(self.plain(), trimmed(range))
    }

    fn plain(self) -> Plain {
        let Self(major, minor, patch) = self;
        (major.into(), minor.into(), patch.into())
    }
}

/// A range of the common forms, to be compared with many versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common(Box<[Interval]>);

impl Common {
    /// Reads a range; `None` for one that is not of a common form, and for text that is not a range.
    pub fn parse(range: &str) -> Option<Self> {
        let range = trimmed(range);
        if !range.contains('|') {
            return Some(Self([interval(range)?].into()));
        }
        let parts = range.split("||").map(|it| interval(it.trim()));
        parts.collect::<Option<_>>().map(Self)
    }

    /// Whether it includes a version, as [`Release::is_in`] decides it.
    pub fn includes(&self, version: Release) -> bool {
        let version = version.plain();
        self.0.iter().any(|it| it.includes(version))
    }
}

fn trimmed(range: &str) -> &str {
    let is_trimmed = matches!(range.as_bytes(), [b'!'..=b'~', .., b'!'..=b'~']);
    if is_trimmed { range } else { range.trim() }
}

/// The versions from `low` on and below `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Interval {
    low: Plain,
    /// `None` for an open end.
    end: Option<Plain>,
}

impl Interval {
    const fn new(low: Plain, end: Plain) -> Self {
        Self {
            low,
            end: Some(end),
        }
    }

    fn includes(self, version: Plain) -> bool {
        version >= self.low && self.end.is_none_or(|it| version < it)
    }
}

/// True when `version` satisfies `range`, as npm decides it: loosely, and a prerelease only where the range names one of the
/// same release.
pub fn satisfies(version: &str, range: &str) -> bool {
    fit(version, range).unwrap_or(false)
}

/// The same; `None` for text that is not a range.
pub fn fit(version: &str, range: &str) -> Option<bool> {
    if let Some(answer) = quick(version, range) {
        return Some(answer);
    }
    let range = Range::parse(range.trim()).ok()?;
    let version = Version::parse(version.trim().trim_start_matches(['=', 'v']));
    Some(version.is_ok_and(|it| range.satisfies(&it)))
}

/// [`satisfies`] for the common forms only: `None` for any other version or range, and for text that is not a range.
pub fn quick(version: &str, range: &str) -> Option<bool> {
    Release::parse(version)?.is_in(range)
}

/// True when some version is in both ranges.
pub fn intersects(a: &str, b: &str) -> bool {
    match (Range::parse(a), Range::parse(b)) {
        (Ok(a), Ok(b)) => a.allows_any(&b),
        _ => false,
    }
}

/// True when `text` is a range (an exact version is one).
pub fn is_range(text: &str) -> bool {
    let text = text.trim();
    any_of((0, 0, 0), text).is_some() || Range::parse(text).is_ok()
}

/// True when `text` is an exact version.
pub fn is_version(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['=', 'v']);
    plain(text).is_some() || Version::parse(text).is_ok()
}

/// True when `version` is spelled exactly as a registry does: three numbers without leading zeros, and an optional prerelease.
pub fn is_exact(version: &str) -> bool {
    let (core, pre) = version
        .split_once('-')
        .map_or((version, None), |(core, pre)| (core, Some(pre)));
    let number = |it: &str| {
        !it.is_empty()
            && it.bytes().all(|byte| byte.is_ascii_digit())
            && (it == "0" || !it.starts_with('0'))
    };
    let identifier = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(|pre| pre.split('.').all(identifier))
}

/// Compares two versions; `None` unless both are npm versions.
pub fn compare(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (Version::parse(a).ok()?, Version::parse(b).ok()?);
    Some(a.cmp(&b))
}

/// True when a range that is meant to block versions includes this one, or the release that it precedes, or when the version
/// cannot be compared.
pub(crate) fn blocks(range: &str, version: &str) -> bool {
    let Ok(range) = Range::parse(range) else {
        return false;
    };
    let Ok(exact) = Version::parse(version) else {
        return true;
    };
    let release = version.split(['-', '+']).next().unwrap_or(version);
    exact.satisfies(&range) || Version::parse(release).is_ok_and(|it| it.satisfies(&range))
}

/// The version of a plain `1.2.3`; `None` for anything with more to it.
fn plain(text: &str) -> Option<Plain> {
    let (parts, count) = parts(text)?;
    (count == 3).then_some(parts)
}

/// Up to three numbers joined by dots, and how many were given; missing ones are 0.
fn parts(text: &str) -> Option<(Plain, usize)> {
    let mut numbers = [0_u64; 3];
    let mut rest = text.as_bytes();
    for (slot, count) in numbers.iter_mut().zip(1..) {
        (*slot, rest) = number(rest)?;
        match rest {
            [] => {
                let [major, minor, patch] = numbers;
                return Some(((major, minor, patch), count));
            }
            [b'.', more @ ..] => rest = more,
            _ => return None,
        }
    }
    None
}

/// The release that a prerelease (`1.2.3-beta.1`) comes before. No other release is between the two, so that for a release both
/// are the same limit.
fn before_release(text: &str) -> Option<(Plain, usize)> {
    let (core, prerelease) = text.split_once('-')?;
    let is_identifier = |it: &str| {
        let is_number = it.bytes().all(|byte| byte.is_ascii_digit());
        let has_zero = is_number && it.len() > 1 && it.starts_with('0');
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !it.is_empty() && it.len() <= 15 && !has_zero && it.bytes().all(is_plain)
    };
    let limit = parts(core).filter(|(_, count)| *count == 3)?;
    prerelease.split('.').all(is_identifier).then_some(limit)
}

/// A number of at most 15 digits at the beginning, and what follows it. npm's strict grammar has no leading zeros; the loose
/// one is left to the full parser.
fn number(text: &[u8]) -> Option<(u64, &[u8])> {
    let (mut number, mut rest, mut digits) = (0, text, 0);
    while let [digit @ b'0'..=b'9', more @ ..] = rest {
        if digits == 15 || (digits > 0 && number == 0) {
            return None;
        }
        number = number * 10 + u64::from(digit - b'0');
        (rest, digits) = (more, digits + 1);
    }
    (digits > 0).then_some((number, rest))
}

/// Whether `version` is in any of the `||` parts; `None` when a part is not one of the common forms.
fn any_of(version: Plain, range: &str) -> Option<bool> {
    if range.bytes().all(|byte| byte != b'|') {
        return one_of(version, range);
    }
    let mut any = false;
    for part in range.split("||") {
        any |= one_of(version, part.trim())?;
    }
    Some(any)
}

/// Whether `version` is in one comparator of a common form.
fn one_of(version: Plain, part: &str) -> Option<bool> {
    interval(part).map(|it| it.includes(version))
}

/// The versions of one comparator of a common form.
fn interval(part: &str) -> Option<Interval> {
    let from = |low| Interval { low, end: None };
    if matches!(part, "" | "*" | "x" | "X" | "latest") {
        return (part != "latest").then_some(from((0, 0, 0)));
    }
    if let Some(rest) = part.strip_prefix('^') {
        let (low, count) = parts(rest).or_else(|| before_release(rest))?;
        return Some(Interval::new(low, caret_end(low, count)));
    }
    if let Some(rest) = part.strip_prefix('~') {
        let (low, count) = parts(rest)?;
        return Some(Interval::new(low, tilde_end(low, count)));
    }
    if let Some(rest) = part.strip_prefix(">=") {
        let (low, _) = parts(rest.trim_start())?;
        return Some(from(low));
    }
    // The search for a text is slow to begin, and nearly no part has a space.
    let spaced = Some(part).filter(|it| it.bytes().any(|it| it == b' '));
    if let Some((low, high)) = spaced.and_then(|it| it.split_once(" - ")) {
        let (low, _) = parts(low.trim_end())?;
        // What is not in order is left to the full parser.
        let (high, count) = parts(high.trim_start()).filter(|(high, _)| low <= *high)?;
        let end = match count {
            3 => after(high),
            _ => tilde_end(high, count),
        };
        return Some(Interval::new(low, end));
    }
    let starred = part.ends_with(['x', '*']);
    let numbers = if starred { without_stars(part) } else { part };
    let (low, count) = parts(numbers)?;
    match count {
        3 if !starred => Some(Interval::new(low, after(low))),
        3 => None,
        _ => Some(Interval::new(low, tilde_end(low, count))),
    }
}

/// The version after another one.
fn after((major, minor, patch): Plain) -> Plain {
    (major, minor, patch + 1)
}

fn without_stars(part: &str) -> &str {
    part.trim_end_matches(".x").trim_end_matches(".*")
}

/// The first version above `^low`, where `low` was written with `count` numbers.
fn caret_end(low: Plain, count: usize) -> Plain {
    match low {
        (0, 0, patch) if count == 3 => (0, 0, patch + 1),
        (0, minor, _) if count >= 2 => (0, minor + 1, 0),
        (major, _, _) => (major + 1, 0, 0),
    }
}

/// The first version above `~low` (and above an x-range) written with `count` numbers.
fn tilde_end(low: Plain, count: usize) -> Plain {
    let (major, minor, _) = low;
    if count >= 2 {
        (major, minor + 1, 0)
    } else {
        (major + 1, 0, 0)
    }
}

#[cfg(test)]
mod tests;
