//! The layout: the few entries of the top level, and an expectation in every fixture.

use std::collections::BTreeMap;

use super::Violation;

const TOP_LEVEL: &[&str] = &[
    "Cargo.toml",
    "README.md",
    "crates",
    "schemas",
    "fixtures",
    "xtask",
    "Cargo.lock",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
];

/// An entry of the top level that is not known, a licence or a dotfile.
pub(super) fn top_level(paths: &[String]) -> Vec<Violation> {
    let mut entries: Vec<&str> = paths
        .iter()
        .filter_map(|path| path.split('/').next())
        .collect();
    entries.dedup();
    let known = |entry: &&str| {
        TOP_LEVEL.contains(entry) || entry.starts_with("LICENSE") || entry.starts_with('.')
    };
    let say = |entry: &str| {
        let message =
            "not one of the top level's entries; move it under one of them, or make it a dotfile";
        Violation::new(entry, 1, message)
    };
    entries
        .into_iter()
        .filter(|entry| !known(entry))
        .map(say)
        .collect()
}

/// A case (`fixtures/<ecosystem>/<rule>/`) without a file whose name starts with `expected`.
pub(super) fn fixture_cases(paths: &[String]) -> Vec<Violation> {
    let bare = cases(paths)
        .into_iter()
        .filter(|(_, expected)| expected.is_empty());
    let say = |(case, _): (String, _)| {
        Violation::new(
            &case,
            1,
            "a fixture that expects nothing proves nothing; add its `expected…` file",
        )
    };
    bare.map(say).collect()
}

/// Every fixture case with the names of its expectations, sorted.
pub(crate) fn cases(paths: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in paths {
        let parts: Vec<&str> = path.splitn(4, '/').collect();
        let ["fixtures", ecosystem, rule, rest] = parts.as_slice() else {
            continue;
        };
        let expected = cases
            .entry(format!("fixtures/{ecosystem}/{rule}"))
            .or_default();
        if rest.starts_with("expected") {
            expected.push((*rest).to_owned());
        }
    }
    cases
}

#[cfg(test)]
mod tests;
