//! The elements of a document in memory, without those of other namespaces. The depth of a document is limited, so that what
//! recurses over the tree is bounded; entities of a document's own are refused with its type definition.

use std::collections::{BTreeMap, HashSet};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::NAMESPACE;

/// The deepest nesting of elements.
const DEEPEST: usize = 100;

/// An element of the namespace of the document.
#[derive(Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// Attributes without a namespace.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    pub(super) text: String,
    /// The line where it begins, from 1.
    pub(super) line: usize,
}

/// A document, and how many elements of other namespaces it has, by name.
pub(super) struct Document {
    pub(super) root: Element,
    /// The version in the namespace.
    pub(super) version: String,
    pub(super) foreign: BTreeMap<String, usize>,
}

/// Why a document cannot be read.
pub(super) struct Unreadable {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Reads a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Document, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|it| *it == b'\n').count();
        let message = "the document is not encoded in UTF-8".to_owned();
        Unreadable { line, message }
    })?;
    let mut parser = Parser::new(text);
    match parser.read() {
        Ok(document) => Ok(document),
        Err(message) => {
            let line = parser.line();
            Err(Unreadable { line, message })
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    reader: NsReader<&'t [u8]>,
    namespace: Option<String>,
    open: Vec<Element>,
    /// Elements that are open in an element of another namespace, which is one of them.
    skipped: usize,
    foreign: BTreeMap<String, usize>,
    /// How far lines are counted, and how many there are.
    counted: (usize, usize),
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            reader: NsReader::from_reader(text.as_bytes()),
            namespace: None,
            open: vec![Element::default()],
            skipped: 0,
            foreign: BTreeMap::new(),
            counted: (0, 1),
        }
    }

    /// The line that is read.
    fn line(&mut self) -> usize {
        let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let (start, lines) = self.counted;
        let read = self.text.get(start..end).unwrap_or_default();
        let lines = lines + read.matches('\n').count();
        self.counted = (end.max(start), lines);
        lines
    }

    fn read(&mut self) -> Result<Document, String> {
        loop {
            let line = self.line();
            let event = self.reader.read_event().map_err(|it| it.to_string())?;
            match event {
                Event::Start(start) => self.start(&start, line)?,
                Event::Empty(start) => {
                    self.start(&start, line)?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => self.push(&text),
                Event::CData(text) => self.push(&text),
                Event::GeneralRef(reference) => {
                    let character = character(&reference)?;
                    self.push(character.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) => {
                    return Err("type definitions (`<!DOCTYPE`) are not supported".to_owned());
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => return self.finish(),
            }
        }
    }

    fn finish(&mut self) -> Result<Document, String> {
        if self.open.len() > 1 || self.skipped > 0 {
            return Err("the document ends before its elements do".to_owned());
        }
        let root = self.open.pop().and_then(|mut it| it.children.pop());
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

    fn start(&mut self, start: &BytesStart<'_>, line: usize) -> Result<(), String> {
        if self.open.len() + self.skipped > DEEPEST {
            return Err(format!("elements are nested deeper than {DEEPEST}"));
        }
        let name = start.local_name().into_inner();
        let (namespace, _) = self.reader.resolver().resolve_element(start.name());
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
        self.open.push(Element {
            name: name.to_owned(),
            attributes: attributes(start)?,
            line,
            ..Element::default()
        });
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        let mut element = self.open.pop().ok_or("no element is open")?;
        // Most of the memory of a large document would be the room that its small elements do not use.
        element.children.shrink_to_fit();
        if !element.children.is_empty() && element.text.trim().is_empty() {
            element.text = String::new();
        }
        element.text.shrink_to_fit();
        let parent = self.open.last_mut().ok_or("no element is open")?;
        parent.children.push(element);
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut().filter(|_| self.skipped == 0) {
            element.text.push_str(text);
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
fn attributes(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    let mut seen = HashSet::new();
    let mut attributes = Vec::new();
    // The parser's own search for duplicates takes quadratic time.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|it| it.to_string())?;
        let name = attribute.key.into_inner();
        if !seen.insert(name) {
            return Err(format!("the attribute `{name}` is repeated"));
        }
        if name == "xmlns" || name.contains(':') {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|it| it.to_string())?;
        attributes.push((name.to_owned(), value.into_owned()));
    }
    attributes.shrink_to_fit();
    Ok(attributes)
}
