//! Prints values in the shape of JSON as elements, as the table of the specification says. It recurses
//! as deep as the values, whose depth their parser limits.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_document::{Json, Members};

use crate::spec::model::{Case, Choice, Field, Kind, Type, Xml};
use crate::spec::table::DOCUMENT;

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

    fn lose(&mut self, what: String) {
        *self.lost.entry(what).or_default() += 1;
    }

    /// Ends the document; returns what XML could not express.
    pub(super) fn finish(self) -> io::Result<BTreeMap<String, usize>> {
        self.out.write_all(b"\n")?;
        Ok(self.lost)
    }

    /// Prints a whole document that is in the shape of JSON, without the fields whose place is the namespace in XML.
    pub(super) fn document(&mut self, namespace: &str, document: &Members<'_>) -> io::Result<()> {
        self.count_unknown(DOCUMENT.name, &DOCUMENT, document);
        let own = attributes_of(&DOCUMENT, document);
        let own = own.iter().map(|(name, value)| (*name, &**value));
        let attributes: Vec<(&str, &str)> = [("xmlns", namespace)].into_iter().chain(own).collect();
        self.open(DOCUMENT.name, &attributes)?;
        for field in DOCUMENT.fields {
            if let Some(value) = document.get(field.name) {
                self.field(field, value)?;
            }
        }
        self.close(DOCUMENT.name)
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
        self.write(&["</", name, ">"])
    }

    /// Prints a field of the document whose items are made while they are printed.
    pub(super) fn list(
        &mut self,
        name: &str,
        items: impl Iterator<Item = io::Result<Json<'static>>>,
    ) -> io::Result<()> {
        let Some(field) = DOCUMENT.field(name) else {
            return Ok(());
        };
        self.open(field.element, &[])?;
        for item in items {
            self.item(field, &item?, false)?;
        }
        self.close(field.element)
    }

    /// Prints a field of the document.
    pub(super) fn part(&mut self, name: &str, value: &Json<'_>) -> io::Result<()> {
        DOCUMENT
            .field(name)
            .map_or(Ok(()), |field| self.field(field, value))
    }

    fn object(&mut self, name: &str, of: &'static Type, map: &Members<'_>) -> io::Result<()> {
        self.count_unknown(name, of, map);
        let attributes = attributes_of(of, map);
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(k, v)| (*k, &**v)).collect();
        if let Some(field) = of.fields.iter().find(|it| matches!(it.xml, Xml::Content)) {
            let text = map.get(field.name).map(text).unwrap_or_default();
            return self.leaf(name, &attributes, &text);
        }
        let is_child = |it: &&Field| !matches!(it.xml, Xml::Attribute | Xml::Absent);
        let children = || {
            let fields = of.fields.iter().filter(is_child);
            fields.filter_map(|it| Some((it, map.get(it.name)?)))
        };
        if children().next().is_none() {
            return self.leaf(name, &attributes, "");
        }
        self.open(name, &attributes)?;
        let mut inlined = "";
        for (field, value) in children() {
            let Xml::Inline(of) = field.xml else {
                self.field(field, value)?;
                continue;
            };
            if inlined != field.element {
                inlined = field.element;
                let mut part = map.clone();
                part.retain(|name, _| of.field(name).is_some());
                self.object(field.element, of, &part)?;
            }
        }
        self.close(name)
    }

    fn field(&mut self, field: &Field, value: &Json<'_>) -> io::Result<()> {
        let items = match value {
            Json::Array(items) => items.as_slice(),
            single if field.or_single => std::slice::from_ref(single),
            _ if field.many => {
                self.lose(format!("`{}` is left out", field.name));
                return Ok(());
            }
            _ => &[],
        };
        match field.xml {
            Xml::Attribute | Xml::Absent | Xml::Content | Xml::Inline(_) => Ok(()),
            Xml::Element => self.value(field.element, field.kind, value),
            Xml::Each => items
                .iter()
                .try_for_each(|it| self.value(field.element, field.kind, it)),
            Xml::EachReference => self.references(field.element, items),
            Xml::References(item) => {
                self.open(field.element, &[])?;
                self.references(item, items)?;
                self.close(field.element)
            }
            Xml::List(_) | Xml::ListOr(..) => {
                self.open(field.element, &[])?;
                let short = match field.xml {
                    Xml::ListOr(_, _, of) => items.iter().all(|it| has_all(of, it)),
                    _ => false,
                };
                items
                    .iter()
                    .try_for_each(|it| self.item(field, it, short))?;
                self.close(field.element)
            }
        }
    }

    /// An item of a list; `short` when it is of the other type that the list allows.
    fn item(&mut self, field: &Field, value: &Json<'_>, short: bool) -> io::Result<()> {
        match (field.xml, field.kind) {
            (Xml::ListOr(_, other, of), _) if short => self.value(other, Kind::Object(of), value),
            (Xml::List(_), Kind::OneOf(choice)) => {
                let Some(case) = case(choice, value) else {
                    self.lose(format!("an item of `{}` is left out", field.name));
                    return Ok(());
                };
                let inner = case.under.and_then(|it| value.get(it));
                self.value(case.element, case.kind, inner.unwrap_or(value))
            }
            (Xml::List(item) | Xml::ListOr(item, ..), kind) => self.value(item, kind, value),
            _ => Ok(()),
        }
    }

    fn value(&mut self, name: &str, kind: Kind, value: &Json<'_>) -> io::Result<()> {
        match (kind, value) {
            (Kind::Object(of), Json::Object(map)) => self.object(name, of, map),
            (Kind::OneOf(choice), _) => self.one_of(name, choice, value),
            _ => self.leaf(name, &[], &text(value)),
        }
    }

    fn one_of(&mut self, name: &str, choice: &Choice, value: &Json<'_>) -> io::Result<()> {
        let Some(case) = case(choice, value) else {
            self.lose(format!("`{name}` is left out"));
            return Ok(());
        };
        if case.element.is_empty() || case.element == name {
            return self.value(name, case.kind, value);
        }
        self.open(name, &[])?;
        match (case.kind, value) {
            (Kind::List(item), Json::Array(items)) => items
                .iter()
                .try_for_each(|it| self.value(case.element, *item, it))?,
            (kind, value) => self.value(case.element, kind, value)?,
        }
        self.close(name)
    }

    fn references(&mut self, item: &str, references: &[Json<'_>]) -> io::Result<()> {
        references
            .iter()
            .try_for_each(|it| self.leaf(item, &[("ref", &text(it))], ""))
    }

    /// Counts the fields that XML has no place for.
    fn count_unknown(&mut self, name: &str, of: &Type, map: &Members<'_>) {
        let is_known = |name: &str| {
            let field = of.field(name);
            field.is_some_and(|it| !matches!(it.xml, Xml::Absent))
        };
        for field in map.keys().filter(|it| !is_known(it)) {
            self.lose(format!("`{field}` of `{name}` is left out"));
        }
    }

    fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.start(name, attributes)?;
        if text.is_empty() {
            return self.out.write_all(b"/>");
        }
        self.out.write_all(b">")?;
        self.escaped(text, false)?;
        self.write(&["</", name, ">"])
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.line()?;
        self.write(&["<", name])?;
        for (name, value) in attributes {
            self.write(&[" ", name, "=\""])?;
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
        // Most texts are written as they are.
        let is_plain =
            |it: u8| matches!(it, b' '..=b'~') && !matches!(it, b'<' | b'>' | b'&' | b'"');
        if text.bytes().all(is_plain) {
            return self.out.write_all(text.as_bytes());
        }
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let written: &[u8] = match c {
                '<' => b"&lt;",
                '>' => b"&gt;",
                '&' => b"&amp;",
                '"' if in_attribute => b"&quot;",
                '\r' => b"&#13;",
                '\n' if in_attribute => b"&#10;",
                '\t' if in_attribute => b"&#9;",
                '\n' | '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => {
                    continue;
                }
                _ => {
                    self.lose("a character that XML does not allow is replaced".to_owned());
                    "\u{fffd}".as_bytes()
                }
            };
            self.write(&[text.get(plain..at).unwrap_or_default()])?;
            self.out.write_all(written)?;
            plain = at + c.len_utf8();
        }
        self.write(&[text.get(plain..).unwrap_or_default()])
    }

    fn write(&mut self, texts: &[&str]) -> io::Result<()> {
        texts
            .iter()
            .try_for_each(|it| self.out.write_all(it.as_bytes()))
    }
}

/// The fields of an object that are attributes.
fn attributes_of<'v>(of: &'static Type, map: &'v Members<'v>) -> Vec<(&'static str, Cow<'v, str>)> {
    let attribute = |it: &&Field| matches!(it.xml, Xml::Attribute);
    let fields = of.fields.iter().filter(attribute);
    let value = |it: &'static Field| Some((it.element, text(map.get(it.name)?)));
    fields.filter_map(value).collect()
}

/// The case that a value is of.
fn case<'c>(choice: &'c Choice, value: &Json<'_>) -> Option<&'c Case> {
    choice.cases.iter().find(|it| it.holds(value))
}

/// True when a value is an object whose fields are all of a type.
fn has_all(of: &Type, value: &Json<'_>) -> bool {
    let map = value.as_object();
    map.is_some_and(|it| it.keys().all(|name| of.field(name).is_some()))
}

fn text<'v>(value: &'v Json<'_>) -> Cow<'v, str> {
    match value {
        Json::String(text) => Cow::Borrowed(text),
        Json::Null => "null".into(),
        Json::Bool(it) => it.to_string().into(),
        Json::Number(it) => it.to_string().into(),
        // A list and an object have elements of their own.
        Json::Array(_) | Json::Object(_) => Cow::default(),
    }
}
