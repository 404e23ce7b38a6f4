//! Version ranges as `vers` URIs (the version range specifier of purl-spec). A text that is not a range of its scheme, such
//! as a tag or an address, has none.

use nodejs_semver::{MAX_SAFE_INTEGER, Range, Version};

#[cfg(feature = "cargo")]
use crate::cargo;
use crate::{Scheme, cpan};

/// The most characters that CycloneDX 1.7 allows.
const LONGEST: usize = 4096;

/// `vers:scheme/…` of a range; `None` when the range is not one of the scheme, or the result is too long.
pub(crate) fn of(scheme: Scheme, range: &str) -> Option<String> {
    let range = range.trim();
    let constraints = match scheme {
        #[cfg(feature = "cargo")]
        Scheme::Cargo => cargo::constraints(range)?,
        Scheme::Npm => npm(range)?,
        Scheme::Cpan => cpan::Range::parse(range).ok()?.constraints(),
    };
    let vers = ["vers:", scheme.name(), "/", &constraints].concat();
    (vers.chars().count() <= LONGEST).then_some(vers)
}

/// One interval of versions; an open end has no bound.
#[derive(Default)]
struct Interval {
    low: Option<Bound>,
    high: Option<Bound>,
}

/// A bound, and whether it belongs to the interval.
struct Bound {
    version: Version,
    included: bool,
}

/// A range of npm as intervals, sorted and joined where they overlap, because a `vers` is one sorted list.
fn npm(range: &str) -> Option<String> {
    let parsed = if range.is_empty() { "*" } else { range };
    let intervals = Range::parse(parsed).ok()?.to_string();
    let mut intervals: Vec<Interval> = intervals
        .split("||")
        .map(interval)
        .collect::<Option<Vec<_>>>()?;
    let lowest = |it: &Interval| {
        let low = it.low.as_ref();
        low.map(|it| (it.version.clone(), !it.included))
    };
    intervals.sort_by_key(lowest);
    let mut joined: Vec<Interval> = Vec::new();
    for it in intervals {
        match joined.last_mut() {
            Some(last) if overlap(last, &it) => widen(last, it),
            _ => joined.push(it),
        }
    }
    let texts = joined.iter().flat_map(constraints).collect::<Vec<_>>();
    // The crate writes `>=0.0.0` for an interval without a lower bound.
    let all = matches!(&*texts, [] | [_]) && texts.iter().all(|it| it == ">=0.0.0");
    Some(if all { "*".to_owned() } else { texts.join("|") })
}

/// Reads an interval as the crate prints it: `*`, `1.0.0`, or one or two bounds.
fn interval(text: &str) -> Option<Interval> {
    let mut interval = Interval::default();
    for part in text.split(' ').filter(|it| *it != "*") {
        let start = part.find(|c: char| !matches!(c, '<' | '>' | '='))?;
        let (operator, version) = part.split_at_checked(start)?;
        let bound = || {
            Some(Bound {
                version: Version::parse(version).ok()?,
                included: !matches!(operator, "<" | ">"),
            })
        };
        match operator {
            ">" | ">=" => interval.low = Some(bound()?),
            "<" | "<=" => interval.high = Some(whole(bound()?)),
            _ => (interval.low, interval.high) = (Some(bound()?), Some(bound()?)),
        }
    }
    Some(interval)
}

/// An upper bound as a version that exists: for a partial one (`<=1.0`) the crate fills the missing numbers with the largest
/// number there is, where npm means everything below the next release (`<1.1.0-0`).
fn whole(bound: Bound) -> Bound {
    let version = &bound.version;
    let (major, minor, patch) = (version.major(), version.minor(), version.patch());
    if patch != MAX_SAFE_INTEGER {
        return bound;
    }
    let version = if minor == MAX_SAFE_INTEGER {
        Version::from((major + 1, 0, 0, 0))
    } else {
        Version::from((major, minor + 1, 0, 0))
    };
    Bound {
        version,
        included: false,
    }
}

/// True when the second of two sorted intervals begins before the first ends, or where it ends.
fn overlap(first: &Interval, second: &Interval) -> bool {
    let (Some(high), Some(low)) = (&first.high, &second.low) else {
        return true;
    };
    high.version > low.version || (high.version == low.version && (high.included || low.included))
}

fn widen(first: &mut Interval, second: Interval) {
    let reach = |it: &Bound| (it.version.clone(), it.included);
    let ends_later = match (&first.high, &second.high) {
        (None, _) => false,
        (_, None) => true,
        (Some(a), Some(b)) => reach(b) > reach(a),
    };
    if ends_later {
        first.high = second.high;
    }
}

fn constraints(interval: &Interval) -> Vec<String> {
    let text = |operator: [&str; 2], it: &Bound| {
        let [strict, included] = operator;
        let operator = if it.included { included } else { strict };
        [operator, &quoted(&it.version.to_string())].concat()
    };
    match (&interval.low, &interval.high) {
        (Some(low), Some(high)) if low.version == high.version => {
            vec![quoted(&low.version.to_string())]
        }
        (low, high) => {
            let low = low.as_ref().map(|it| text([">", ">="], it));
            let high = high.as_ref().map(|it| text(["<", "<="], it));
            low.into_iter().chain(high).collect()
        }
    }
}

/// A version with the characters escaped that have a meaning in a `vers`.
fn quoted(version: &str) -> String {
    version.replace('%', "%25").replace('+', "%2B")
}

#[cfg(test)]
mod tests;
