//! Elements as values in the shape of JSON, as the table of the specification says. It recurses as deep as the elements are
//! nested, which their parser limits.

mod choice;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::tree::Element;
use crate::spec::SpecVersion;
use crate::spec::model::{Field, Format, Kind, Type, Xml};
use crate::spec::table::{DEPENDENCY, DOCUMENT};

/// The most problems that are kept.
const LIMIT: usize = 500;

/// A document in the shape of JSON.
pub(super) struct Converted {
    pub(super) value: Map<String, Value>,
    /// What is wrong with the elements, with lines.
    pub(super) problems: Vec<(usize, String)>,
    /// Attributes that have no place, by name.
    pub(super) unknown: BTreeMap<String, usize>,
}

/// Converts the root element of a document.
pub(super) fn convert(root: &Element, version: SpecVersion) -> Converted {
    let mut converter = Converter::new(version);
    let value = converter.object(root, &DOCUMENT);
    Converted {
        value,
        problems: converter.problems,
        unknown: converter.unknown,
    }
}

/// The lines of the elements that the pointers lead to.
pub(super) fn lines(
    root: &Element,
    version: SpecVersion,
    pointers: BTreeSet<String>,
) -> BTreeMap<String, usize> {
    let mut converter = Converter::new(version);
    converter.wanted = pointers;
    converter.object(root, &DOCUMENT);
    converter.lines
}

struct Converter {
    version: SpecVersion,
    problems: Vec<(usize, String)>,
    unknown: BTreeMap<String, usize>,
    /// The pointer of the value that is made.
    pointer: String,
    wanted: BTreeSet<String>,
    lines: BTreeMap<String, usize>,
}

impl Converter {
    fn new(version: SpecVersion) -> Self {
        Self {
            version,
            problems: Vec::new(),
            unknown: BTreeMap::new(),
            pointer: String::new(),
            wanted: BTreeSet::new(),
            lines: BTreeMap::new(),
        }
    }

    fn problem(&mut self, element: &Element, message: impl FnOnce() -> String) {
        if self.problems.len() < LIMIT {
            self.problems.push((element.line, message()));
        }
    }

    /// Makes the value of an element that is at `step` of the present value.
    fn at<T>(&mut self, step: &str, element: &Element, make: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(step);
        if self.wanted.contains(&self.pointer) {
            self.lines.insert(self.pointer.clone(), element.line);
        }
        let value = make(self);
        self.pointer.truncate(length);
        value
    }

    fn object(&mut self, element: &Element, of: &Type) -> Map<String, Value> {
        let mut map = Map::new();
        self.attributes(element, of, &mut map);
        let content = of.fields.iter().find(|it| matches!(it.xml, Xml::Content));
        match content {
            Some(field) => {
                let value = self.scalar(element, field.kind);
                map.insert(field.name.to_owned(), value);
            }
            None => self.no_text(element),
        }
        let mut seen = BTreeSet::new();
        let mut last = 0;
        for child in &element.children {
            let position = of.fields.iter().position(|it| is_of(it, &child.name));
            let Some((position, field)) = position.and_then(|it| Some((it, of.fields.get(it)?)))
            else {
                let (name, version) = (&child.name, self.version.name());
                self.problem(child, || {
                    format!(
                        "`{name}` is not an element of `{}` in CycloneDX {version}",
                        of.name
                    )
                });
                continue;
            };
            let repeats = matches!(field.xml, Xml::Each | Xml::EachReference);
            if !seen.insert(position) && !repeats {
                self.problem(child, || {
                    format!("the element `{}` is repeated", child.name)
                });
                continue;
            }
            if position < last && !matches!(field.xml, Xml::EachReference) {
                let before = of.fields.get(last).map_or("", |it| it.element);
                self.problem(child, || {
                    format!("expected the element `{}` before `{before}`", child.name)
                });
            }
            last = last.max(position);
            self.field(child, field, &mut map);
        }
        if std::ptr::eq(of, &raw const DEPENDENCY) {
            // XML has no empty list without an element of its own; a missing one would mean "unknown" in JSON.
            map.entry("dependsOn")
                .or_insert_with(|| Vec::<Value>::new().into());
        }
        map
    }

    fn attributes(&mut self, element: &Element, of: &Type, map: &mut Map<String, Value>) {
        for (name, text) in &element.attributes {
            let mut fields = of.fields.iter();
            let field = fields.find(|it| matches!(it.xml, Xml::Attribute) && it.element == name);
            if let Some(field) = field {
                map.insert(field.name.to_owned(), scalar(text, field.kind));
            } else if of.any_attribute {
                let what = format!("attribute `{name}` of `{}`", of.name);
                *self.unknown.entry(what).or_default() += 1;
            } else {
                self.problem(element, || {
                    format!("`{name}` is not an attribute of `{}`", element.name)
                });
            }
        }
    }

    /// An element that holds elements has no text but white space.
    fn no_text(&mut self, element: &Element) {
        if !element.text.trim().is_empty() {
            self.problem(element, || {
                format!("expected no text in the element `{}`", element.name)
            });
        }
    }

    fn scalar(&mut self, element: &Element, kind: Kind) -> Value {
        if let Some(child) = element.children.first() {
            self.problem(child, || {
                format!("expected no element in the element `{}`", element.name)
            });
        }
        scalar(&element.text, kind)
    }

    fn field(&mut self, element: &Element, field: &Field, map: &mut Map<String, Value>) {
        let name = field.name;
        match field.xml {
            Xml::Absent | Xml::Attribute | Xml::Content => {}
            Xml::Element => {
                let value = self.at(name, element, |this| this.value(element, field.kind));
                map.insert(name.to_owned(), value);
            }
            Xml::Inline(of) => map.extend(self.object(element, of)),
            Xml::List(_) | Xml::ListOr(..) | Xml::References(_) => {
                let value = self.at(name, element, |this| this.list(element, field));
                map.insert(name.to_owned(), value);
            }
            Xml::Each | Xml::EachReference => {
                let items = map.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                let Value::Array(items) = items else { return };
                let index = items.len().to_string();
                let value = self.at(name, element, |this| {
                    this.at(&index, element, |this| match field.xml {
                        Xml::EachReference => this.reference(element),
                        _ => Some(this.value(element, field.kind)),
                    })
                });
                items.extend(value);
            }
        }
    }

    fn list(&mut self, element: &Element, field: &Field) -> Value {
        self.no_text(element);
        let mut items = Vec::new();
        for child in &element.children {
            let index = items.len().to_string();
            let item = self.at(&index, child, |this| this.item(child, field));
            if item.is_none() {
                self.problem(child, || {
                    format!("`{}` is not an item of `{}`", child.name, element.name)
                });
            }
            items.extend(item);
        }
        Value::Array(items)
    }

    /// An item of a list; nothing when its name is not that of an item.
    fn item(&mut self, element: &Element, field: &Field) -> Option<Value> {
        match field.xml {
            Xml::References(item) if item == element.name => self.reference(element),
            Xml::List(_) if let Kind::OneOf(choice) = field.kind => self.case_item(element, choice),
            Xml::List(item) | Xml::ListOr(item, ..) if item == element.name => {
                Some(self.value(element, field.kind))
            }
            Xml::ListOr(_, other, of) if other == element.name => {
                Some(self.object(element, of).into())
            }
            _ => None,
        }
    }

    fn reference(&mut self, element: &Element) -> Option<Value> {
        let found = element.attributes.iter().find(|(name, _)| name == "ref");
        if found.is_none() {
            self.problem(element, || {
                format!("`ref` of the element `{}` is missing", element.name)
            });
        }
        found.map(|(_, value)| value.as_str().into())
    }

    fn value(&mut self, element: &Element, kind: Kind) -> Value {
        match kind {
            Kind::Object(of) => self.object(element, of).into(),
            Kind::OneOf(choice) => self.one_of(element, choice),
            kind => self.scalar(element, kind),
        }
    }
}

/// Whether an element of this name holds a field.
fn is_of(field: &Field, name: &str) -> bool {
    let is_element = !matches!(field.xml, Xml::Absent | Xml::Attribute | Xml::Content);
    is_element && field.element == name
}

/// A text as a value of a kind; a text that is not of the kind stays a string, which the check refuses.
fn scalar(text: &str, kind: Kind) -> Value {
    let trimmed = text.trim();
    match kind {
        Kind::Flag => match trimmed {
            "true" | "1" => Value::Bool(true),
            "false" | "0" => Value::Bool(false),
            _ => text.into(),
        },
        Kind::Integer(..) | Kind::Number | Kind::Share => {
            let whole = trimmed.parse::<i64>().map(Value::from);
            let number = whole.or_else(|_| trimmed.parse::<f64>().map(Value::from));
            number.unwrap_or_else(|_| text.into())
        }
        Kind::Text(Format::Time | Format::Date | Format::Iri | Format::Uri | Format::Digest) => {
            trimmed.into()
        }
        _ => text.into(),
    }
}
