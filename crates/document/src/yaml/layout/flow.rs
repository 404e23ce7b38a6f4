//! Scalars and flow collections that begin and end on one line.

use std::borrow::Cow;

use crate::tree::{Entries, Entry, Kind, Value};
use crate::yaml::events::{MERGE, repeated};
use crate::yaml::scalar::{key_text, plain};

/// The key that a line begins with, and what follows its colon.
pub(super) fn key(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let (key, rest) = any_key(text)?;
    (rest.is_empty() || rest.starts_with(' ')).then_some((key, rest))
}

fn any_key(text: &str) -> Option<(Cow<'_, str>, &str)> {
    if text.starts_with(['\'', '"']) {
        let (inner, rest) = quoted(text)?;
        return Some((Cow::Borrowed(inner), rest.strip_prefix(':')?));
    }
    let mut colons = text.match_indices(':');
    let (end, _) =
        colons.find(|(at, _)| matches!(text.as_bytes().get(at + 1), None | Some(b' ')))?;
    let (key, rest) = text.split_at_checked(end)?;
    if !is_plain(key) || key == MERGE {
        return None;
    }
    let value = Value {
        start: 0,
        end: 0,
        kind: plain(Cow::Borrowed(key)),
    };
    Some((key_text(value)?, rest.strip_prefix(':')?))
}

/// The value that a text is from its first to its last character; `at` is its offset.
pub(super) fn value(text: &str, at: usize) -> Option<Value<'_>> {
    let kind = match text.as_bytes().first()? {
        b'\'' | b'"' => {
            let (inner, rest) = quoted(text)?;
            Kind::Text(rest.is_empty().then_some(Cow::Borrowed(inner))?)
        }
        b'{' => {
            let inner = text.strip_prefix('{')?.strip_suffix('}')?;
            Kind::Entries(Entries(map(inner, at + 1)?))
        }
        b'[' => {
            let inner = text.strip_prefix('[')?.strip_suffix(']')?;
            Kind::List(list(inner, at + 1)?)
        }
        _ => plain(is_plain(text).then_some(Cow::Borrowed(text))?),
    };
    let (start, end) = (at, at + text.len());
    Some(Value { start, end, kind })
}

/// The text between the quotes that a text begins with, and what follows them. Escapes are left to the parser.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next()?;
    let (inner, rest) = text.get(1..)?.split_once(quote)?;
    let has_escapes = rest.starts_with(quote) || quote == '"' && inner.contains('\\');
    (!has_escapes && inner.bytes().all(is_printable)).then_some((inner, rest))
}

/// True for a plain scalar that ends on its line, and that nothing but a plain scalar can be.
fn is_plain(text: &str) -> bool {
    let starts = |it: char| it.is_ascii_alphanumeric() || "^~<=.+/_$(".contains(it);
    text.starts_with(starts)
        && !text.ends_with([' ', ':'])
        && text.bytes().all(is_printable)
        && !text.contains(": ")
        && !text.contains(" #")
}

/// Printable ASCII: whatever else a text has, the parser decides.
fn is_printable(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// The entries between the braces of a flow map without collections in it.
fn map(inner: &str, at: usize) -> Option<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    let mut rest = inner;
    while !rest.is_empty() {
        let start = at + inner.len() - rest.len();
        let (key, after) = key(rest)?;
        if key.contains(['{', '}', '[', ']', ',']) && !rest.starts_with(['\'', '"']) {
            return None;
        }
        let text = after.trim_start_matches(' ');
        let from = at + inner.len() - text.len();
        let (value, after) = item(text, from)?;
        entries.push(Entry {
            key,
            at: start,
            value,
        });
        rest = after;
    }
    repeated(&entries).is_empty().then_some(entries)
}

/// The values between the brackets of a flow list without collections in it.
fn list(inner: &str, at: usize) -> Option<Vec<Value<'_>>> {
    let mut values = Vec::new();
    let mut rest = inner;
    while !rest.is_empty() {
        let (value, after) = item(rest, at + inner.len() - rest.len())?;
        values.push(value);
        rest = after;
    }
    Some(values)
}

/// The scalar that a text begins with, and what follows the comma after it.
fn item(text: &str, at: usize) -> Option<(Value<'_>, &str)> {
    let (item, rest) = if text.starts_with(['\'', '"']) {
        let (_, rest) = quoted(text)?;
        text.split_at_checked(text.len() - rest.len())?
    } else {
        let end = text.find([',', '{', '}', '[', ']']).unwrap_or(text.len());
        text.split_at_checked(end)?
    };
    let rest = match rest {
        "" => "",
        rest => rest.strip_prefix(", ").filter(|it| !it.is_empty())?,
    };
    let value = value(item, at)?;
    Some((value, rest))
}
