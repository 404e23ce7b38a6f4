//! The check of a document against the table. It recurses as deep as the document, whose depth its parser limits.

mod choice;
mod message;
mod rules;

use std::collections::HashSet;

use bomtrail_document::{Json, Members, Unique};
use foldhash::fast::RandomState;

use crate::spec::encoding::Encoding;
use crate::spec::format::{Dialect, expected};
use crate::spec::model::{Field, Kind, Type, Words};
use crate::spec::problem::{Problem, Problems};
use crate::spec::table::DOCUMENT;

/// The field whose values name one element of a document each.
const REFERENCE: &str = "bom-ref";
/// The number of items from which room is made for their references at once.
const MANY: usize = 64;

/// Compares a document, in the shape of JSON, with the table.
pub(crate) fn check(document: &Json<'_>, dialect: Dialect) -> Problems {
    let mut checker = Checker::new(dialect);
    checker.kind(document, Kind::Object(&DOCUMENT));
    checker.problems
}

/// One step of the way to a value.
#[derive(Clone, Copy)]
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

struct Checker<'v> {
    dialect: Dialect,
    path: Vec<Step<'v>>,
    problems: Problems,
    /// The references that elements have.
    references: HashSet<&'v str, RandomState>,
    /// The word of each kind that was valid before: most elements have the same ones.
    words: Vec<(&'static Words, &'v str)>,
    /// How many fields each type must have that was met before.
    needed: Vec<(&'static Type, usize)>,
    /// A case of a choice is tried out.
    is_trial: bool,
}

impl<'v> Checker<'v> {
    fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            path: Vec::new(),
            problems: Problems::default(),
            references: HashSet::default(),
            words: Vec::new(),
            needed: Vec::new(),
            is_trial: false,
        }
    }

    fn problem(&mut self, message: impl FnOnce() -> String) {
        if self.is_trial {
            return self.problems.count_one();
        }
        let path = &self.path;
        self.problems.add(|| Problem {
            pointer: pointer(path),
            message: message(),
        });
    }

    fn at(&mut self, step: Step<'v>, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    fn kind(&mut self, value: &'v Json<'v>, kind: Kind) {
        match (kind, value) {
            (Kind::Text(format), Json::String(text)) => {
                if let Some(expected) = expected(format, text, self.dialect) {
                    self.problem(|| message::instead(expected, value));
                }
            }
            (Kind::Word(words), Json::String(text)) => {
                let version = self.dialect.version;
                if !self.is_word(words, text) {
                    self.problem(|| message::word(words, text, version));
                }
            }
            (Kind::Flag, Json::Bool(_)) | (Kind::Number, Json::Number(_)) => {}
            (Kind::Integer(least, most), Json::Number(number)) => {
                let whole = number.as_i64().or_else(|| whole(number.as_f64()?));
                let fits = whole.is_some_and(|it| least <= it && it <= most);
                // A number beyond 64 bits is an integer, too.
                if !(fits || (most == i64::MAX && number.is_u64())) {
                    self.problem(|| message::instead(&message::integer(least, most), value));
                }
            }
            (Kind::Share, Json::Number(number)) => {
                if !number.as_f64().is_some_and(|it| (0.0..=1.0).contains(&it)) {
                    self.problem(|| message::instead("a number from 0 to 1", value));
                }
            }
            (Kind::Object(of), Json::Object(map)) => self.object(map, of),
            (Kind::List(item), Json::Array(items)) => {
                for (index, it) in items.iter().enumerate() {
                    self.at(Step::Index(index), |this| this.kind(it, *item));
                }
            }
            (Kind::OneOf(choice), _) => self.choice(value, choice),
            _ => self.problem(|| message::instead(&message::kind(kind), value)),
        }
    }

    fn is_word(&mut self, words: &'static Words, text: &'v str) -> bool {
        let mut known = self.words.iter_mut();
        let known = known.find(|(it, _)| std::ptr::eq(*it, words));
        if known.as_ref().is_some_and(|(_, it)| *it == text) {
            return true;
        }
        let is_valid = words.have(text, self.dialect.version);
        match known {
            Some(known) if is_valid => known.1 = text,
            None if is_valid => self.words.push((words, text)),
            _ => {}
        }
        is_valid
    }

    fn object(&mut self, map: &'v Members<'v>, of: &'static Type) {
        let version = self.dialect.version;
        let mut next = 0;
        let mut missing = self.needed(of);
        let mut reference = None;
        for (name, value) in map.iter() {
            if name == REFERENCE {
                reference = value.as_str();
            }
            match of.field_after(&mut next, name) {
                Some(field) if field.exists_in(version) => {
                    missing = missing.saturating_sub(usize::from(self.is_needed(field)));
                    self.at(Step::Key(name), |this| this.field(value, field));
                }
                _ if of.open_until >= Some(version) => {}
                field => self.at(Step::Key(name), |this| {
                    this.problem(|| message::unknown(name, of, field, version));
                }),
            }
        }
        if missing > 0 {
            self.report_missing(map, of);
        }
        self.rules(map, of);
        if let Some(reference) = reference {
            self.reference(reference);
        }
    }

    /// True for a field that an object must have.
    fn is_needed(&self, field: &Field) -> bool {
        let version = self.dialect.version;
        let is_xml = self.dialect.encoding == Encoding::Xml;
        field.is_required(version) || (is_xml && field.required_in_xml && field.exists_in(version))
    }

    /// How many fields an object must have.
    fn needed(&mut self, of: &'static Type) -> usize {
        let mut known = self.needed.iter();
        if let Some((_, count)) = known.find(|(it, _)| std::ptr::eq(*it, of)) {
            return *count;
        }
        let count = of.fields.iter().filter(|it| self.is_needed(it)).count();
        self.needed.push((of, count));
        count
    }

    fn report_missing(&mut self, map: &Members<'_>, of: &'static Type) {
        for field in of.fields {
            if self.is_needed(field) && !map.contains_key(field.name) {
                self.problem(|| format!("`{}` of `{}` is missing", field.name, of.name));
            }
        }
    }

    /// A bom-ref names one element of a document. The official examples do not follow this rule within a formulation.
    fn reference(&mut self, reference: &'v str) {
        let is_formula = matches!(self.path.first(), Some(Step::Key("formulation")));
        if self.is_trial || is_formula {
            return;
        }
        if !self.references.insert(reference) {
            self.at(Step::Key(REFERENCE), |this| {
                this.problem(|| format!("`{reference}` is the bom-ref of another element, too"));
            });
        }
    }

    fn field(&mut self, value: &'v Json<'v>, field: &'static Field) {
        if !field.many {
            return self.kind(value, field.kind);
        }
        let Json::Array(items) = value else {
            if field.or_single && value.is_object() {
                return self.kind(value, field.kind);
            }
            return self.problem(|| message::instead("a list", value));
        };
        if field.filled && items.is_empty() {
            self.problem(|| "expected at least one item, found none".to_owned());
        }
        if let Kind::OneOf(choice) = field.kind {
            self.items(items, choice);
        }
        let is_json = self.dialect.encoding == Encoding::Json;
        let is_unique = field.unique && is_json && items.len() > 1;
        let mut seen = is_unique.then(|| Unique::by(&[REFERENCE, "ref"], items.len()));
        if let Kind::Object(of) = field.kind
            && items.len() > MANY
            && of.field(REFERENCE).is_some()
        {
            self.references.reserve(items.len());
        }
        for (index, item) in items.iter().enumerate() {
            self.at(Step::Index(index), |this| {
                this.kind(item, field.kind);
                if seen.as_mut().is_some_and(|it| !it.add(item)) {
                    this.problem(|| format!("this item of `{}` is a duplicate", field.name));
                }
            });
        }
    }
}

/// An integer that is written as a decimal or with an exponent (`1.0`).
fn whole(number: f64) -> Option<i64> {
    let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
    is_whole.then_some(number as i64)
}

fn pointer(path: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in path {
        text.push('/');
        match step {
            Step::Key(key) => text.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => text.push_str(&index.to_string()),
        }
    }
    text
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
