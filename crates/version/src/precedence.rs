//! The order of `SemVer` 2.0 (section 11) with numbers of any length, which advisories of npm and Cargo are evaluated by.

use std::cmp::Ordering;

/// A version that is ordered by the precedence of `SemVer` 2.0. Build metadata does not count.
#[derive(Clone, Copy, Debug)]
pub struct SemVer<'t> {
    core: [&'t str; 3],
    prerelease: Option<&'t str>,
}

impl<'t> SemVer<'t> {
    /// Reads a complete version (`1.0.0-rc.1+build`); `None` for anything else.
    pub fn parse(text: &'t str) -> Option<Self> {
        let version = Self::loose(text)?;
        let core = text.split(['-', '+']).next().unwrap_or_default();
        let is_number = |it: &str| is_digits(it) && (it == "0" || !it.starts_with('0'));
        (core.split('.').count() == 3 && core.split('.').all(is_number)).then_some(version)
    }

    /// Reads a version as databases write bounds: also with `v` in front, with leading zeros, or with fewer than three
    /// numbers, where the missing ones are 0.
    pub fn loose(text: &'t str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let text = match text.split_once('+') {
            Some((version, build)) => identifiers(build).then_some(version)?,
            None => text,
        };
        let (numbers, prerelease) = match text.split_once('-') {
            Some((numbers, prerelease)) => (numbers, Some(prerelease)),
            None => (text, None),
        };
        if !prerelease.is_none_or(identifiers) {
            return None;
        }
        let mut core = ["0"; 3];
        let mut slots = core.iter_mut();
        for number in numbers.split('.') {
            *slots.next()? = is_digits(number).then_some(number)?;
        }
        Some(Self { core, prerelease })
    }
}

impl Ord for SemVer<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let core = self.core.iter().zip(&other.core);
        let core = core.map(|(a, b)| numbers(a, b)).find(|it| it.is_ne());
        core.unwrap_or_else(|| match (self.prerelease, other.prerelease) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) => prereleases(a, b),
        })
    }
}

impl PartialOrd for SemVer<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SemVer<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for SemVer<'_> {}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// True for identifiers joined by dots, none of them empty.
fn identifiers(text: &str) -> bool {
    let is_one = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.split('.').all(is_one)
}

/// Compares two numbers of any length.
fn numbers(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn prereleases(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (is_digits(a), is_digits(b)) {
                (true, true) => numbers(a, b),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => a.cmp(b),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

#[cfg(test)]
mod tests;
