//! The ids of diagnostics are API: each declared once, under its crate's name, in kebab-case.

use std::collections::BTreeMap;

use super::Violation;
use crate::codes::Declared;

/// Ids declared twice, under another crate's name, or badly spelled.
pub(super) fn ids(codes: &[Declared]) -> Vec<Violation> {
    let mut first: BTreeMap<&str, &Declared> = BTreeMap::new();
    let mut found = Vec::new();
    for code in codes {
        let Declared { id, path, line, .. } = code;
        if let Some(other) = first.insert(id, code) {
            let message = format!(
                "`{id}` is declared in {}:{} too; an id has one meaning",
                other.path, other.line
            );
            found.push(Violation::new(path, *line, message));
        }
        if !is_well_formed(id, path) {
            let owner = owner(path);
            let message = format!("`{id}` should be `{owner}/` and words in kebab-case");
            found.push(Violation::new(path, *line, message));
        }
    }
    found
}

fn is_well_formed(id: &str, path: &str) -> bool {
    let plain = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    match id.split_once('/') {
        Some((prefix, words)) => prefix == owner(path) && words.split('-').all(plain),
        None => false,
    }
}

/// The folder of the crate that holds `path`.
fn owner(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests;
