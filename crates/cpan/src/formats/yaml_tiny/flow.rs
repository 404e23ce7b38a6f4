//! Maps and lists on one line: `{ version: '1.0' }`. Read without recursion.

use super::scalar::{unquote_double, unquote_single};
use crate::formats::value::{MAX_DEPTH, Map, Value};

/// A map or list that is open.
enum Open {
    Map(Map, Option<String>),
    List(Vec<Value>),
}

/// Reads a whole line; `None` when it is not well-formed or nested too deeply.
pub(super) fn parse(text: &str) -> Option<Value> {
    let mut stack: Vec<Open> = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let mut chars = rest.chars();
        let value = match chars.next()? {
            '{' | '[' if stack.len() >= MAX_DEPTH => return None,
            '{' => {
                stack.push(Open::Map(Map::new(), None));
                rest = chars.as_str().trim_start();
                continue;
            }
            '[' => {
                stack.push(Open::List(Vec::new()));
                rest = chars.as_str().trim_start();
                continue;
            }
            ',' => {
                rest = chars.as_str().trim_start();
                continue;
            }
            '}' | ']' => {
                rest = chars.as_str().trim_start();
                close(stack.pop()?)
            }
            _ => {
                let (text, behind) = word(rest)?;
                let behind = behind.trim_start();
                let key = behind.strip_prefix(':');
                if let (Some(Open::Map(_, slot @ None)), Some(behind)) = (stack.last_mut(), key) {
                    *slot = Some(text);
                    rest = behind.trim_start();
                    continue;
                }
                rest = behind;
                Value::Text(text)
            }
        };
        match stack.last_mut() {
            Some(top) => put(top, value),
            None => return (rest.is_empty() || rest.starts_with('#')).then_some(value),
        }
    }
}

fn close(open: Open) -> Value {
    match open {
        Open::Map(mut map, key) => {
            if let Some(key) = key {
                map.insert(key, Value::Null);
            }
            Value::Map(map)
        }
        Open::List(list) => Value::List(list),
    }
}

fn put(open: &mut Open, value: Value) {
    match open {
        Open::List(list) => list.push(value),
        Open::Map(map, key) => match (key.take(), value) {
            (Some(key), value) => {
                map.insert(key, value);
            }
            (None, Value::Text(key)) => {
                map.insert(key, Value::Null);
            }
            (None, Value::Null | Value::List(_) | Value::Map(_)) => {}
        },
    }
}

/// The word or quoted text a text starts with, and what follows.
fn word(text: &str) -> Option<(String, &str)> {
    for (quote, unquote) in [
        ('\'', unquote_single as fn(&str) -> String),
        ('"', unquote_double),
    ] {
        if let Some(inner) = text.strip_prefix(quote) {
            let (content, rest) = inner.split_once(quote)?;
            return Some((unquote(content), rest));
        }
    }
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        let behind = text.get(at + 1..).unwrap_or_default();
        let colon = c == ':' && behind.chars().next().is_none_or(char::is_whitespace);
        if colon || matches!(c, ',' | '}' | ']' | '{' | '[') {
            end = at;
            break;
        }
    }
    let (content, rest) = text.split_at_checked(end)?;
    let content = content.trim_end();
    (!content.is_empty()).then(|| (content.to_owned(), rest))
}
