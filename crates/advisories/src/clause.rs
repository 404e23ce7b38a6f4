//! Version clauses of CPANSA: the entries of a list are alternatives, a comma joins conditions, a number alone means `>=`. What
//! `fixed_versions` has is not affected.

use std::cmp::Ordering;

use bomtrail_version::cpan::Version;

use crate::record::Hit;

/// The operators, the longer ones first.
const OPERATORS: [(&str, &str); 7] = [
    ("<=", "<="),
    (">=", ">="),
    ("==", "="),
    ("!=", "!="),
    ("<", "<"),
    (">", ">"),
    ("=", "="),
];

/// The affected and the fixed versions of one entry of the feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clauses {
    pub(crate) affected: Vec<String>,
    pub(crate) fixed: Vec<String>,
}

/// One condition.
struct Condition<'t> {
    sign: &'static str,
    text: &'t str,
    version: Version,
}

impl Clauses {
    /// The clauses that a version is in, unless it is in a fixed one; empty for what is not a version.
    pub(crate) fn hits(&self, version: &str) -> Vec<Hit> {
        let Some(version) = Version::parse(version) else {
            return Vec::new();
        };
        if self.fixed.iter().any(|it| applies(it, &version)) {
            return Vec::new();
        }
        let hit = self.affected.iter().filter(|it| applies(it, &version));
        hit.map(|it| Hit {
            range: comparators(it),
            fixed: self.later_fixes(&version),
        })
        .collect()
    }

    /// The versions from which on a later one is fixed.
    fn later_fixes(&self, version: &Version) -> Vec<String> {
        let all = self.fixed.iter().filter_map(|it| conditions(it)).flatten();
        let later = all.filter(|it| it.sign == ">=" && it.version > *version);
        later.map(|it| it.text.to_owned()).collect()
    }

    /// The first clause that is not understood.
    pub(crate) fn invalid(&self) -> Option<&str> {
        let mut all = self.affected.iter().chain(&self.fixed);
        let found = all.find(|it| !it.trim().is_empty() && conditions(it).is_none());
        found.map(String::as_str)
    }
}

/// The conditions of a clause; `None` where one is not understood.
fn conditions(clause: &str) -> Option<Vec<Condition<'_>>> {
    let parts = clause.split(',').map(str::trim);
    let parts = parts.filter(|it| !it.is_empty());
    parts
        .map(|part| {
            let found = OPERATORS
                .iter()
                .find_map(|(sign, means)| Some((*means, part.strip_prefix(sign)?)));
            let (sign, text) = found.unwrap_or((">=", part));
            let text = text.trim();
            let version = Version::parse(text).filter(|_| !text.is_empty())?;
            Some(Condition {
                sign,
                text,
                version,
            })
        })
        .collect()
}

/// True when a version meets every condition. A clause without conditions applies to nothing.
fn applies(clause: &str, version: &Version) -> bool {
    let Some(conditions) = conditions(clause).filter(|it| !it.is_empty()) else {
        return false;
    };
    conditions.iter().all(|it| {
        let order = version.cmp(&it.version);
        match it.sign {
            "<" => order == Ordering::Less,
            "<=" => order.is_le(),
            ">" => order == Ordering::Greater,
            "=" => order.is_eq(),
            "!=" => order.is_ne(),
            _ => order.is_ge(),
        }
    })
}

fn comparators(clause: &str) -> String {
    let conditions = conditions(clause).unwrap_or_default();
    let texts = conditions.iter().map(|it| [it.sign, it.text].concat());
    texts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Clauses;

    fn hits(affected: &[&str], fixed: &[&str], version: &str) -> Vec<String> {
        let own = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
        let clauses = Clauses {
            affected: own(affected),
            fixed: own(fixed),
        };
        let hits = clauses.hits(version).into_iter();
        hits.map(|it| it.range).collect()
    }

    #[test]
    fn a_number_alone_means_at_least() {
        assert_eq!(hits(&["1.00"], &[], "1.5"), [">=1.00"]);
        assert!(hits(&["1.00"], &[], "0.9").is_empty());
    }

    #[test]
    fn a_comma_joins_and_a_list_offers() {
        let list = [">=1,<2", ">=3 , <4"];
        assert_eq!(hits(&list, &[], "3.5"), [">=3 <4"]);
        assert!(hits(&list, &[], "2.5").is_empty());
    }

    #[test]
    fn fixed_versions_are_not_affected() {
        let fixed = [">=1.5,<2.0", ">=2.3"];
        assert!(hits(&[">=1.0"], &fixed, "1.6").is_empty());
        assert_eq!(hits(&[">=1.0"], &fixed, "2.1"), [">=1.0"]);
    }

    #[test]
    fn without_clauses_nothing_is_affected() {
        assert!(hits(&[], &[">=2"], "1.0").is_empty());
        assert!(hits(&[""], &[], "1.0").is_empty());
    }

    #[test]
    fn versions_are_in_the_order_of_perl() {
        assert_eq!(hits(&["<1.9"], &[], "1.10"), ["<1.9"]);
        assert_eq!(hits(&["==0.90_01"], &[], "0.9001"), ["=0.90_01"]);
        assert_eq!(hits(&["<=1.002003"], &[], "v1.2.3"), ["<=1.002003"]);
    }
}
