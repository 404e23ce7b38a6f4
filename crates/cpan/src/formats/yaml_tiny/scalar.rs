//! The parts of a line: keys, and values that are plain or in quotes.

use crate::formats::value::Value;

/// The key a line starts with, and the text of its value unless that is only a comment.
pub(super) fn key(line: &str) -> Option<(String, &str)> {
    if line.starts_with('?') {
        return None;
    }
    for (quote, unquote) in QUOTES {
        if let Some((inner, rest)) = quoted(line, quote)
            && let Some(value) = behind_colon(rest)
        {
            return Some((unquote(inner), value));
        }
    }
    let colons = line.match_indices(':').map(|(at, _)| at);
    let mut parts = colons.filter_map(|at| line.split_at_checked(at));
    let (key, value) = parts.find_map(|(key, rest)| {
        let value = behind_colon(rest)?;
        // `key::` is not a key; with more colons before or in between it is one.
        let is_double = key.find(':').is_some_and(|at| at + 1 == key.len());
        (!key.is_empty() && !is_double).then_some((key, value))
    })?;
    Some((key.trim_end().to_owned(), value))
}

/// A kind of quotes, and the function that replaces its escapes.
type Quote = (char, fn(&str) -> String);

const QUOTES: [Quote; 2] = [('\'', unquote_single), ('"', unquote_double)];

/// The text after a colon, if a blank or the end follows the colon.
fn behind_colon(rest: &str) -> Option<&str> {
    let value = rest.trim_start().strip_prefix(':')?;
    if !value.is_empty() && !value.starts_with(char::is_whitespace) {
        return None;
    }
    let value = value.trim_start();
    Some(if value.starts_with('#') { "" } else { value })
}

/// The content of the quotes a text starts with, and the text after them.
fn quoted(text: &str, quote: char) -> Option<(&str, &str)> {
    let inner = text.strip_prefix(quote)?;
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if (quote == '"' && c == '\\') || (quote == '\'' && c == '\'' && next == Some('\'')) {
            chars.next();
        } else if c == quote {
            let (content, rest) = inner.split_at_checked(at)?;
            return Some((content, rest.strip_prefix(quote)?));
        }
    }
    None
}

pub(super) fn unquote_single(text: &str) -> String {
    text.replace("''", "'")
}

pub(super) fn unquote_double(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        found.push_str(before);
        let (value, behind) = unescape(escape).unwrap_or(('\\', escape));
        found.push(value);
        rest = behind;
    }
    found.push_str(rest);
    found
}

/// The character of an escape, and the text after it; `None` for a plain backslash.
fn unescape(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    let value = match chars.next()? {
        '"' => '"',
        '\\' => '\\',
        '0' | 'z' => '\0',
        'N' => '\u{85}',
        'a' => '\x07',
        'b' => '\x08',
        't' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        'x' => {
            let digits = chars.as_str().get(..2)?;
            let code = u8::from_str_radix(digits, 16).ok()?;
            return Some((char::from(code), chars.as_str().get(2..)?));
        }
        _ => return None,
    };
    Some((value, chars.as_str()))
}

/// True for an empty text, and for a comment after a blank.
fn only_comment(text: &str) -> bool {
    text.is_empty() || (text.starts_with(char::is_whitespace) && text.trim_start().starts_with('#'))
}

/// A value that is not a block text.
///
/// # Errors
/// The part of it that this subset of YAML does not have.
pub(super) fn plain_or_quoted(text: &str) -> Result<Value, &'static str> {
    if text == "~" {
        return Ok(Value::Null);
    }
    for (quote, unquote) in QUOTES {
        if let Some((inner, rest)) = quoted(text, quote)
            && only_comment(rest)
        {
            return Ok(Value::Text(unquote(inner)));
        }
    }
    if text.starts_with(['\'', '"', '!', '&']) {
        return Err("quotes that do not end, tags and anchors are not read");
    }
    if text.strip_prefix("{}").is_some_and(only_comment) {
        return Ok(Value::Map(crate::formats::value::Map::new()));
    }
    if text.strip_prefix("[]").is_some_and(only_comment) {
        return Ok(Value::List(Vec::new()));
    }
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let dash = text
        .strip_prefix('-')
        .is_some_and(|it| blank(it.chars().next()));
    let colon = text.match_indices(':').any(|(at, _)| {
        let behind = text.get(at + 1..).unwrap_or_default();
        blank(behind.chars().next())
    });
    if dash || colon || text.starts_with(['@', '%', '`']) {
        return Err("a text has signs with a meaning in YAML and needs quotes");
    }
    Ok(Value::Text(without_comment(text).to_owned()))
}

/// The text before a `#` that follows a blank.
fn without_comment(text: &str) -> &str {
    let mut comments = text.match_indices('#').filter_map(|(at, _)| text.get(..at));
    let kept = comments.find(|it| it.ends_with(char::is_whitespace));
    kept.unwrap_or(text).trim_end()
}
