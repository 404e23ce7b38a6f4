//! Declared ranges as a `vers` (the version range specifier of purl-spec), for the Package URL types whose grammar of ranges
//! is known. What does not fit the grammar (a tag, an address) gives nothing. Knows nothing of what a range is for.

use std::collections::BTreeMap;

use bomtrail_graph::Taxonomy;
use nodejs_semver::{Range, Version};

/// The most characters that CycloneDX 1.7 takes.
const LONGEST: usize = 4096;

/// Reads a range of one type; nothing for what is none.
type Grammar = fn(&str) -> Option<String>;

/// The types with the grammar of their ranges.
const GRAMMARS: [(&str, Grammar); 2] = [("npm", npm), ("cpan", cpan)];

/// The type by the name that is here for as long as the program, where its grammar is known.
pub(crate) fn scheme(package_type: &str) -> Option<&'static str> {
    let mut known = GRAMMARS.iter();
    known
        .find(|(name, _)| *name == package_type)
        .map(|(name, _)| *name)
}

/// The type that has a taxonomy, where the grammar of its ranges is known.
pub(crate) fn scheme_of(taxonomy: &Taxonomy) -> Option<&'static str> {
    let has = |name: &str| Taxonomy::of_type(name).is_some_and(|it| it.path == taxonomy.path);
    GRAMMARS.iter().map(|(name, _)| *name).find(|it| has(it))
}

/// `vers:scheme/…` of a declared range; nothing when the range is none of the scheme's.
pub(crate) fn of(scheme: &str, range: &str) -> Option<String> {
    let (_, grammar) = GRAMMARS.iter().find(|(name, _)| *name == scheme)?;
    let constraints = grammar(range.trim())?;
    let vers = ["vers:", scheme, "/", &constraints].concat();
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

/// Ranges of npm: intervals, sorted and joined where they overlap, because a `vers` is one sorted list.
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
    // The crate has no interval without a beginning.
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
            "<" | "<=" => interval.high = Some(bound()?),
            _ => (interval.low, interval.high) = (Some(bound()?), Some(bound()?)),
        }
    }
    Some(interval)
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

/// A version with the characters quoted that have a meaning in a `vers`.
fn quoted(version: &str) -> String {
    version.replace('%', "%25").replace('+', "%2B")
}

/// Prerequisites of CPAN: rules joined by commas, a bare version being the least one. A list that excludes itself, or says
/// one bound twice, is none that a `vers` can say.
fn cpan(range: &str) -> Option<String> {
    let mut rules: BTreeMap<Vec<u64>, (&str, &str)> = BTreeMap::new();
    let (mut lower, mut upper, mut exact) = (0, 0, 0);
    for rule in range.split(',').map(str::trim) {
        let start = rule.find(|c: char| !matches!(c, '<' | '>' | '=' | '!'));
        let (operator, version) = rule.split_at_checked(start.unwrap_or(rule.len()))?;
        let version = version.trim();
        let version = if version.is_empty() { "0" } else { version };
        let number = number(version)?;
        let operator = match operator {
            "" | ">=" if number.iter().all(|it| *it == 0) => continue,
            "" | ">=" => ">=",
            "==" => "",
            ">" | "<" | "<=" | "!=" => operator,
            _ => return None,
        };
        match operator {
            ">" | ">=" => lower += 1,
            "<" | "<=" => upper += 1,
            "" => exact += 1,
            _ => {}
        }
        if rules.insert(number, (operator, version)).is_some() {
            return None;
        }
    }
    if lower > 1 || upper > 1 || (exact > 0 && rules.len() > 1) {
        return None;
    }
    let texts: Vec<String> = rules.values().map(|(a, b)| [*a, *b].concat()).collect();
    Some(if texts.is_empty() {
        "*".to_owned()
    } else {
        texts.join("|")
    })
}

/// A version of Perl as numbers that compare: a decimal in groups of three digits, or its dotted parts.
fn number(version: &str) -> Option<Vec<u64>> {
    let plain = version.replace('_', "");
    let dotted = plain.strip_prefix('v');
    let text = dotted.unwrap_or(&plain);
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    if !parts.iter().all(|it| digits(it)) {
        return None;
    }
    let mut numbers: Vec<u64> = match *parts.as_slice() {
        [whole, fraction] if dotted.is_none() => std::iter::once(whole.parse().ok()?)
            .chain(fraction.as_bytes().chunks(3).map(group))
            .collect(),
        _ => parts
            .iter()
            .map(|it| it.parse().ok())
            .collect::<Option<_>>()?,
    };
    while numbers.pop_if(|it| *it == 0).is_some() {}
    Some(numbers)
}

/// Up to three digits behind a point as thousandths.
fn group(digits: &[u8]) -> u64 {
    let digit = |index: usize| digits.get(index).map_or(0, |it| u64::from(it - b'0'));
    digit(0) * 100 + digit(1) * 10 + digit(2)
}

#[cfg(test)]
mod tests;
