//! The tokens of `yarn.lock`, exactly as Yarn 1 splits them.

use bomtrail_document::find_byte;

use crate::package::value::{Str, Value};
use crate::yarn::items::Unreadable;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// A key or a text.
    Text(Str<'t>),
    /// Digits, as JavaScript prints their number.
    Number(Str<'t>),
    /// `true` or `false`.
    Bool(bool),
    /// The spaces at the start of a line, in pairs.
    Indent(usize),
    /// The end of a line.
    Newline,
    /// `:`.
    Colon,
    /// `,`.
    Comma,
    /// `#` to the end of the line.
    Comment,
    /// The end of the file.
    End,
}

/// The tokens of a text, one after another.
pub(super) struct Tokens<'t> {
    rest: &'t str,
    /// The line of the last token, from 1.
    pub(super) line: u32,
    /// The line of the next token.
    next_line: u32,
    length: usize,
    /// The offset at which the line of the next token begins.
    line_start: usize,
    after_newline: bool,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            line: 1,
            next_line: 1,
            length: text.len(),
            line_start: 0,
            after_newline: false,
        }
    }

    /// A problem at the last token.
    pub(super) fn unreadable(&self, why: &'static str) -> Unreadable {
        let here = self.length - self.rest.len();
        Unreadable {
            line: self.line as usize,
            column: here.saturating_sub(self.line_start) + 1,
            why,
        }
    }

    /// The next token. A space between tokens is skipped.
    pub(super) fn next(&mut self) -> Result<Token<'t>, Unreadable> {
        loop {
            self.line = self.next_line;
            let Some(byte) = self.rest.bytes().next() else {
                return Ok(Token::End);
            };
            let at_start = std::mem::replace(&mut self.after_newline, false);
            return Ok(match byte {
                b'\n' | b'\r' => self.newline(byte),
                b'#' => {
                    let end = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.take(end);
                    Token::Comment
                }
                b' ' if at_start => {
                    let count = self.rest.bytes().take_while(|it| *it == b' ').count();
                    self.take(count);
                    if !count.is_multiple_of(2) {
                        return Err(self.unreadable("the indentation has an odd number of spaces"));
                    }
                    Token::Indent(count / 2)
                }
                b' ' => {
                    self.take(1);
                    continue;
                }
                b'"' => self.quoted()?,
                b'0'..=b'9' => {
                    let end = self.rest.bytes().take_while(u8::is_ascii_digit).count();
                    Token::Number(number(self.take(end)))
                }
                b':' => {
                    self.take(1);
                    Token::Colon
                }
                b',' => {
                    self.take(1);
                    Token::Comma
                }
                _ => self.plain()?,
            });
        }
    }

    /// Takes a key and a text at the start of a line, as Yarn writes most lines: this many pairs of spaces, the key, a space, and
    /// the text up to the end of the line. `None` for any other line, of which nothing is taken.
    pub(super) fn usual_line(&mut self, depth: u8) -> Option<(&'t str, &'t str)> {
        let bytes = self.rest.as_bytes();
        let start = usize::from(depth) * 2;
        let spaces = bytes.get(..start).filter(|_| self.after_newline)?;
        if spaces.iter().any(|it| *it != b' ') {
            return None;
        }
        let (key, end) = self.usual_text(start)?;
        if bytes.get(end) != Some(&b' ') {
            return None;
        }
        let (text, end) = self.usual_text(end + 1)?;
        if bytes.get(end) != Some(&b'\n') {
            return None;
        }
        (self.line, self.after_newline) = (self.next_line, false);
        self.take(end);
        Some((key, text))
    }

    /// A text that begins at an offset of the rest and is not empty, and where it ends; `None` for one with escapes and for any
    /// other token.
    #[inline]
    fn usual_text(&self, start: usize) -> Option<(&'t str, usize)> {
        let bytes = self.rest.as_bytes();
        let first = *bytes.get(start)?;
        if first == b'"' {
            let end = find_byte(bytes, start + 1, b' ', [b'"', b'\\'])?;
            let text = self.rest.get(start + 1..end)?;
            let is_usual = bytes.get(end) == Some(&b'"') && !text.is_empty();
            return is_usual.then_some((text, end + 1));
        }
        if !starts_plain(first) {
            return None;
        }
        let end = find_byte(bytes, start, 0, PLAIN_ENDS)?;
        let text = self.rest.get(start..end)?;
        let is_word = text.starts_with("true") || text.starts_with("false");
        (!is_word).then_some((text, end))
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// A line ends at LF, CR LF or CR; only the first two can be followed by an indentation.
    fn newline(&mut self, byte: u8) -> Token<'t> {
        let pair = byte == b'\r' && self.rest.as_bytes().get(1) == Some(&b'\n');
        let doubled = byte == b'\n' && self.rest.as_bytes().get(1) == Some(&b'\n');
        // Yarn takes an LF after any line end with it, so that it counts two LF as one line.
        self.after_newline = byte == b'\n' || pair;
        self.next_line += 1 + u32::from(doubled);
        self.take(if pair || doubled { 2 } else { 1 });
        self.line_start = self.length - self.rest.len();
        Token::Newline
    }

    fn quoted(&mut self) -> Result<Token<'t>, Unreadable> {
        let bytes = self.rest.as_bytes();
        let odd = find_byte(bytes, 1, b' ', [b'"', b'\\']);
        if let Some(end) = odd.filter(|it| bytes.get(*it) == Some(&b'"')) {
            let whole = self.take(end + 1);
            let inner = whole.get(1..end).unwrap_or_default();
            return Ok(Token::Text(Str::Borrowed(inner)));
        }
        let is_end = |at: usize| {
            let before = |back: usize| at.checked_sub(back).and_then(|it| bytes.get(it));
            before(1) != Some(&b'\\') || before(2) == Some(&b'\\')
        };
        let mut from = 1;
        let end = loop {
            let rest = self.rest.get(from..).unwrap_or_default();
            match rest.find('"') {
                Some(at) if is_end(from + at) => break from + at + 1,
                Some(at) => from += at + 1,
                None => return Err(self.unreadable("a quoted text has no end")),
            }
        };
        let whole = self.take(end);
        let inner = whole.get(1..end - 1).unwrap_or_default();
        if !inner.bytes().any(|it| it == b'\\' || it < b' ') {
            return Ok(Token::Text(Str::Borrowed(inner)));
        }
        match serde_json::from_str::<Value<'_>>(whole) {
            Ok(Value::Text(text)) => Ok(Token::Text(Str::Owned(text.into_owned()))),
            _ => Err(self.unreadable("a quoted text is not valid")),
        }
    }

    fn plain(&mut self) -> Result<Token<'t>, Unreadable> {
        for (word, value) in [("true", true), ("false", false)] {
            if self.rest.starts_with(word) {
                self.take(word.len());
                return Ok(Token::Bool(value));
            }
        }
        if !self.rest.bytes().next().is_some_and(starts_plain) {
            return Err(self.unreadable("unexpected character"));
        }
        let end = find_byte(self.rest.as_bytes(), 0, 0, PLAIN_ENDS).unwrap_or(self.rest.len());
        Ok(Token::Text(Str::Borrowed(self.take(end))))
    }
}

/// The bytes that end a text without quotes.
const PLAIN_ENDS: [u8; 5] = *b": \n\r,";

/// True for the first byte of a text without quotes.
fn starts_plain(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'.' | b'-')
}

/// Digits without leading zeros, as JavaScript prints their number.
fn number(digits: &str) -> Str<'_> {
    let plain = digits.trim_start_matches('0');
    Str::Borrowed(if plain.is_empty() { "0" } else { plain })
}
