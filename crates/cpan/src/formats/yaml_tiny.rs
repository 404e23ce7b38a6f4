//! The part of YAML that `YAML::Tiny` 1.70 reads, which META.yml files are written in: maps, lists, quoted, plain and block
//! texts, and nothing typed. Stops at the first line it cannot read, and keeps the lines before it.

mod flow;
mod scalar;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::formats::value::{MAX_DEPTH, Map, Value};

/// Whether maps and lists may be written on one line, which `YAML::Tiny` refuses and `cpm.yml` files do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Refused,
    Taken,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) value: Value,
    /// Why reading ended early.
    pub(crate) error: Option<Error>,
    /// Duplicate keys of a map.
    pub(crate) duplicates: BTreeSet<String>,
}

/// A line that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Error {
    /// From 1.
    pub(crate) line: usize,
    pub(crate) reason: &'static str,
}

/// Reads the last document of a text, which is the one that counts in CPAN.
pub(crate) fn parse(text: &str, flow: Flow) -> Read {
    let mut parser = Parser {
        lines: lines(text),
        at: 0,
        flow,
        duplicates: BTreeSet::new(),
    };
    let mut value = Value::Null;
    let error = parser.documents(&mut value).err();
    Read {
        value,
        error,
        duplicates: parser.duplicates,
    }
}

/// A line with content.
struct Line<'a> {
    /// From 1.
    number: usize,
    text: Cow<'a, str>,
}

/// The indentation of a block: its own column, and that of the block around it.
#[derive(Clone, Copy)]
struct Indent {
    own: usize,
    outer: Option<usize>,
    depth: usize,
}

impl Indent {
    const ROOT: Self = Self {
        own: 0,
        outer: None,
        depth: 0,
    };

    fn deeper(self, own: usize) -> Self {
        Self {
            own,
            outer: Some(self.own),
            depth: self.depth + 1,
        }
    }
}

struct Parser<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
    flow: Flow,
    duplicates: BTreeSet<String>,
}

/// The lines of a text with any line ends, without empty lines and comments.
fn lines(text: &str) -> Vec<Line<'_>> {
    // `\r\r\n` is one line end, too.
    let pieces = text.split('\n').flat_map(|piece| {
        let piece = piece.strip_suffix('\r').unwrap_or(piece);
        let piece = piece.strip_suffix('\r').unwrap_or(piece);
        piece.split('\r')
    });
    let numbered = (1..).zip(pieces);
    let said = numbered.filter(|(_, line)| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#')
    });
    said.map(|(number, text)| Line {
        number,
        text: Cow::Borrowed(text),
    })
    .collect()
}

/// The number of blanks a line starts with.
fn column(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

/// True for a line that ends a document.
fn ends_document(line: &str) -> bool {
    line.starts_with("---") || line.starts_with("...")
}

/// The text after the dash of a list item.
fn item(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('-')
}

impl Parser<'_> {
    fn line(&self) -> Option<&str> {
        self.lines.get(self.at).map(|it| &*it.text)
    }

    fn error(&self, reason: &'static str) -> Error {
        let number = |line: &Line<'_>| line.number;
        let line = self.lines.get(self.at).or(self.lines.last());
        Error {
            line: line.map_or(1, number),
            reason,
        }
    }

    fn replace(&mut self, text: String) {
        if let Some(line) = self.lines.get_mut(self.at) {
            line.text = Cow::Owned(text);
        }
    }

    fn documents(&mut self, value: &mut Value) -> Result<(), Error> {
        if self.line().is_some_and(|it| it.starts_with("%YAML")) {
            self.at += 1;
        }
        let mut is_first = true;
        while let Some(line) = self.line() {
            let head = line.strip_prefix("---").map(|it| it.trim().to_owned());
            if head.is_none() && !is_first {
                return Err(self.error("a second document begins with `---`"));
            }
            is_first = false;
            let is_text = self.document(head.as_deref(), value)?;
            self.behind_document(head.is_some() && !is_text, value)?;
        }
        Ok(())
    }

    /// One document; `head` is the text after its first mark. True for a document that is a text.
    fn document(&mut self, head: Option<&str>, value: &mut Value) -> Result<bool, Error> {
        if let Some(head) = head {
            if !head.is_empty() && !head.starts_with('#') && !head.starts_with("%YAML") {
                *value = self.scalar(head, None)?;
                return Ok(true);
            }
            self.at += 1;
        }
        *value = Value::Null;
        if self.line().is_some_and(|it| !ends_document(it)) {
            self.block_document(value)?;
        }
        Ok(false)
    }

    /// The lines between a document and the next mark: they are ignored after `...`; otherwise they are a block that is
    /// indented less, which is a document of its own where marks are used.
    fn behind_document(&mut self, is_marked: bool, value: &mut Value) -> Result<(), Error> {
        let is_mark = |it: &str| it.starts_with("---");
        while let Some(line) = self.line().filter(|it| !is_mark(it)) {
            if line.starts_with("...") {
                while self.line().is_some_and(|it| !is_mark(it)) {
                    self.at += 1;
                }
            } else if is_marked {
                self.block_document(value)?;
            } else {
                return Err(self.error("the line is indented less than the document it is in"));
            }
        }
        Ok(())
    }

    /// A map or a list.
    fn block_document(&mut self, value: &mut Value) -> Result<(), Error> {
        let line = self.line().unwrap_or_default();
        let own = column(line);
        if item(line).is_some_and(|it| it.is_empty() || it.starts_with(char::is_whitespace)) {
            let mut list = Vec::new();
            let read = self.list(&mut list, Indent::ROOT);
            *value = Value::List(list);
            return read;
        }
        let mut map = Map::new();
        let read = self.map(
            &mut map,
            Indent {
                own,
                ..Indent::ROOT
            },
        );
        *value = Value::Map(map);
        read
    }

    /// True when the block at `indent` goes on.
    fn goes_on(&self, indent: Indent) -> Result<bool, Error> {
        let Some(line) = self.line().filter(|it| !ends_document(it)) else {
            return Ok(false);
        };
        if indent.depth > MAX_DEPTH {
            return Err(self.error("it is nested too deeply"));
        }
        let column = column(line);
        if column > indent.own {
            return Err(self.error("the line is indented more than the block it is in"));
        }
        Ok(column == indent.own)
    }

    fn list(&mut self, list: &mut Vec<Value>, indent: Indent) -> Result<(), Error> {
        while self.goes_on(indent)? {
            let line = self.line().unwrap_or_default();
            let Some(rest) = item(line) else {
                // A list may be in the column of the map it belongs to, which goes on here.
                if indent.outer == Some(indent.own) {
                    return Ok(());
                }
                return Err(self.error("the line is not an item of the list"));
            };
            let content = rest.trim();
            if starts_with_key(rest) {
                let blanks = rest.chars().take_while(|c| c.is_whitespace()).count();
                let own = indent.own + 1 + blanks;
                let text = " ".repeat(own) + rest.trim_start();
                self.replace(text);
                let mut map = Map::new();
                let read = self.map(&mut map, indent.deeper(own));
                list.push(Value::Map(map));
                read?;
            } else if content.is_empty() {
                self.at += 1;
                self.below_item(list, indent)?;
            } else {
                let content = content.to_owned();
                list.push(self.scalar(&content, Some(indent))?);
            }
        }
        Ok(())
    }

    /// The value below a bare dash.
    fn below_item(&mut self, list: &mut Vec<Value>, indent: Indent) -> Result<(), Error> {
        let Some(line) = self.line() else {
            list.push(Value::Null);
            return Ok(());
        };
        let own = column(line);
        if item(line).is_none() {
            let mut map = Map::new();
            let read = self.map(&mut map, indent.deeper(own));
            list.push(Value::Map(map));
            return read;
        }
        if own == indent.own {
            list.push(Value::Null);
            return Ok(());
        }
        let mut inner = Vec::new();
        let read = self.list(&mut inner, indent.deeper(own));
        list.push(Value::List(inner));
        read
    }

    fn map(&mut self, map: &mut Map, indent: Indent) -> Result<(), Error> {
        while self.goes_on(indent)? {
            let line = self.line().unwrap_or_default().trim_start();
            let Some((key, rest)) = scalar::key(line) else {
                return Err(self.error("the line is not a key with a value"));
            };
            let rest = rest.to_owned();
            let slot = key.clone();
            let (value, read) = if rest.is_empty() {
                self.at += 1;
                self.below_key(indent)
            } else {
                match self.scalar(&rest, Some(indent)) {
                    Ok(value) => (value, Ok(())),
                    Err(error) => return Err(error),
                }
            };
            if let Some(_older) = map.insert(key, value) {
                self.duplicates.insert(slot);
            }
            read?;
        }
        Ok(())
    }

    /// The value below a key that has no value on its line.
    fn below_key(&mut self, indent: Indent) -> (Value, Result<(), Error>) {
        let Some(line) = self.line() else {
            return (Value::Null, Ok(()));
        };
        let own = column(line);
        if item(line).is_some() {
            let mut list = Vec::new();
            let read = self.list(&mut list, indent.deeper(own));
            return (Value::List(list), read);
        }
        if own <= indent.own {
            return (Value::Null, Ok(()));
        }
        let mut map = Map::new();
        let read = self.map(&mut map, indent.deeper(own));
        (Value::Map(map), read)
    }

    /// The value that starts on the current line with `text`, in the block it belongs to; moves past it.
    fn scalar(&mut self, text: &str, within: Option<Indent>) -> Result<Value, Error> {
        let text = text.trim_end();
        if self.flow == Flow::Taken && text.starts_with(['{', '[']) {
            let value = flow::parse(text).ok_or_else(|| self.error("the braces do not match"))?;
            self.at += 1;
            return Ok(value);
        }
        if text.starts_with(['>', '|']) {
            let style = text.to_owned();
            self.at += 1;
            return self.block(&style, within);
        }
        let value = scalar::plain_or_quoted(text).map_err(|reason| self.error(reason))?;
        self.at += 1;
        Ok(value)
    }

    /// The lines of a block text.
    fn block(&mut self, style: &str, within: Option<Indent>) -> Result<Value, Error> {
        let Some(own) = self.line().map(column) else {
            return Err(self.error("a block text has no lines"));
        };
        if within.is_some_and(|it| own <= it.own) {
            return Err(self.error("the text is not indented"));
        }
        let mut text = String::new();
        let between = if style.starts_with('>') { ' ' } else { '\n' };
        while let Some(line) = self.line().filter(|it| column(it) >= own) {
            if !text.is_empty() {
                text.push(between);
            }
            text.push_str(line.trim_start());
            self.at += 1;
        }
        if style.as_bytes().get(1) != Some(&b'-') {
            text.push('\n');
        }
        Ok(Value::Text(text))
    }
}

/// True when an item of a list is a map that starts on its line: a word, a colon, and a blank or the end.
fn starts_with_key(rest: &str) -> bool {
    let word = rest.trim_start();
    if word.len() == rest.len() || word.starts_with(['\'', '"']) {
        return false;
    }
    let end = word.find(char::is_whitespace).unwrap_or(word.len());
    let (word, behind) = word.split_at_checked(end).unwrap_or((word, ""));
    let separator = |it: &str| {
        let after = it.strip_prefix(':');
        after.is_some_and(|it| it.is_empty() || it.starts_with(char::is_whitespace))
    };
    (word.len() > 1 && word.ends_with(':')) || (!word.is_empty() && separator(behind.trim_start()))
}

#[cfg(test)]
mod tests;
