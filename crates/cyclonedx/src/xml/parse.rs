//! Elements as values in the shape of JSON. The document is read into a tree first, with a limit on its depth, so that what
//! recurses over the tree is bounded; entities of a document's own are refused with its type definition.

use std::collections::BTreeMap;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::{Map, Value};

use super::NAMESPACE;
use super::shape::{BOM, EXPRESSION, Field, LEGACY_TOOL, LICENSE, Shape, TOOLS};

/// The deepest nesting of elements.
const DEEPEST: usize = 100;

/// An element.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

/// A document in the shape of JSON, and how many elements of which kind have no place in it.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) unknown: BTreeMap<String, usize>,
}

/// Why a document cannot be read.
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Reads a document.
pub(super) fn document(bytes: &[u8]) -> Result<Parsed, Problem> {
    let mut reader = Reader::from_reader(bytes);
    let root = tree(&mut reader).map_err(|message| {
        let read = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let before = bytes.get(..read).unwrap_or(bytes);
        let line = before.split(|it| *it == b'\n').count();
        Problem { line, message }
    })?;
    let mut unknown = BTreeMap::new();
    let mut map = object(&root, &BOM, &mut unknown);
    let space = root.attributes.iter().find(|(name, value)| {
        (name == "xmlns" || name.starts_with("xmlns:")) && value.starts_with(NAMESPACE)
    });
    let version = space.and_then(|(_, value)| value.strip_prefix(NAMESPACE));
    if let (Some(version), "bom") = (version, root.name.as_str()) {
        map.insert("bomFormat".to_owned(), "CycloneDX".into());
        map.insert("specVersion".to_owned(), version.into());
    }
    let value = Value::Object(map);
    Ok(Parsed { value, unknown })
}

fn tree(reader: &mut Reader<&[u8]>) -> Result<Element, String> {
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|it| it.to_string())? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(format!("elements are nested deeper than {DEEPEST}"));
                }
                open.push(element(&start)?);
            }
            Event::Empty(start) => {
                let element = element(&start)?;
                open.last_mut()
                    .ok_or("no element is open")?
                    .children
                    .push(element);
            }
            Event::End(_) => {
                let element = open.pop().ok_or("no element is open")?;
                open.last_mut()
                    .ok_or("no element is open")?
                    .children
                    .push(element);
            }
            Event::Text(text) => {
                push(&mut open, &text);
            }
            Event::CData(text) => {
                push(&mut open, &text);
            }
            Event::GeneralRef(reference) => {
                let character = character(&reference)?;
                push(&mut open, character.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => {
                return Err(
                    "a document with a type definition (`<!DOCTYPE`) is not read".to_owned(),
                );
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if open.len() > 1 {
        return Err("the document ends before its elements do".to_owned());
    }
    let root = open.pop().and_then(|mut it| it.children.pop());
    root.ok_or_else(|| "there is no element".to_owned())
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
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
        other => Err(format!("`&{other};` is no entity of XML")),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = start.local_name().into_inner().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|it| it.to_string())?;
        let key = attribute.key.into_inner().to_owned();
        let value = attribute.unescape_value().map_err(|it| it.to_string())?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Element {
        name,
        attributes,
        ..Element::default()
    })
}

type Unknown = BTreeMap<String, usize>;

fn object(element: &Element, shape: &Shape, unknown: &mut Unknown) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in &element.attributes {
        let field = shape.fields.iter().find(|it| match it {
            Field::Attribute(key) | Field::Truth(key) => key == name,
            _ => false,
        });
        match field {
            Some(Field::Truth(_)) => drop(map.insert(name.clone(), truth(value))),
            Some(_) => drop(map.insert(name.clone(), value.as_str().into())),
            None if name.starts_with("xmlns") || name.contains(':') => {}
            None => count(unknown, name, &element.name),
        }
    }
    if let Some(content) = shape.content {
        map.insert(content.to_owned(), element.text.as_str().into());
        return map;
    }
    for child in &element.children {
        let field = shape
            .fields
            .iter()
            .find(|it| element_name(it) == Some(&child.name));
        match field {
            Some(field) => add(&mut map, field, child, unknown),
            None => count(unknown, &child.name, &element.name),
        }
    }
    map
}

fn count(unknown: &mut Unknown, name: &str, of: &str) {
    *unknown.entry(format!("`{name}` of `{of}`")).or_default() += 1;
}

/// The name of the element that holds a field.
fn element_name(field: &Field) -> Option<&'static str> {
    match field {
        Field::Attribute(_) | Field::Truth(_) => None,
        Field::EachReference(_, item) => Some(item),
        other => Some(super::print::key(other)),
    }
}

fn add(map: &mut Map<String, Value>, field: &Field, child: &Element, unknown: &mut Unknown) {
    let key = super::print::key(field).to_owned();
    let value = match field {
        Field::Attribute(_) | Field::Truth(_) => return,
        Field::Text(_) => child.text.as_str().into(),
        Field::Flag(_) => truth(&child.text),
        Field::Object(_, shape) => Value::Object(object(child, shape, unknown)),
        Field::List(_, _, shape) => {
            let items = child.children.iter();
            items
                .map(|it| Value::Object(object(it, shape, unknown)))
                .collect()
        }
        Field::TextList(..) => child
            .children
            .iter()
            .map(|it| Value::from(it.text.as_str()))
            .collect(),
        Field::References(..) => child.children.iter().filter_map(reference).collect(),
        Field::Licenses => child
            .children
            .iter()
            .map(|it| license(it, unknown))
            .collect(),
        Field::Tools => tools(child, unknown),
        Field::Each(_, shape) => {
            return append(map, key, Value::Object(object(child, shape, unknown)));
        }
        Field::Texts(_) => return append(map, key, child.text.as_str().into()),
        Field::EachReference(..) => {
            return reference(child)
                .into_iter()
                .for_each(|it| append(map, key.clone(), it));
        }
    };
    map.insert(key, value);
}

fn append(map: &mut Map<String, Value>, key: String, value: Value) {
    if let Value::Array(items) = map.entry(key).or_insert_with(|| Value::Array(Vec::new())) {
        items.push(value);
    }
}

fn reference(element: &Element) -> Option<Value> {
    let found = element.attributes.iter().find(|(name, _)| name == "ref");
    found.map(|(_, value)| value.as_str().into())
}

fn truth(text: &str) -> Value {
    match text.trim() {
        "true" | "1" => Value::Bool(true),
        "false" | "0" => Value::Bool(false),
        other => other.into(),
    }
}

fn license(element: &Element, unknown: &mut Unknown) -> Value {
    if element.name == "expression" {
        return Value::Object(object(element, &EXPRESSION, unknown));
    }
    let mut choice = Map::new();
    choice.insert(
        element.name.clone(),
        Value::Object(object(element, &LICENSE, unknown)),
    );
    Value::Object(choice)
}

fn tools(element: &Element, unknown: &mut Unknown) -> Value {
    if element.children.iter().any(|it| it.name == "tool") {
        let tools = element.children.iter().filter(|it| it.name == "tool");
        return tools
            .map(|it| Value::Object(object(it, LEGACY_TOOL, unknown)))
            .collect();
    }
    Value::Object(object(element, &TOOLS, unknown))
}
