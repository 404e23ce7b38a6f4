//! The diagnostic codes the crates declare, found in their sources: `Code::new(id, level, about)` or the literal
//! with named fields.

use crate::checkout::File;
use crate::source::{Kind, Token, arguments, begins, bracketed, tails, tokens};

/// One declared code and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    pub(crate) id: String,
    /// The level's name in lower case.
    pub(crate) level: String,
    pub(crate) about: String,
    pub(crate) path: String,
    pub(crate) line: usize,
}

/// The codes of every crate, in file order. Tests make up codes of their own and are left out.
pub(crate) fn of_crates(files: &[File]) -> Vec<Declared> {
    let counts = |file: &&File| in_crate_source(&file.path) && !is_test(&file.path);
    files
        .iter()
        .filter(counts)
        .flat_map(|file| in_file(&file.path, &file.text))
        .collect()
}

/// The codes one file declares; none of a file that is not Rust.
pub(crate) fn in_file(path: &str, text: &str) -> Vec<Declared> {
    let Ok(tokens) = tokens(text) else {
        return Vec::new();
    };
    tails(&tokens)
        .filter_map(|tail| declared(tail, path))
        .collect()
}

/// Whether a path is Rust source of a crate (`crates/<name>/src/**.rs`).
pub(crate) fn in_crate_source(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next() == Some("crates") && parts.nth(1) == Some("src") && is_rust(path)
}

/// Whether a path is a Rust file.
pub(crate) fn is_rust(path: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|it| it == "rs")
}

/// Whether a path holds tests only: `tests.rs`, or anything under a folder `tests`.
pub(crate) fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|part| part == "tests" || part == "tests.rs")
}

fn declared(tail: &[Token], path: &str) -> Option<Declared> {
    let fields = if begins(tail, &["Code", ":", ":", "new", "("]) {
        positional(tail.get(5..)?)
    } else if begins(tail, &["Code", "{"]) {
        named(tail.get(2..)?)
    } else {
        return None;
    };
    let [id, level, about] = fields;
    let (id, line) = text(id?)?;
    let level = level
        .and_then(<[Token]>::last)
        .map(|token| token.text.to_lowercase())
        .unwrap_or_default();
    let about = about
        .and_then(text)
        .map(|(about, _)| about)
        .unwrap_or_default();
    Some(Declared {
        id,
        level,
        about,
        path: path.to_owned(),
        line,
    })
}

fn positional(tokens: &[Token]) -> [Option<&[Token]>; 3] {
    let mut parts = arguments(bracketed(tokens)).into_iter();
    [parts.next(), parts.next(), parts.next()]
}

fn named(tokens: &[Token]) -> [Option<&[Token]>; 3] {
    let parts = arguments(bracketed(tokens));
    ["id", "level", "about"].map(|name| {
        parts
            .iter()
            .find(|part| begins(part, &[name, ":"]))
            .and_then(|part| part.get(2..))
    })
}

fn text(argument: &[Token]) -> Option<(String, usize)> {
    match argument {
        [token] if token.kind == Kind::Text => Some((token.text.clone(), token.line)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
