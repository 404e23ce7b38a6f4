//! Prints values in the shape of JSON as elements. Knows shapes, and no field. What it recurses over are values of our own,
//! whose depth does not depend on an input.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value};

use super::shape::{EXPRESSION, Field, LEGACY_TOOL, LICENSE, Shape, TOOLS};

/// A sink for elements.
pub(super) struct Printer<'w> {
    out: &'w mut dyn Write,
    compact: bool,
    depth: usize,
    lost: BTreeMap<String, usize>,
}

impl<'w> Printer<'w> {
    /// Starts a document.
    pub(super) fn new(out: &'w mut dyn Write, compact: bool) -> Self {
        Self {
            out,
            compact,
            depth: 0,
            lost: BTreeMap::new(),
        }
    }

    /// Ends the document; tells what XML could not hold.
    pub(super) fn finish(self) -> io::Result<BTreeMap<String, usize>> {
        self.out.write_all(b"\n")?;
        Ok(self.lost)
    }

    /// Begins an element that holds others.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        if self.depth == 0 {
            self.out
                .write_all(br#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        }
        self.start(name, attributes)?;
        self.out.write_all(b">")?;
        self.depth += 1;
        Ok(())
    }

    /// Ends an element that holds others.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.depth -= 1;
        self.line()?;
        write!(self.out, "</{name}>")
    }

    /// Prints objects as they are made, in an element around them.
    pub(super) fn list(
        &mut self,
        name: &str,
        item: &str,
        shape: &Shape,
        objects: impl Iterator<Item = io::Result<Value>>,
    ) -> io::Result<()> {
        self.open(name, &[])?;
        for object in objects {
            self.object(item, shape, &object?)?;
        }
        self.close(name)
    }

    /// Prints an object.
    pub(super) fn object(&mut self, name: &str, shape: &Shape, value: &Value) -> io::Result<()> {
        let Some(map) = value.as_object() else {
            return Ok(());
        };
        self.count_unknown(name, shape, map);
        let attributes = attributes(shape, map);
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(k, v)| (*k, &**v)).collect();
        if let Some(content) = shape.content {
            let text = map.get(content).map(text).unwrap_or_default();
            return self.leaf(name, &attributes, &text);
        }
        let is_attribute = |it: &&Field| matches!(it, Field::Attribute(_) | Field::Truth(_));
        let children = shape.fields.iter().filter(|it| !is_attribute(it));
        if !children.clone().any(|it| map.contains_key(key(it))) {
            return self.leaf(name, &attributes, "");
        }
        self.open(name, &attributes)?;
        for field in children {
            if let Some(value) = map.get(key(field)) {
                self.field(field, value)?;
            }
        }
        self.close(name)
    }

    fn field(&mut self, field: &Field, value: &Value) -> io::Result<()> {
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        match field {
            Field::Attribute(_) | Field::Truth(_) => Ok(()),
            Field::Text(name) | Field::Flag(name) => self.leaf(name, &[], &text(value)),
            Field::Object(name, shape) => self.object(name, shape, value),
            Field::List(name, item, shape) => {
                self.open(name, &[])?;
                items
                    .iter()
                    .try_for_each(|it| self.object(item, shape, it))?;
                self.close(name)
            }
            Field::Each(name, shape) => {
                items.iter().try_for_each(|it| self.object(name, shape, it))
            }
            Field::Texts(name) => items
                .iter()
                .try_for_each(|it| self.leaf(name, &[], &text(it))),
            Field::TextList(name, item) => {
                self.open(name, &[])?;
                items
                    .iter()
                    .try_for_each(|it| self.leaf(item, &[], &text(it)))?;
                self.close(name)
            }
            Field::References(name, item) => {
                self.open(name, &[])?;
                self.references(item, items)?;
                self.close(name)
            }
            Field::EachReference(_, item) => self.references(item, items),
            Field::Licenses => {
                self.open("licenses", &[])?;
                items.iter().try_for_each(|it| self.license(it))?;
                self.close("licenses")
            }
            Field::Tools if value.is_array() => {
                self.open("tools", &[])?;
                items
                    .iter()
                    .try_for_each(|it| self.object("tool", LEGACY_TOOL, it))?;
                self.close("tools")
            }
            Field::Tools => self.object("tools", &TOOLS, value),
        }
    }

    fn references(&mut self, item: &str, references: &[Value]) -> io::Result<()> {
        references
            .iter()
            .try_for_each(|it| self.leaf(item, &[("ref", &text(it))], ""))
    }

    fn license(&mut self, choice: &Value) -> io::Result<()> {
        match choice.get("license") {
            Some(license) => self.object("license", &LICENSE, license),
            None => self.object("expression", &EXPRESSION, choice),
        }
    }

    fn count_unknown(&mut self, name: &str, shape: &Shape, map: &Map<String, Value>) {
        let known = |name: &str| {
            shape.content == Some(name) || shape.fields.iter().any(|it| key(it) == name)
        };
        for field in map.keys().filter(|it| !known(it)) {
            let what = format!("`{field}` of `{name}` is left out");
            *self.lost.entry(what).or_default() += 1;
        }
    }

    fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.start(name, attributes)?;
        if text.is_empty() {
            return self.out.write_all(b"/>");
        }
        self.out.write_all(b">")?;
        self.escaped(text, false)?;
        write!(self.out, "</{name}>")
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.line()?;
        write!(self.out, "<{name}")?;
        for (name, value) in attributes {
            write!(self.out, " {name}=\"")?;
            self.escaped(value, true)?;
            self.out.write_all(b"\"")?;
        }
        Ok(())
    }

    fn line(&mut self) -> io::Result<()> {
        if self.compact {
            return Ok(());
        }
        self.out.write_all(b"\n")?;
        for _ in 0..self.depth {
            self.out.write_all(b"  ")?;
        }
        Ok(())
    }

    /// Text with mark-up escaped. White space other than the space is a character reference in an attribute, and a carriage
    /// return everywhere, because a parser would make another of it.
    fn escaped(&mut self, text: &str, in_attribute: bool) -> io::Result<()> {
        for c in text.chars() {
            match c {
                '<' => self.out.write_all(b"&lt;")?,
                '>' => self.out.write_all(b"&gt;")?,
                '&' => self.out.write_all(b"&amp;")?,
                '"' if in_attribute => self.out.write_all(b"&quot;")?,
                '\r' => self.out.write_all(b"&#13;")?,
                '\n' if in_attribute => self.out.write_all(b"&#10;")?,
                '\t' if in_attribute => self.out.write_all(b"&#9;")?,
                '\n' | '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => {
                    write!(self.out, "{c}")?;
                }
                _ => {
                    let what = "a character that XML cannot hold is replaced".to_owned();
                    *self.lost.entry(what).or_default() += 1;
                    write!(self.out, "\u{fffd}")?;
                }
            }
        }
        Ok(())
    }
}

/// The name of a field in JSON.
pub(super) fn key(field: &Field) -> &'static str {
    match field {
        Field::Attribute(key)
        | Field::Truth(key)
        | Field::Text(key)
        | Field::Flag(key)
        | Field::Object(key, _)
        | Field::List(key, _, _)
        | Field::Each(key, _)
        | Field::Texts(key)
        | Field::TextList(key, _)
        | Field::References(key, _)
        | Field::EachReference(key, _) => key,
        Field::Licenses => "licenses",
        Field::Tools => "tools",
    }
}

fn attributes<'v>(shape: &Shape, map: &'v Map<String, Value>) -> Vec<(&'static str, Cow<'v, str>)> {
    let attribute = |field: &Field| match field {
        Field::Attribute(key) | Field::Truth(key) => Some((*key, text(map.get(*key)?))),
        _ => None,
    };
    shape.fields.iter().filter_map(attribute).collect()
}

fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
