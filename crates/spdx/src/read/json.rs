//! Values of a JSON document with the place they stand at, so that every finding names it as a JSON pointer (RFC 6901).
//! Knows types and places, and no field.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostic, Diagnostics};
use serde_json::{Map, Value};

use crate::diags;

/// What is told while one document is read.
pub(crate) struct Session<'s> {
    path: &'s str,
    diagnostics: &'s mut Diagnostics,
    unkept: BTreeMap<String, usize>,
}

impl<'s> Session<'s> {
    /// For the input at `path`.
    pub(crate) fn new(path: &'s str, diagnostics: &'s mut Diagnostics) -> Self {
        Self {
            path,
            diagnostics,
            unkept: BTreeMap::new(),
        }
    }

    /// The path of the input.
    pub(crate) fn path(&self) -> &'s str {
        self.path
    }

    /// Tells one thing.
    pub(crate) fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// A value at `pointer` is not what the specification allows there.
    pub(crate) fn invalid(&mut self, pointer: &str, message: &str) {
        self.tell(diags::invalid(self.path, pointer, message));
    }

    /// Counts something that the graph has no place for.
    pub(crate) fn unkept(&mut self, what: &str) {
        match self.unkept.get_mut(what) {
            Some(count) => *count += 1,
            None => drop(self.unkept.insert(what.to_owned(), 1)),
        }
    }

    /// Tells what was counted.
    pub(crate) fn finish(self) {
        for (what, count) in self.unkept {
            self.diagnostics
                .push(diags::not_kept(self.path, &what, count));
        }
    }
}

/// An object and where it stands.
#[derive(Clone)]
pub(crate) struct Object<'v> {
    map: &'v Map<String, Value>,
    pointer: String,
}

impl<'v> Object<'v> {
    /// The whole document, if it is an object.
    pub(crate) fn document(value: &'v Value) -> Option<Self> {
        let map = value.as_object()?;
        let pointer = String::new();
        Some(Self { map, pointer })
    }

    /// The pointer of the object.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The pointer of one of its values.
    pub(crate) fn at(&self, key: &str) -> String {
        [&self.pointer, "/", key].concat()
    }

    /// The names of its values.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'v str> {
        self.map.keys().map(String::as_str)
    }

    /// True when there is a value of this name.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// A string.
    pub(crate) fn text(&self, key: &str, session: &mut Session<'_>) -> Option<&'v str> {
        let value = self.map.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            self.wrong(key, "a string", value, session);
        }
        text
    }

    /// A string that must be there.
    pub(crate) fn required(&self, key: &str, session: &mut Session<'_>) -> Option<&'v str> {
        if !self.has(key) {
            session.invalid(&self.pointer, &format!("`{key}` is missing"));
        }
        self.text(key, session)
    }

    /// An object.
    pub(crate) fn object(&self, key: &str, session: &mut Session<'_>) -> Option<Object<'v>> {
        let value = self.map.get(key)?;
        let Some(map) = value.as_object() else {
            self.wrong(key, "an object", value, session);
            return None;
        };
        let pointer = self.at(key);
        Some(Object { map, pointer })
    }

    /// The objects of a list; what is none is told and left out.
    pub(crate) fn objects(&self, key: &str, session: &mut Session<'_>) -> Vec<Object<'v>> {
        let mut found = Vec::new();
        for (index, value) in self.items(key, session).iter().enumerate() {
            let pointer = format!("{}/{key}/{index}", self.pointer);
            match value.as_object() {
                Some(map) => found.push(Object { map, pointer }),
                None => session.invalid(&pointer, &instead("an object", value)),
            }
        }
        found
    }

    /// The strings of a list with their positions; what is none is told and left out.
    pub(crate) fn texts(&self, key: &str, session: &mut Session<'_>) -> Vec<(usize, &'v str)> {
        let mut found = Vec::new();
        for (index, value) in self.items(key, session).iter().enumerate() {
            if let Some(text) = value.as_str() {
                found.push((index, text));
            } else {
                let pointer = format!("{}/{key}/{index}", self.pointer);
                session.invalid(&pointer, &instead("a string", value));
            }
        }
        found
    }

    /// Counts the values that are not among `kept`, as values of `what`.
    pub(crate) fn rest(&self, what: &str, kept: &[&str], session: &mut Session<'_>) {
        for key in self.keys().filter(|key| !kept.contains(key)) {
            session.unkept(&format!("`{key}` of {what}"));
        }
    }

    fn items(&self, key: &str, session: &mut Session<'_>) -> &'v [Value] {
        let Some(value) = self.map.get(key) else {
            return &[];
        };
        value.as_array().map_or_else(
            || {
                self.wrong(key, "a list", value, session);
                &[][..]
            },
            Vec::as_slice,
        )
    }

    fn wrong(&self, key: &str, wanted: &str, found: &Value, session: &mut Session<'_>) {
        session.invalid(&self.at(key), &instead(wanted, found));
    }
}

fn instead(wanted: &str, found: &Value) -> String {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    format!("{wanted} belongs here, not {found}")
}
