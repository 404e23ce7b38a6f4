//! The layout of YAML that package managers write: block maps of one entry per line, lists of scalars, and flow collections on
//! one line. It is read line by line, and every string is borrowed from the text.
//!
//! The parser reads single entries that are written in another way, such as block scalars. A text with anything else (anchors,
//! explicit keys, duplicate keys, odd indentation) is left to the parser as a whole. What is read here is what the parser reads.

mod flow;
mod line;

use std::borrow::Cow;

use super::events::{self, DEEPEST, repeated};
use crate::page::{FileCodes, Page};
use crate::tree::{Entries, Entry, Kind, Value};
use line::{Line, Lines};

/// The documents of a text; `None` where it has another layout.
pub(super) fn documents(text: &str, codes: FileCodes) -> Option<Vec<Value<'_>>> {
    let mut reading = Reading {
        text,
        codes,
        open: Vec::new(),
        entries: Vec::new(),
        values: Vec::new(),
        documents: Vec::new(),
        is_begun: false,
    };
    let mut lines = Lines::of(text);
    while let Some(line) = lines.next() {
        if line.content == "---" && line.indent == 0 {
            reading.begin_document()?;
        } else {
            reading.take(&line, &mut lines)?;
        }
    }
    reading.end_document()?;
    Some(reading.documents)
}

/// A block collection whose end has not been read.
struct Open<'t> {
    indent: usize,
    start: usize,
    /// How many entries or values are of the collections around it.
    outer: usize,
    kind: OpenKind<'t>,
}

enum OpenKind<'t> {
    List,
    /// A map, and the key whose value begins on a later line.
    Map(Option<(Cow<'t, str>, usize)>),
}

struct Reading<'t> {
    text: &'t str,
    codes: FileCodes,
    open: Vec<Open<'t>>,
    /// The entries of all open maps, so that each map is allocated once, in its final size.
    entries: Vec<Entry<'t>>,
    /// The values of all open lists.
    values: Vec<Value<'t>>,
    documents: Vec<Value<'t>>,
    /// True after `---`, until there is content.
    is_begun: bool,
}

impl<'t> Reading<'t> {
    /// Reads one line, and the lines of its value where the parser has to read that.
    fn take(&mut self, line: &Line<'t>, lines: &mut Lines<'t>) -> Option<()> {
        self.is_begun = false;
        let item = line.item();
        self.begin(line, item.is_some())?;
        let open = self.open.last_mut()?;
        if open.indent != line.indent {
            return None;
        }
        match (&mut open.kind, item) {
            (OpenKind::List, Some((text, at))) => {
                let value = match flow::value(text, at) {
                    Some(value) if !lines.is_deeper(line.indent) => value,
                    _ => self.parsed_item(line, lines)?,
                };
                self.values.push(value);
            }
            (OpenKind::Map(key), None) => {
                let (name, text, at) = line.entry()?;
                if text.is_empty() {
                    *key = Some((name, line.start));
                    return Some(());
                }
                let entry = match flow::value(text, at) {
                    Some(value) if !lines.is_deeper(line.indent) => Entry {
                        key: name,
                        at: line.start,
                        value,
                    },
                    _ => self.parsed_entry(line, lines)?,
                };
                self.entries.push(entry);
            }
            (OpenKind::List, None) | (OpenKind::Map(_), Some(_)) => return None,
        }
        Some(())
    }

    /// Opens and closes the collections between the line before and this one.
    fn begin(&mut self, line: &Line<'_>, is_item: bool) -> Option<()> {
        let waits = |it: &Open<'_>| matches!(it.kind, OpenKind::Map(Some(_)));
        if let Some(open) = self.open.last().filter(|it| waits(it)) {
            let is_inside = line.indent > open.indent || is_item && line.indent == open.indent;
            return is_inside.then(|| self.begin_collection(line, is_item))?;
        }
        if self.open.is_empty() {
            return self.begin_collection(line, is_item);
        }
        while let Some(open) = self.open.last() {
            let is_list = matches!(open.kind, OpenKind::List);
            let is_after_list = is_list && !is_item && line.indent == open.indent;
            if line.indent >= open.indent && !is_after_list {
                return Some(());
            }
            self.end_collection()?;
        }
        // The line is less deep than the first one of its document.
        None
    }

    fn begin_collection(&mut self, line: &Line<'_>, is_item: bool) -> Option<()> {
        let (outer, kind) = if is_item {
            (self.values.len(), OpenKind::List)
        } else {
            (self.entries.len(), OpenKind::Map(None))
        };
        self.open.push(Open {
            indent: line.indent,
            start: line.start,
            outer,
            kind,
        });
        (self.open.len() <= DEEPEST).then_some(())
    }

    fn end_collection(&mut self) -> Option<()> {
        let open = self.open.pop()?;
        let (kind, end) = match open.kind {
            // A key without a value.
            OpenKind::Map(Some(_)) => return None,
            OpenKind::Map(None) => {
                let entries: Vec<Entry<'t>> = self.entries.drain(open.outer..).collect();
                if !repeated(&entries).is_empty() {
                    return None;
                }
                let end = entries.last()?.value.end;
                (Kind::Entries(Entries(entries)), end)
            }
            OpenKind::List => {
                let values: Vec<Value<'t>> = self.values.drain(open.outer..).collect();
                let end = values.last()?.end;
                (Kind::List(values), end)
            }
        };
        let start = open.start;
        self.put(Value { start, end, kind })
    }

    /// Puts a collection where it belongs.
    fn put(&mut self, value: Value<'t>) -> Option<()> {
        let Some(open) = self.open.last_mut() else {
            self.documents.push(value);
            return Some(());
        };
        match &mut open.kind {
            OpenKind::Map(key) => {
                let (key, at) = key.take()?;
                self.entries.push(Entry { key, at, value });
                Some(())
            }
            OpenKind::List => None,
        }
    }

    /// Ends the document before a `---`, if there is one.
    fn begin_document(&mut self) -> Option<()> {
        if self.is_begun {
            return None;
        }
        if !self.open.is_empty() {
            self.end_document()?;
        }
        self.is_begun = true;
        Some(())
    }

    /// Ends a document, which has to have content.
    fn end_document(&mut self) -> Option<()> {
        if self.open.is_empty() {
            return None;
        }
        while !self.open.is_empty() {
            self.end_collection()?;
        }
        Some(())
    }

    /// The entry that begins on a line, as the parser reads it.
    fn parsed_entry(&self, line: &Line<'t>, lines: &mut Lines<'t>) -> Option<Entry<'t>> {
        match self.parsed(line, lines)?.kind {
            Kind::Entries(Entries(entries)) if entries.len() == 1 => entries.into_iter().next(),
            _ => None,
        }
    }

    /// The list item that begins on a line, as the parser reads it.
    fn parsed_item(&self, line: &Line<'t>, lines: &mut Lines<'t>) -> Option<Value<'t>> {
        match self.parsed(line, lines)?.kind {
            Kind::List(values) if values.len() == 1 => values.into_iter().next(),
            _ => None,
        }
    }

    /// A line and the deeper lines that follow it, as the parser reads them.
    fn parsed(&self, line: &Line<'t>, lines: &mut Lines<'t>) -> Option<Value<'t>> {
        let from = line.start - line.indent;
        let until = lines.skip_deeper(line.indent);
        let mut page = Page::new("", self.text.get(from..until)?, self.codes);
        let documents = events::documents(&mut page)?;
        if !page.is_fine() || page.has_aliases {
            return None;
        }
        let mut documents = documents.into_iter();
        let value = documents.next().filter(|_| documents.next().is_none())?;
        Some(moved(value, from))
    }
}

/// A value of a part of the text, with its places in the whole.
fn moved(mut value: Value<'_>, by: usize) -> Value<'_> {
    let mut open = vec![&mut value];
    while let Some(value) = open.pop() {
        value.start += by;
        value.end += by;
        match &mut value.kind {
            Kind::List(values) => open.extend(values),
            Kind::Entries(Entries(entries)) => {
                for entry in entries {
                    entry.at += by;
                    open.push(&mut entry.value);
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::Date(_) => {}
        }
    }
    value
}

#[cfg(test)]
mod tests;
