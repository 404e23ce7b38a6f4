//! Code that must not be written: silenced lints, stubs, serde's shortcuts, purls out of strings.

use super::Violation;
use crate::codes::is_test;
use crate::source::{Kind, Token, begins, bracketed, tails};

/// Tokens no source may hold, and what to do instead.
const BANNED: &[(&[&str], &str)] = &[
    (
        &["#", "[", "allow", "("],
        "a lint silenced for good; use `expect` with a reason",
    ),
    (
        &["#", "!", "[", "allow", "("],
        "a lint silenced for good; use `expect` with a reason",
    ),
    (
        &["#", "[", "ignore", "]"],
        "a test that never runs; fix it, or skip inside with a printed message",
    ),
    (
        &["#", "[", "ignore", "="],
        "a test that never runs; fix it, or skip inside with a printed message",
    ),
    (&["todo", "!", "("], "a stub; write the code or an issue"),
    (
        &["unimplemented", "!", "("],
        "a stub; return an error or a diagnostic",
    ),
];

/// Macros whose text must not be a purl.
const FORMATTERS: &[&str] = &["format", "format_args"];

/// Any of the banned token rows.
pub(super) fn banned_code(path: &str, tokens: &[Token]) -> Vec<Violation> {
    let breach = |tail: &[Token]| {
        let (_, advice) = BANNED.iter().find(|(pattern, _)| begins(tail, pattern))?;
        Some(Violation::new(path, tail.first()?.line, *advice))
    };
    tails(tokens).filter_map(breach).collect()
}

/// `flatten` and `untagged`, which buffer everything and lose the place of an error.
pub(super) fn serde_shortcuts(path: &str, tokens: &[Token]) -> Vec<Violation> {
    let inside = |tail: &[Token]| {
        begins(tail, &["serde", "("]).then(|| bracketed(tail.get(2..).unwrap_or_default()).to_vec())
    };
    let shortcut = |token: &Token| {
        token.kind == Kind::Word && (token.text == "flatten" || token.text == "untagged")
    };
    let say = |token: Token| {
        let message = format!(
            "serde's `{}` hides errors and copies everything; spell the shape out",
            token.text
        );
        Violation::new(path, token.line, message)
    };
    tails(tokens)
        .filter_map(inside)
        .flatten()
        .filter(shortcut)
        .map(say)
        .collect()
}

/// A purl out of a format string has no escaping. Tests may build odd input for the parser.
pub(super) fn formatted_purls(path: &str, tokens: &[Token]) -> Vec<Violation> {
    if is_test(path) {
        return Vec::new();
    }
    let breach = |tail: &[Token]| match tail {
        [name, ..]
            if FORMATTERS.contains(&name.text.as_str()) && begins(tail.get(1..)?, &["!", "("]) =>
        {
            let text = tail
                .get(3)
                .filter(|it| it.kind == Kind::Text && it.text.starts_with("pkg:"))?;
            Some(Violation::new(
                path,
                text.line,
                "a purl out of a format string is not escaped; build a `Purl`",
            ))
        }
        _ => None,
    };
    tails(tokens).filter_map(breach).collect()
}

#[cfg(test)]
mod tests;
