//! What is wrong with a document: each problem with the pointer of its place (RFC 6901).

use std::collections::BTreeSet;

use bomtrail_graph::{Diagnostics, Place, Timestamp};
use serde_json::{Map, Value};

use crate::diags;

/// The most problems that are reported.
const MOST: usize = 20;

/// Collects the problems of one document.
pub(super) struct Checker {
    name: String,
    problems: Diagnostics,
    count: usize,
}

impl Checker {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            problems: Diagnostics::new(),
            count: 0,
        }
    }

    /// What messages call the document.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Notes a problem.
    pub(super) fn wrong(&mut self, at: &str, why: &str) {
        self.count += 1;
        if self.count <= MOST {
            let place = Place::entry(&self.name, at);
            self.problems.push(diags::vex(place, why));
        }
    }

    /// What was read, if nothing is wrong.
    pub(super) fn finish<T>(self, read: T) -> Result<T, Diagnostics> {
        if self.count == 0 {
            Ok(read)
        } else {
            Err(self.problems)
        }
    }

    /// The object that a value must be; with `known` keys, no other may be in it.
    pub(super) fn object<'v>(
        &mut self,
        value: &'v Value,
        at: &str,
        known: Option<&[&str]>,
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.wrong(at, "this must be an object");
            return None;
        };
        for key in object
            .keys()
            .filter(|key| known.is_some_and(|it| !it.contains(&key.as_str())))
        {
            self.wrong(at, &format!("`{key}` is not a key of the format"));
        }
        Some(object)
    }

    /// The items of a list; none where the key is absent.
    pub(super) fn list<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
        at: &str,
    ) -> &'v [Value] {
        match object.get(key) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.wrong(&format!("{at}/{key}"), "this must be a list");
                &[]
            }
        }
    }

    /// The items of a list in which none may be repeated.
    pub(super) fn distinct<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
        at: &str,
    ) -> &'v [Value] {
        let items = self.list(object, key, at);
        let mut seen = BTreeSet::new();
        if items.iter().any(|it| !seen.insert(it.to_string())) {
            self.wrong(
                &format!("{at}/{key}"),
                "an item is in the list more than once",
            );
        }
        items
    }

    /// A text that may be absent.
    pub(super) fn text<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
        at: &str,
    ) -> Option<&'v str> {
        let value = object.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            self.wrong(&format!("{at}/{key}"), "this must be a string");
        }
        text
    }

    /// A text that must be there.
    pub(super) fn required<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
        at: &str,
    ) -> Option<&'v str> {
        if !object.contains_key(key) {
            self.wrong(at, &format!("`{key}` is missing"));
        }
        self.text(object, key, at)
    }

    /// One of some words, and what it stands for.
    pub(super) fn word<T: Copy>(
        &mut self,
        text: Option<&str>,
        at: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = text?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            self.wrong(at, &format!("`{text}` is not a value of the format"));
        }
        found.map(|(_, value)| *value)
    }

    /// A time in RFC 3339.
    pub(super) fn time(&mut self, text: Option<&str>, at: &str) {
        if text.is_some_and(|it| Timestamp::parse(it).is_none()) {
            self.wrong(at, "this must be a time, as in `2026-01-31T12:00:00Z`");
        }
    }
}
