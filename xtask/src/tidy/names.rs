//! Module names that say nothing, and the one way to lay out a module's folder.

use super::Violation;
use crate::codes::is_rust;
use crate::source::{Token, begins, tails};

const EMPTY: &[&str] = &["utils", "helpers", "common", "misc", "util", "helper"];

const ADVICE: &str =
    "says nothing of what is inside; put the code into the module of the type it serves";

/// A Rust file or folder with an empty name, and a `mod.rs`.
pub(super) fn files(path: &str) -> Vec<Violation> {
    if !is_rust(path) {
        return Vec::new();
    }
    let stem = |part: &str| part.strip_suffix(".rs").unwrap_or(part).to_owned();
    let empty = path
        .split('/')
        .map(stem)
        .find(|part| EMPTY.contains(&part.as_str()));
    let mut found: Vec<Violation> = Vec::new();
    found.extend(empty.map(|name| Violation::new(path, 1, format!("the name `{name}` {ADVICE}"))));
    let old_style = path.ends_with("/mod.rs");
    found.extend(old_style.then(|| {
        Violation::new(
            path,
            1,
            "use `foo.rs` next to the folder `foo`, not `mod.rs`",
        )
    }));
    found
}

/// A module with an empty name written inside a file.
pub(super) fn inline_modules(path: &str, tokens: &[Token]) -> Vec<Violation> {
    let named = |tail: &[Token]| match tail {
        [keyword, name, brace, ..] if begins(tail, &["mod"]) && brace.text == "{" => {
            Some((name.line, name.text.clone()))
        }
        _ => None,
    };
    let empty = tails(tokens)
        .filter_map(named)
        .filter(|(_, name)| EMPTY.contains(&name.as_str()));
    empty
        .map(|(line, name)| Violation::new(path, line, format!("the name `{name}` {ADVICE}")))
        .collect()
}

#[cfg(test)]
mod tests;
