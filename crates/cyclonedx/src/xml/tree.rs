//! The elements of a document in memory, without those of other namespaces; their names and texts are parts of the document's
//! text. The depth of a document is limited, so that what recurses over the tree is bounded; entities of a document's own are
//! refused with its type definition.

mod builder;
mod plain;

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_document::without_mark;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::NAMESPACE;
use builder::{Builder, DEEPEST};

pub(super) use builder::Element;

/// A document, and how many elements of other namespaces it has, by name.
pub(super) struct Document<'t> {
    pub(super) root: Element<'t>,
    /// The version in the namespace.
    pub(super) version: String,
    pub(super) foreign: BTreeMap<String, usize>,
}

/// Where the lines of a text end.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &[u8]) -> Self {
        let bytes = text.iter().enumerate();
        let ends = bytes.filter(|(_, it)| **it == b'\n').map(|(at, _)| at);
        Self(ends.collect())
    }

    /// The line of a position, from 1.
    pub(super) fn at(&self, position: usize) -> usize {
        self.0.partition_point(|end| *end < position) + 1
    }
}

/// Why a document cannot be read.
pub(super) struct Unreadable {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Reads a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Document<'_>, Unreadable> {
    let bytes = without_mark(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Unreadable {
        line: Lines::of(bytes).at(error.valid_up_to()),
        message: "the document is not encoded in UTF-8".to_owned(),
    })?;
    if let Some((root, namespace)) = plain::read(text) {
        return Ok(Document {
            root,
            version: namespace
                .strip_prefix(NAMESPACE)
                .unwrap_or_default()
                .to_owned(),
            foreign: BTreeMap::new(),
        });
    }
    let mut parser = Parser::new(text);
    parser.read().map_err(|message| Unreadable {
        line: Lines::of(bytes).at(parser.position()),
        message,
    })
}

struct Parser<'t> {
    text: &'t str,
    reader: NsReader<&'t [u8]>,
    namespace: Option<String>,
    builder: Builder<'t>,
    /// Elements that are open in an element of another namespace, which is one of them.
    skipped: usize,
    foreign: BTreeMap<String, usize>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            reader: NsReader::from_reader(text.as_bytes()),
            namespace: None,
            builder: Builder::default(),
            skipped: 0,
            foreign: BTreeMap::new(),
        }
    }

    /// How far the text is read.
    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn read(&mut self) -> Result<Document<'t>, String> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|it| it.to_string())?;
            match event {
                Event::Start(tag) => self.start(&tag, start)?,
                Event::Empty(tag) => {
                    self.start(&tag, start)?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => self.push(text.into_inner()),
                Event::CData(text) => self.push(text.into_inner()),
                Event::GeneralRef(reference) => {
                    self.push(character(&reference)?.to_string().into());
                }
                Event::DocType(_) => {
                    return Err("type definitions (`<!DOCTYPE`) are not supported".to_owned());
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => return self.finish(),
            }
        }
    }

    fn finish(&mut self) -> Result<Document<'t>, String> {
        let roots = std::mem::take(&mut self.builder).roots();
        let Some(mut roots) = roots.filter(|_| self.skipped == 0) else {
            return Err("the document ends before its elements do".to_owned());
        };
        let root = roots.pop();
        if !roots.is_empty() {
            return Err("the document has more than one root element".to_owned());
        }
        let namespace = self.namespace.take().unwrap_or_default();
        let (Some(root), Some(version)) = (root, namespace.strip_prefix(NAMESPACE)) else {
            return Err("the document has no root element".to_owned());
        };
        Ok(Document {
            root,
            version: version.to_owned(),
            foreign: std::mem::take(&mut self.foreign),
        })
    }

    fn start(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<(), String> {
        if self.builder.depth() + self.skipped >= DEEPEST {
            return Err(format!("elements are nested deeper than {DEEPEST}"));
        }
        let name = tag.local_name().into_inner();
        let (namespace, _) = self.reader.resolver().resolve_element(tag.name());
        let namespace = match &namespace {
            ResolveResult::Bound(it) => it.into_inner(),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => "",
        };
        if self.namespace.is_none() {
            if name != "bom" || !namespace.starts_with(NAMESPACE) {
                return Err(format!(
                    "the root element is `{name}` of the namespace `{namespace}`, not `bom` of a CycloneDX namespace"
                ));
            }
            self.namespace = Some(namespace.to_owned());
        }
        if self.skipped > 0 || self.namespace.as_deref() != Some(namespace) {
            if self.skipped == 0 {
                *self.foreign.entry(name.to_owned()).or_default() += 1;
            }
            self.skipped += 1;
            return Ok(());
        }
        // The event has what is in the text behind `<`, but not for as long as the text lives.
        let inner = self.text.get(start + 1..).unwrap_or_default();
        let inner = inner.get(..tag.len()).unwrap_or_default();
        let (full, attributes) = inner
            .split_at_checked(tag.name().0.len())
            .unwrap_or_default();
        let element = Element {
            name: full.rsplit(':').next().unwrap_or_default(),
            attributes: self::attributes(Attributes::new(attributes, 0))?,
            start,
            ..Element::default()
        };
        self.builder.begin(element);
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        if self.builder.end() {
            Ok(())
        } else {
            Err("no element is open".to_owned())
        }
    }

    fn push(&mut self, text: Cow<'t, str>) {
        if self.skipped == 0 {
            self.builder.push(text);
        }
    }
}

/// The character of `&#…;` or of one of the five names that XML defines.
fn character(reference: &BytesRef<'_>) -> Result<char, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|it| it.to_string())? {
        return Ok(character);
    }
    match &**reference {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(format!("the entity `&{other};` is not defined")),
    }
}

/// The attributes without a namespace. A repeated one is refused.
fn attributes(mut all: Attributes<'_>) -> Result<Vec<(&str, Cow<'_, str>)>, String> {
    let mut names: Vec<&str> = Vec::new();
    let mut attributes = Vec::new();
    // The parser's own search for duplicates takes quadratic time.
    for attribute in all.with_checks(false) {
        let attribute = attribute.map_err(|it| it.to_string())?;
        let name = attribute.key.into_inner();
        names.push(name);
        if name == "xmlns" || name.contains(':') {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|it| it.to_string())?;
        // Most elements have one.
        attributes.reserve_exact(usize::from(attributes.is_empty()));
        attributes.push((name, value));
    }
    names.sort_unstable();
    let repeated = names.windows(2).find(|it| it.first() == it.last());
    match repeated.and_then(|it| it.first()) {
        Some(name) => Err(format!("the attribute `{name}` is repeated")),
        None => Ok(attributes),
    }
}

#[cfg(test)]
mod tests;
