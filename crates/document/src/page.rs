//! A file of our own while it is read: where its lines begin, and what is wrong with it.
//!
//! The first [`MOST_PROBLEMS`] problems have their line and column; the rest is counted, so that a file costs time in proportion
//! to its size whatever is in it.

use std::cell::OnceCell;

use bomtrail_graph::{Code, Diagnostic, Diagnostics, Place};

use crate::nearest::nearest;
use crate::tree::Value;

/// How many problems of one file are reported one by one.
pub const MOST_PROBLEMS: usize = 20;

/// The kinds of problems that a file of our own can have, with the identifiers of the format.
#[derive(Clone, Copy, Debug)]
pub struct FileCodes {
    /// The text is not of its format.
    pub syntax: &'static Code,
    /// A key that is unknown in its table.
    pub unknown_key: &'static Code,
    /// A value of another type or meaning than the key has.
    pub wrong_value: &'static Code,
    /// A key that must be there is not.
    pub missing_key: &'static Code,
}

impl FileCodes {
    /// One code for all kinds.
    #[must_use]
    pub const fn all(code: &'static Code) -> Self {
        Self {
            syntax: code,
            unknown_key: code,
            wrong_value: code,
            missing_key: code,
        }
    }
}

/// A file while it is read.
#[derive(Debug)]
pub struct Page<'t> {
    path: &'t str,
    text: &'t str,
    pub(crate) codes: FileCodes,
    /// The offsets at which lines begin, once they are needed.
    lines: OnceCell<Vec<usize>>,
    /// Whether the file is JSON, which has objects where TOML has tables.
    pub(crate) is_json: bool,
    /// Whether the text has anchors, aliases or merge keys, which only YAML has.
    pub(crate) has_aliases: bool,
    problems: Vec<Diagnostic>,
    /// How many problems there are beyond those.
    more: usize,
}

impl<'t> Page<'t> {
    /// The file that messages call `path`. A byte order mark at its start is skipped.
    #[must_use]
    pub fn new(path: &'t str, text: &'t str, codes: FileCodes) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            path,
            text,
            codes,
            lines: OnceCell::new(),
            is_json: false,
            has_aliases: false,
            problems: Vec::new(),
            more: 0,
        }
    }

    /// What messages call the file.
    #[must_use]
    pub fn path(&self) -> &'t str {
        self.path
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// True when the text has anchors, aliases or merge keys, which only YAML has.
    #[must_use]
    pub fn has_aliases(&self) -> bool {
        self.has_aliases
    }

    /// The line of an offset, from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.lines().partition_point(|start| *start <= offset)
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        })
    }

    fn place(&self, offset: usize) -> Place {
        let line = self.line(offset);
        let start = self.lines().get(line.saturating_sub(1)).copied();
        let before = self.text.get(start.unwrap_or(0)..offset);
        Place::line(
            self.path,
            line,
            Some(before.unwrap_or_default().chars().count() + 1),
        )
    }

    /// Notes a problem at an offset; the place and the message are made for the first ones only.
    fn report(
        &mut self,
        code: &'static Code,
        at: usize,
        message: impl FnOnce() -> (String, Option<String>),
    ) {
        if self.problems.len() >= MOST_PROBLEMS {
            self.more += 1;
            return;
        }
        let (message, help) = message();
        let problem = Diagnostic::new(code, self.place(at), message);
        self.problems.push(match help {
            Some(help) => problem.help(&help),
            None => problem,
        });
    }

    /// What is at an offset is not what it must be.
    pub fn wrong(&mut self, at: usize, message: &str, help: Option<&str>) {
        let code = self.codes.wrong_value;
        self.report(code, at, || (message.to_owned(), help.map(str::to_owned)));
    }

    /// The value of `key` is not what it must be.
    pub fn expected(&mut self, key: &str, value: &Value<'_>, what: &str) {
        let code = self.codes.wrong_value;
        self.report(code, value.start, || {
            (format!("`{key}` must be {what}"), None)
        });
    }

    /// The text of `key` is not one of the words it may be. The nearest one is proposed.
    pub fn not_one_of(&mut self, key: &str, value: &Value<'_>, known: &[&str]) {
        let code = self.codes.wrong_value;
        let word = value.as_text().unwrap_or_default();
        self.report(code, value.start, || {
            let meant = nearest(word, known.iter().copied());
            let help = meant.map(|it| format!("did you mean `{it}`?"));
            (format!("`{key}` must be {}", alternatives(known)), help)
        });
    }

    /// A key that is unknown in its table; `known` are the keys that do.
    pub fn unknown_key(&mut self, key: &str, at: usize, known: &[&str]) {
        let code = self.codes.unknown_key;
        self.report(code, at, || {
            let help = match nearest(key, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known keys: {}", listed(known)),
            };
            (format!("unknown key `{key}`"), Some(help))
        });
    }

    /// A key that must be there is not; `at` is where its table begins, `about` what it holds.
    pub fn missing_key(&mut self, key: &str, at: usize, about: &str) {
        let code = self.codes.missing_key;
        self.report(code, at, || (format!("`{key}` is missing: {about}"), None));
    }

    /// The text is not of its format.
    pub(crate) fn syntax(&mut self, at: usize, format: &str, why: &str) {
        let code = self.codes.syntax;
        self.report(code, at, || (format!("not valid {format}: {why}"), None));
    }

    /// What the format calls a table.
    pub(crate) fn table_word(&self) -> &'static str {
        if self.is_json { "an object" } else { "a table" }
    }

    /// What the format calls a list of tables.
    pub(crate) fn tables_word(&self) -> &'static str {
        if self.is_json {
            "a list of objects"
        } else {
            "a list of tables"
        }
    }

    /// True when nothing is wrong so far.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.problems.is_empty()
    }

    /// What was read, if nothing was wrong.
    ///
    /// # Errors
    /// The first [`MOST_PROBLEMS`] problems, and how many more there are.
    pub fn finish<T>(self, read: T) -> Result<T, Diagnostics> {
        if self.problems.is_empty() {
            return Ok(read);
        }
        Err(self.into_problems())
    }

    /// What is wrong: the first [`MOST_PROBLEMS`] problems, and how many more there are.
    #[must_use]
    pub fn into_problems(self) -> Diagnostics {
        let mut all = Diagnostics::new();
        for it in self.problems {
            all.push(it);
        }
        if self.more > 0 {
            let plural = if self.more == 1 { "" } else { "s" };
            let message = format!("{} more problem{plural} in this file", self.more);
            let place = Place::file(self.path);
            all.push(Diagnostic::new(self.codes.wrong_value, place, message));
        }
        all
    }
}

/// Words in backticks, with commas.
fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
    words.join(", ")
}

/// Words in backticks, the last one after `or`.
fn alternatives(words: &[&str]) -> String {
    let listed = listed(words);
    match listed.rsplit_once(", ") {
        Some((before, last)) => format!("{before} or {last}"),
        None => listed,
    }
}

#[cfg(test)]
mod tests;
