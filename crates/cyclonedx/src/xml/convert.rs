//! Elements as values in the shape of JSON, as the table of the specification says. It recurses as deep as the elements are
//! nested, which their parser limits.

mod choice;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use bomtrail_document::{Json, Members};
use serde_json::Number;

use super::tree::Element;
use crate::spec::SpecVersion;
use crate::spec::model::{Field, Format, Kind, Type, Xml};
use crate::spec::table::{DEPENDENCY, DOCUMENT};

/// The most problems that are kept.
const LIMIT: usize = 500;

/// A document in the shape of JSON.
pub(super) struct Converted<'t> {
    pub(super) value: Members<'t>,
    /// What is wrong with the elements, with their positions in the text.
    pub(super) problems: Vec<(usize, String)>,
    /// Attributes that have no place, by name.
    pub(super) unknown: BTreeMap<String, usize>,
}

/// Converts the root element of a document. The items of its lists are released one by one, so that elements and values are not in
/// memory all at once.
pub(super) fn convert<'t>(root: &mut Element<'t>, version: SpecVersion) -> Converted<'t> {
    let mut converter = Converter::new(version);
    let value = converter.object(root, &DOCUMENT);
    Converted {
        value,
        problems: converter.problems,
        unknown: converter.unknown,
    }
}

/// The positions of the elements that the pointers lead to.
pub(super) fn positions(
    root: &mut Element<'_>,
    version: SpecVersion,
    pointers: BTreeSet<String>,
) -> BTreeMap<String, usize> {
    let mut converter = Converter::new(version);
    converter.wanted = pointers;
    converter.object(root, &DOCUMENT);
    converter.positions
}

struct Converter {
    version: SpecVersion,
    problems: Vec<(usize, String)>,
    unknown: BTreeMap<String, usize>,
    /// The pointer of the value that is made.
    pointer: String,
    wanted: BTreeSet<String>,
    positions: BTreeMap<String, usize>,
}

impl Converter {
    fn new(version: SpecVersion) -> Self {
        Self {
            version,
            problems: Vec::new(),
            unknown: BTreeMap::new(),
            pointer: String::new(),
            wanted: BTreeSet::new(),
            positions: BTreeMap::new(),
        }
    }

    /// Something is wrong with the element that begins at `start`.
    fn problem(&mut self, start: usize, message: impl FnOnce() -> String) {
        if self.problems.len() < LIMIT {
            self.problems.push((start, message()));
        }
    }

    /// Makes the value of an element that begins at `start` and is at `step` of the present value.
    fn at<T>(&mut self, step: impl Display, start: usize, make: impl FnOnce(&mut Self) -> T) -> T {
        if self.wanted.is_empty() {
            return make(self);
        }
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.to_string());
        if self.wanted.contains(&self.pointer) {
            self.positions.insert(self.pointer.clone(), start);
        }
        let value = make(self);
        self.pointer.truncate(length);
        value
    }

    fn object<'t>(&mut self, element: &mut Element<'t>, of: &Type) -> Members<'t> {
        let content = of.fields.iter().find(|it| matches!(it.xml, Xml::Content));
        let count = element.attributes.len() + element.children.len();
        let mut map = Members::with_capacity(count + usize::from(content.is_some()));
        self.attributes(element, of, &mut map);
        match content {
            Some(field) => {
                let value = self.scalar(element, field.kind);
                map.insert(field.name, value);
            }
            None => self.no_text(element),
        }
        // One bit for each field; no type of the specification has as many.
        let mut seen = 0_u128;
        let mut last = 0;
        for child in &mut element.children {
            let (name, start) = (child.name, child.start);
            let position = of.fields.iter().position(|it| is_of(it, name));
            let Some((position, field)) = position.and_then(|it| Some((it, of.fields.get(it)?)))
            else {
                let version = self.version.name();
                self.problem(start, || {
                    format!(
                        "`{name}` is not an element of `{}` in CycloneDX {version}",
                        of.name
                    )
                });
                continue;
            };
            let repeats = matches!(field.xml, Xml::Each | Xml::EachReference);
            let bit = 1_u128 << position.min(127);
            let is_repeated = seen & bit != 0;
            seen |= bit;
            if is_repeated && !repeats {
                self.problem(start, || format!("the element `{name}` is repeated"));
                continue;
            }
            if position < last && !matches!(field.xml, Xml::EachReference) {
                let before = of.fields.get(last).map_or("", |it| it.element);
                self.problem(start, || {
                    format!("expected the element `{name}` before `{before}`")
                });
            }
            last = last.max(position);
            self.field(child, field, &mut map);
        }
        if std::ptr::eq(of, &raw const DEPENDENCY) {
            // XML has no empty list without an element of its own; a missing one would mean "unknown" in JSON.
            map.insert_absent("dependsOn", || Json::Array(Vec::new()));
        }
        map
    }

    fn attributes<'t>(&mut self, element: &Element<'t>, of: &Type, map: &mut Members<'t>) {
        for (name, text) in &element.attributes {
            let mut fields = of.fields.iter();
            let field = fields.find(|it| matches!(it.xml, Xml::Attribute) && it.element == *name);
            if let Some(field) = field {
                map.insert(field.name, scalar(text, field.kind));
            } else if of.any_attribute {
                let what = format!("attribute `{name}` of `{}`", of.name);
                *self.unknown.entry(what).or_default() += 1;
            } else {
                self.problem(element.start, || {
                    format!("`{name}` is not an attribute of `{}`", element.name)
                });
            }
        }
    }

    /// An element that holds elements has no text but white space.
    fn no_text(&mut self, element: &Element<'_>) {
        if !element.text.trim().is_empty() {
            self.problem(element.start, || {
                format!("expected no text in the element `{}`", element.name)
            });
        }
    }

    fn scalar<'t>(&mut self, element: &Element<'t>, kind: Kind) -> Json<'t> {
        if let Some(child) = element.children.first() {
            self.problem(child.start, || {
                format!("expected no element in the element `{}`", element.name)
            });
        }
        scalar(&element.text, kind)
    }

    fn field<'t>(&mut self, element: &mut Element<'t>, field: &Field, map: &mut Members<'t>) {
        let (name, start) = (field.name, element.start);
        match field.xml {
            Xml::Absent | Xml::Attribute | Xml::Content => {}
            Xml::Element => {
                let value = self.at(name, start, |this| this.value(element, field.kind));
                map.insert(name, value);
            }
            Xml::Inline(of) => map.extend(self.object(element, of)),
            Xml::List(_) | Xml::ListOr(..) | Xml::References(_) => {
                let value = self.at(name, start, |this| this.list(element, field));
                map.insert(name, value);
            }
            Xml::Each | Xml::EachReference => {
                let before = map.get(name).and_then(Json::as_array);
                let index = before.map_or(0, Vec::len);
                map.insert_absent(name, || Json::Array(Vec::new()));
                let value = self.at(name, start, |this| {
                    this.at(index, start, |this| match field.xml {
                        Xml::EachReference => this.reference(element),
                        _ => Some(this.value(element, field.kind)),
                    })
                });
                if let Some(value) = value {
                    map.append(name, value);
                }
            }
        }
    }

    fn list<'t>(&mut self, element: &mut Element<'t>, field: &Field) -> Json<'t> {
        self.no_text(element);
        let mut items = Vec::with_capacity(element.children.len());
        for mut child in std::mem::take(&mut element.children) {
            let start = child.start;
            let item = self.at(items.len(), start, |this| this.item(&mut child, field));
            if item.is_none() {
                self.problem(start, || {
                    format!("`{}` is not an item of `{}`", child.name, element.name)
                });
            }
            items.extend(item);
        }
        Json::Array(items)
    }

    /// An item of a list; nothing when its name is not that of an item.
    fn item<'t>(&mut self, element: &mut Element<'t>, field: &Field) -> Option<Json<'t>> {
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

    fn reference<'t>(&mut self, element: &Element<'t>) -> Option<Json<'t>> {
        let found = element.attributes.iter().find(|(name, _)| *name == "ref");
        if found.is_none() {
            self.problem(element.start, || {
                format!("`ref` of the element `{}` is missing", element.name)
            });
        }
        found.map(|(_, value)| value.clone().into())
    }

    fn value<'t>(&mut self, element: &mut Element<'t>, kind: Kind) -> Json<'t> {
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
fn scalar<'t>(text: &Cow<'t, str>, kind: Kind) -> Json<'t> {
    let trimmed = text.trim();
    match kind {
        Kind::Flag => match trimmed {
            "true" | "1" => Json::Bool(true),
            "false" | "0" => Json::Bool(false),
            _ => text.clone().into(),
        },
        Kind::Integer(..) | Kind::Number | Kind::Share => {
            let whole = trimmed.parse::<i64>().map(Number::from).ok();
            let number = whole.or_else(|| Number::from_f64(trimmed.parse().ok()?));
            number.map_or_else(|| text.clone().into(), Json::Number)
        }
        Kind::Text(Format::Time | Format::Date | Format::Iri | Format::Uri | Format::Digest) => {
            match text {
                Cow::Borrowed(text) => text.trim().into(),
                Cow::Owned(_) => trimmed.to_owned().into(),
            }
        }
        _ => text.clone().into(),
    }
}
