//! Reads usual documents in a third of the time that the parser of XML needs: elements without prefixes, attributes in double
//! quotes, and the five entities. All others are read again by that parser, which decides what is an error.

use std::borrow::Cow;

use super::builder::{Builder, DEEPEST, Element, is_blank};
use crate::xml::NAMESPACE;

/// Elements with more attributes are left to the parser, which finds repeated ones in linear time.
const MOST_ATTRIBUTES: usize = 16;

/// The root element of a document and its namespace; `None` when it is not a usual one.
pub(super) fn read(text: &str) -> Option<(Element<'_>, &str)> {
    let mut reader = Reader {
        text,
        at: 0,
        namespace: None,
        builder: Builder::default(),
    };
    reader.declaration()?;
    while reader.next()? {}
    let mut roots = reader.builder.roots()?;
    let root = roots.pop().filter(|_| roots.is_empty())?;
    Some((root, reader.namespace?))
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    namespace: Option<&'t str>,
    builder: Builder<'t>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes one byte.
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.rest().first() == Some(&byte)).then(|| self.at += 1)
    }

    /// Takes everything before the first byte that is not wanted.
    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> Option<&'t str> {
        let rest = self.rest();
        let length = rest.iter().position(|it| !wanted(*it));
        let end = self.at + length.unwrap_or(rest.len());
        let taken = self.text.get(self.at..end);
        self.at = end;
        taken
    }

    fn name(&mut self) -> Option<&'t str> {
        let is_name =
            |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b':');
        self.take_while(is_name).filter(|it| !it.is_empty())
    }

    fn declaration(&mut self) -> Option<()> {
        if self.text.starts_with("<?xml ") {
            self.at = self.text.find("?>")? + "?>".len();
        }
        Some(())
    }

    /// Reads the text up to the next tag, and the tag; false at the end.
    fn next(&mut self) -> Option<bool> {
        self.content()?;
        let start = self.at;
        if self.take(b'<').is_none() {
            return Some(false);
        }
        if self.take(b'/').is_some() {
            let name = self.name()?;
            self.take(b'>')?;
            let is_open = self.builder.name() == Some(name);
            return (is_open && self.builder.end()).then_some(true);
        }
        self.element(start)?;
        Some(true)
    }

    /// Reads text. Outside the root element only white space is allowed.
    fn content(&mut self) -> Option<()> {
        let rest = self.text.get(self.at..)?;
        let text = rest.split_once('<').map_or(rest, |(text, _)| text);
        self.at += text.len();
        if self.builder.depth() == 0 {
            return is_blank(text).then_some(());
        }
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            let (character, after) = entity(after)?;
            if !before.is_empty() {
                self.builder.push(before.into());
            }
            self.builder.push(character.to_string().into());
            rest = after;
        }
        if !rest.is_empty() {
            self.builder.push(rest.into());
        }
        Some(())
    }

    fn element(&mut self, start: usize) -> Option<()> {
        let name = self.name().filter(|it| !it.contains(':'))?;
        let is_root = self.namespace.is_none();
        let mut attributes = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        while !self.take_while(|it| it.is_ascii_whitespace())?.is_empty() {
            let Some(name) = self.name() else { break };
            self.take(b'=')?;
            self.take(b'"')?;
            let value = self.take_while(|it| it >= b' ' && !matches!(it, b'"' | b'<' | b'>'))?;
            self.take(b'"')?;
            if names.len() == MOST_ATTRIBUTES || names.contains(&name) {
                return None;
            }
            names.push(name);
            if name == "xmlns" && is_root {
                self.namespace = Some(value).filter(|it| it.starts_with(NAMESPACE));
            } else if name.contains(':') || name == "xmlns" {
                // Other namespaces may be declared at the root, where no element needs them.
                (is_root && !value.contains('&')).then_some(())?;
            } else {
                attributes.reserve_exact(usize::from(attributes.is_empty()));
                attributes.push((name, decoded(value)?));
            }
        }
        let is_empty = self.take(b'/').is_some();
        self.take(b'>')?;
        let is_expected = !is_root || (name == "bom" && self.builder.depth() == 0);
        (is_expected && self.namespace.is_some() && self.builder.depth() < DEEPEST).then_some(())?;
        self.builder.begin(Element {
            name,
            attributes,
            start,
            ..Element::default()
        });
        (!is_empty || self.builder.end()).then_some(())
    }
}

/// The character of one of the five names that XML defines, behind `&`, and what follows.
fn entity(text: &str) -> Option<(char, &str)> {
    const ENTITIES: [(&str, char); 5] = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("apos;", '\''),
    ];
    let mut known = ENTITIES.iter();
    known.find_map(|(name, character)| Some((*character, text.strip_prefix(name)?)))
}

/// The value of an attribute.
fn decoded(value: &str) -> Option<Cow<'_, str>> {
    if !value.contains('&') {
        return Some(value.into());
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        let (character, after) = entity(after)?;
        text.push_str(before);
        text.push(character);
        rest = after;
    }
    text.push_str(rest);
    Some(text.into())
}
