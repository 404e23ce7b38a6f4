//! Phrases that a reader has to read twice, in comments, strings, help and docs. Plain English says the same in common
//! technical words.

use std::path::Path;

use regex::{Regex, RegexSet};

use super::Violation;
use crate::codes::{is_rust, is_test};

/// Each refused phrase as a pattern, with words to use instead.
const PHRASES: &[(&str, &str)] = &[
    (
        r"(?P<there>there )?(is|are|was|were|be) no (?P<word>\w+)",
        "`is not a …`, `invalid …`",
    ),
    (
        r"(?P<there>there )?(is|are|was|were) none",
        "`does not exist`, `is empty`, `invalid`",
    ),
    (r"told", "`reported`, `shown`"),
    (r"heard", "`used`, `applied`"),
    (r"anew", "`again`"),
    (r"beside", "`next to`, `in addition to`"),
    (r"nobody|of anybody", "say who or what, or use the passive"),
    (r"whoever|whosoever", "`the person who`, `the tool that`"),
    (
        r"stands? (twice|there|in|on|at|before|behind|under|apart|alone)",
        "`is in`, `duplicate`, `comes before`",
    ),
    (r"stood", "`was`"),
    (r"mend(s|ed|ing)?", "`fix`"),
    (r"lest|whence|thereof|wherein|for want of", "common words"),
    (r"speaks? of", "`describes`, `names`"),
    (r"set aside", "`excepted`, `ignored`"),
    (r"held against", "`compared with`"),
    (r"(is|are) said", "`is written`, `is reported`"),
    (
        r"knows? (no|nothing of)",
        "`does not know`, `does not depend on`",
    ),
];

/// Words after `is no` that are plain.
const PLAIN: &[&str] = &["longer", "more", "other", "different", "one"];

/// The phrases of [`PHRASES`] as one pattern each, in order.
fn patterns() -> Vec<(Regex, &'static str)> {
    let pattern = |(phrase, advice): &(&str, &'static str)| {
        let pattern = Regex::new(&bounded(phrase)).ok()?;
        Some((pattern, *advice))
    };
    PHRASES.iter().filter_map(pattern).collect()
}

/// A phrase between the ends of words, in letters of either case.
fn bounded(phrase: &str) -> String {
    format!(r"(?i)(?-u:\b)(?:{phrase})(?-u:\b)").replace(r"\w", r"[a-z]")
}

/// Checks the prose of files; made once, because patterns are costly to prepare.
pub(super) struct Prose {
    /// Finds the lines that have any of the phrases: few have one.
    any: RegexSet,
    each: Vec<(Regex, &'static str)>,
}

impl Prose {
    pub(super) fn new() -> Self {
        let any = RegexSet::new(PHRASES.iter().map(|(phrase, _)| bounded(phrase)));
        Self {
            any: any.unwrap_or_default(),
            each: patterns(),
        }
    }

    /// Every refused phrase of a file.
    pub(super) fn check(&self, path: &str, text: &str) -> Vec<Violation> {
        if !has_prose(path) {
            return Vec::new();
        }
        let lines = text.lines().enumerate();
        let prose = lines.filter(|(_, line)| !is_rust(path) || says_something(path, line));
        prose
            .filter_map(|(at, line)| {
                let (phrase, advice) = self.first(line)?;
                let message = format!("`{phrase}` is hard to read; use {advice}");
                Some(Violation::new(path, at + 1, message))
            })
            .collect()
    }

    fn first<'l>(&self, line: &'l str) -> Option<(&'l str, &'static str)> {
        self.any.matches(line).iter().find_map(|at| {
            let (pattern, advice) = self.each.get(at)?;
            let found = pattern.captures(line)?;
            let word = found.name("word").map(|it| it.as_str());
            let plain = found.name("there").is_some() || word.is_some_and(|it| PLAIN.contains(&it));
            found
                .get(0)
                .filter(|_| !plain)
                .map(|it| (it.as_str(), *advice))
        })
    }
}

/// Rust, Markdown and our own schemas. This file holds the phrases themselves.
fn has_prose(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|it| it.to_str());
    let schema = path.starts_with("schemas/") && ending == Some("json");
    let prose = is_rust(path) || ending == Some("md") || schema;
    prose && !path.starts_with("xtask/src/tidy/prose")
}

/// True for a line of Rust with a comment, or outside tests with a string.
fn says_something(path: &str, line: &str) -> bool {
    line.trim_start().starts_with("//")
        || (!is_test(path) && (line.contains("//") || line.contains('"')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &str, text: &str) -> usize {
        Prose::new().check(path, text).len()
    }

    #[test]
    fn every_pattern_is_valid_and_finds_its_phrase() {
        assert_eq!(patterns().len(), PHRASES.len());
        assert_eq!(Prose::new().any.len(), PHRASES.len());
        let lines = "is no TOML\nare none\nbe told\nheard\nanew\nBeside\nNobody\nwhoever\nstands in\nstood\nmended\nlest\n\
                     speaks of\nset aside\nheld against\nis said\nknows no";
        assert_eq!(refused("a.md", lines), lines.lines().count());
    }

    #[test]
    fn plain_words_pass() {
        assert_eq!(
            refused(
                "a.md",
                "there is no file\nthere are none\nis no longer used\nis no more than 3\nbesides\nunmended"
            ),
            0
        );
    }

    #[test]
    fn code_without_comment_or_string_is_no_prose_and_tests_may_hold_any_string() {
        assert_eq!(refused("crates/x/src/a.rs", "let told = heard(beside);"), 0);
        assert_eq!(
            refused("crates/x/src/a.rs", "f(\"told\");\nx(); // told"),
            2
        );
        assert_eq!(refused("crates/x/tests/it/a.rs", "f(\"told\");"), 0);
        assert_eq!(refused("crates/x/tests/it/a.rs", "// told"), 1);
    }
}
