//! The order of versions, and the version nearest to another.

use std::cmp::Ordering;

#[cfg(feature = "cargo")]
use crate::cargo;
use crate::{Scheme, cpan, npm};

/// Compares two versions by their scheme. Versions that the scheme cannot read, or without a scheme, are compared as npm
/// versions when both are such, else number by number with any separators, else as text.
pub fn compare(scheme: Option<Scheme>, a: &str, b: &str) -> Ordering {
    if scheme == Some(Scheme::Cpan) {
        let both = cpan::Version::parse(a).zip(cpan::Version::parse(b));
        if let Some((left, right)) = both {
            return left.cmp(&right).then_with(|| a.cmp(b));
        }
    }
    #[cfg(feature = "cargo")]
    if scheme == Some(Scheme::Cargo)
        && let Some(order) = cargo::compare(a, b)
    {
        return order;
    }
    npm::compare(a, b).unwrap_or_else(|| numbers(a).cmp(&numbers(b)).then_with(|| a.cmp(b)))
}

/// The version among `known` that is nearest to `version`: the highest one below it, else the lowest one above it. A version
/// equal to `version` is not below it.
pub fn nearest<'a>(
    scheme: Option<Scheme>,
    version: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let below = known
        .clone()
        .filter(|it| compare(scheme, it, version) == Ordering::Less)
        .max_by(|a, b| compare(scheme, a, b));
    below.or_else(|| known.min_by(|a, b| compare(scheme, a, b)))
}

/// The runs of digits in a version as numbers.
fn numbers(version: &str) -> Vec<u64> {
    let parts = version.split(|c: char| !c.is_ascii_digit());
    parts
        .filter(|it| !it.is_empty())
        .map(|it| it.parse().unwrap_or(u64::MAX))
        .collect()
}

#[cfg(test)]
mod tests;
