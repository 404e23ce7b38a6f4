//! JSON (RFC 8259) read into [`Value`]s: numbers keep their text, `true` and `false` are `1` and `0` as in Perl. One pass over
//! the text, without recursion.

use std::collections::BTreeSet;
use std::mem;

use serde_json::value::RawValue;

use super::value::{MAX_DEPTH, Map, Value};

/// What was read, and the keys that occur more than once in one object.
pub(crate) struct Read {
    pub(crate) value: Value,
    pub(crate) duplicates: BTreeSet<String>,
}

/// Reads a document. Values nested deeper than [`MAX_DEPTH`] are null.
///
/// # Errors
/// The first place at which the text is not JSON.
pub(crate) fn parse(text: &str) -> Result<Read, serde_json::Error> {
    let valid: &RawValue = serde_json::from_str(text)?;
    let mut builder = Builder::default();
    let mut rest = valid.get();
    while let Some(after) = builder.token(rest.trim_start_matches(is_separator)) {
        rest = after;
    }
    Ok(Read {
        value: builder.root,
        duplicates: builder.duplicates,
    })
}

/// Builds the value of valid JSON from its tokens.
#[derive(Default)]
struct Builder {
    root: Value,
    /// The arrays and objects around the next token, the outermost first.
    open: Vec<Container>,
    /// How many more arrays and objects around it are too deep to keep.
    skipped: usize,
    duplicates: BTreeSet<String>,
}

enum Container {
    Array(Vec<Value>),
    /// The key whose value comes next, if it was read.
    Object(Map, Option<String>),
}

impl Builder {
    /// Takes the token at the start of `text` and returns the text after it; `None` at the end.
    fn token<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let (token, rest) = text.split_at_checked(length(text)?)?;
        match token.as_bytes().first()? {
            b'{' => self.start(Container::Object(Map::new(), None)),
            b'[' => self.start(Container::Array(Vec::new())),
            b'}' | b']' => self.end(),
            b'"' => self.text(serde_json::from_str(token).unwrap_or_default()),
            b'n' => self.add(Value::Null),
            b't' => self.add(Value::Text("1".to_owned())),
            b'f' => self.add(Value::Text("0".to_owned())),
            _ => self.add(Value::Text(token.to_owned())),
        }
        Some(rest)
    }

    fn start(&mut self, container: Container) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(container);
        } else {
            self.skipped += 1;
        }
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return if self.skipped == 0 {
                self.add(Value::Null);
            };
        }
        match self.open.pop() {
            Some(Container::Array(items)) => self.add(Value::List(items)),
            Some(Container::Object(map, _)) => self.add(Value::Map(map)),
            None => {}
        }
    }

    /// Adds a string, which may be a key.
    fn text(&mut self, text: String) {
        match self.open.last_mut() {
            Some(Container::Object(_, key @ None)) => *key = Some(text),
            Some(Container::Object(..) | Container::Array(_)) | None => self.add(Value::Text(text)),
        }
    }

    fn add(&mut self, value: Value) {
        if self.skipped > 0 {
            return;
        }
        match self.open.last_mut() {
            Some(Container::Array(items)) => items.push(value),
            Some(Container::Object(map, key)) => {
                let key = mem::take(key).unwrap_or_default();
                if map.contains_key(&key) {
                    self.duplicates.insert(key.clone());
                }
                map.insert(key, value);
            }
            None => self.root = value,
        }
    }
}

/// True for white space and for the signs that only separate tokens.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | ',' | ':')
}

/// The length of the token that `text` starts with, in bytes; `None` at the end.
fn length(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'{' | b'}' | b'[' | b']' => Some(1),
        b'"' => string_length(text),
        _ => {
            let end = text.find(|c| is_separator(c) || matches!(c, ']' | '}'));
            Some(end.unwrap_or(text.len()))
        }
    }
}

/// The length of the string that `text` starts with, in bytes, with both quotes.
fn string_length(text: &str) -> Option<usize> {
    let mut escaped = true;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map(|end| end + 1)
}

#[cfg(test)]
mod tests;
