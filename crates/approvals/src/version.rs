//! Versions as lists state them: which are exact, which is nearer, which a denied range holds.

use std::cmp::Ordering;

use nodejs_semver::{Range, Version};

/// What is wrong with a version that is meant to be exact; nothing when it is.
pub(crate) fn inexact(package_type: &str, is_git: bool, version: &str) -> Option<&'static str> {
    if version.is_empty() {
        return Some("it is empty");
    }
    if is_git {
        return (!is_commit(version)).then_some("a commit has 40 or 64 hexadecimal digits");
    }
    let ranged = |c: char| c.is_whitespace() || "<>=^~*|,!".contains(c);
    if version.contains(ranged) {
        return Some("it is a range");
    }
    if package_type != "npm" {
        let digit = version.bytes().any(|it| it.is_ascii_digit());
        return (!digit).then_some("it is no version");
    }
    if version.contains('+') {
        return Some("a registry knows no build metadata");
    }
    (!is_exact_npm(version)).then_some("it is no exact version (three numbers, as in `1.2.3`)")
}

/// A full commit id.
pub(crate) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64)
        && text
            .bytes()
            .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_exact_npm(version: &str) -> bool {
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

/// What a range means, when it is one.
pub(crate) fn range(text: &str) -> Option<Range> {
    Range::parse(text).ok()
}

/// True when a denied range holds a version. A prerelease counts as the release it comes before, since a range that is
/// denied is meant to let nothing through.
pub(crate) fn holds(range: &Range, version: &str) -> bool {
    let Ok(exact) = Version::parse(version) else {
        // A version nobody can compare is not let through either.
        return true;
    };
    let release = version.split(['-', '+']).next().unwrap_or(version);
    exact.satisfies(range) || Version::parse(release).is_ok_and(|it| it.satisfies(range))
}

/// Orders versions by their numbers, whatever separates them; a prerelease comes before its release.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    if let (Ok(a), Ok(b)) = (Version::parse(a), Version::parse(b)) {
        return a.cmp(&b);
    }
    numbers(a).cmp(&numbers(b)).then_with(|| a.cmp(b))
}

fn numbers(version: &str) -> Vec<u64> {
    let parts = version.split(|c: char| !c.is_ascii_digit());
    parts
        .filter(|it| !it.is_empty())
        .map(|it| it.parse().unwrap_or(u64::MAX))
        .collect()
}

/// The one of `known` that is nearest to `version`: the highest below it, else the lowest above.
pub(crate) fn nearest<'a>(
    version: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let below = known
        .clone()
        .filter(|it| compare(it, version) == Ordering::Less)
        .max_by(|a, b| compare(a, b));
    below.or_else(|| known.min_by(|a, b| compare(a, b)))
}

#[cfg(test)]
mod tests;
