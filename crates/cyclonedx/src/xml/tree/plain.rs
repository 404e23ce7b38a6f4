//! Reads usual documents in a third of the time that the parser of XML needs: elements without prefixes, attributes in double
//! quotes, and the five entities. All others are read again by that parser, which decides what is an error.

use std::borrow::Cow;

use bomtrail_document::find_byte;

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
        attributes: Vec::new(),
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
    /// The attributes of the element that is read; each gets a list of the right size of its own.
    attributes: Vec<(&'t str, Cow<'t, str>)>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes one byte.
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.rest().first() == Some(&byte)).then(|| self.at += 1)
    }

    /// Takes everything up to `end`.
    fn take_until(&mut self, end: usize) -> Option<&'t str> {
        let taken = self.text.get(self.at..end);
        self.at = end;
        taken
    }

    fn name(&mut self) -> Option<&'t str> {
        let mut rest = self.rest().iter();
        let length = rest.position(|it| !is_of_name(*it));
        let end = length.map_or(self.text.len(), |it| self.at + it);
        self.take_until(end).filter(|it| !it.is_empty())
    }

    /// Skips white space; true if there was any.
    fn space(&mut self) -> bool {
        let before = self.at;
        while self.rest().first().is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.at > before
    }

    /// Takes the name of the innermost element that is open.
    fn name_of_open(&mut self) -> Option<()> {
        let name = self.builder.name()?;
        self.rest()
            .starts_with(name.as_bytes())
            .then(|| self.at += name.len())
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
            self.name_of_open()?;
            self.take(b'>')?;
            return self.builder.end().then_some(true);
        }
        self.element(start)?;
        Some(true)
    }

    /// Reads text. Outside the root element only white space is allowed.
    fn content(&mut self) -> Option<()> {
        loop {
            let bytes = self.text.as_bytes();
            let end = find_byte(bytes, self.at, 0, [b'<', b'&']).unwrap_or(bytes.len());
            let text = self.take_until(end)?;
            if self.builder.depth() == 0 {
                return (is_blank(text) && bytes.get(end) != Some(&b'&')).then_some(());
            }
            // Between elements there is white space, which no element has as its text.
            let begins = matches!(self.rest(), [b'<', after, ..] if *after != b'/');
            let is_between = begins && self.builder.is_without_text() && is_blank(text);
            if !text.is_empty() && !is_between {
                self.builder.push(text.into());
            }
            if self.take(b'&').is_none() {
                return Some(());
            }
            let (character, after) = entity(self.text.get(self.at..)?)?;
            self.at = self.text.len() - after.len();
            self.builder.push(character.to_string().into());
        }
    }

    /// The value of an attribute, up to its closing quote.
    fn value(&mut self) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        let end = find_byte(bytes, self.at, b' ', [b'"', b'<', b'>'])?;
        let value = self.take_until(end)?;
        self.take(b'"').map(|()| value)
    }

    fn element(&mut self, start: usize) -> Option<()> {
        let name = self.name().filter(|it| !it.contains(':'))?;
        let is_root = self.namespace.is_none();
        let mut names = [""; MOST_ATTRIBUTES];
        let mut count = 0;
        while self.space() {
            let Some(name) = self.name() else { break };
            self.take(b'=')?;
            self.take(b'"')?;
            let value = self.value()?;
            if names.iter().take(count).any(|it| *it == name) {
                return None;
            }
            *names.get_mut(count)? = name;
            count += 1;
            if name == "xmlns" && is_root {
                self.namespace = Some(value).filter(|it| it.starts_with(NAMESPACE));
            } else if name.contains(':') || name == "xmlns" {
                // Other namespaces may be declared at the root, where no element needs them.
                (is_root && !value.contains('&')).then_some(())?;
            } else {
                self.attributes.push((name, decoded(value)?));
            }
        }
        let is_empty = self.take(b'/').is_some();
        self.take(b'>')?;
        let is_expected = !is_root || (name == "bom" && self.builder.depth() == 0);
        (is_expected && self.namespace.is_some() && self.builder.depth() < DEEPEST).then_some(())?;
        self.builder.begin(Element {
            name,
            attributes: self.attributes.drain(..).collect(),
            start,
            ..Element::default()
        });
        (!is_empty || self.builder.end()).then_some(())
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':')
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
    if find_byte(value.as_bytes(), 0, 0, [b'&']).is_none() {
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
