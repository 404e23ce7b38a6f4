//! JSON with places: every value knows where it stands, and an object may not say one thing twice. Strict: no comments, no
//! trailing commas, nothing that another parser would read otherwise.

use bomtrail_graph::{Diagnostic, Place};
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::diags;

/// JSON as RFC 8259 has it.
pub(crate) const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// A file while it is read: where its lines begin, and what is wrong with it.
pub(crate) struct Page<'t> {
    path: &'t str,
    text: &'t str,
    lines: Vec<usize>,
    pub(crate) problems: Vec<Diagnostic>,
}

impl<'t> Page<'t> {
    pub(crate) fn new(path: &'t str, text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1));
        Self {
            path,
            text,
            lines: lines.collect(),
            problems: Vec::new(),
        }
    }

    /// Reads the whole; nothing, and a problem, when it is no JSON object.
    pub(crate) fn object(&mut self) -> Option<Object<'t>> {
        match parse_to_ast(self.text, &CollectOptions::default(), &STRICT) {
            Ok(result) => match result.value {
                Some(Value::Object(object)) => Some(object),
                other => {
                    let at = other.map_or(0, |it| it.range().start);
                    self.wrong(at, "the file is no JSON object".to_owned(), None);
                    None
                }
            },
            Err(error) => {
                let message = format!("not readable as JSON: {}", error.kind()).to_lowercase();
                self.wrong(error.range().start, message.replace("json", "JSON"), None);
                None
            }
        }
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }

    fn place(&self, offset: usize) -> Place {
        let line = self.line(offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or_default();
        Place::line(self.path, line, Some(before.chars().count() + 1))
    }

    pub(crate) fn wrong(&mut self, offset: usize, message: String, help: Option<&str>) {
        let place = self.place(offset);
        self.problems.push(diags::invalid(place, message, help));
    }

    /// The properties of an object, each but those for others (`x-…`, `$schema`); a name that stands twice, or is none of
    /// `known` where those are given, is a problem.
    pub(crate) fn properties<'v>(
        &mut self,
        object: &'v Object<'t>,
        known: Option<&[&str]>,
    ) -> Vec<(&'v str, usize, &'v Value<'t>)> {
        let mut seen = std::collections::BTreeSet::new();
        let mut kept = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            let (name, at) = (property.name.as_str(), property.name.range().start);
            if !seen.insert(name) {
                let help = "other programs take the last one; keep one of them";
                self.wrong(at, format!("`{name}` stands twice"), Some(help));
                continue;
            }
            let Some(known) = known else {
                kept.push((name, at, &property.value));
                continue;
            };
            if known.contains(&name) {
                kept.push((name, at, &property.value));
            } else if name != "$schema" && !name.starts_with("x-") {
                let help = format!(
                    "known here: `{}`; a name of your own begins with `x-`",
                    known.join("`, `")
                );
                self.wrong(
                    at,
                    format!("`{name}` is no key of an approvals file"),
                    Some(&help),
                );
            }
        }
        kept
    }

    /// A value as an object.
    pub(crate) fn as_object<'v>(
        &mut self,
        name: &str,
        value: &'v Value<'t>,
    ) -> Option<&'v Object<'t>> {
        if let Value::Object(object) = value {
            return Some(object);
        }
        self.expected(name, value, "an object");
        None
    }

    /// A value as a string.
    pub(crate) fn as_text<'v>(&mut self, name: &str, value: &'v Value<'t>) -> Option<&'v str> {
        if let Value::StringLit(text) = value {
            return Some(&text.value);
        }
        self.expected(name, value, "a string");
        None
    }

    /// A value as a list of strings, each with its offset.
    pub(crate) fn as_texts<'v>(
        &mut self,
        name: &str,
        value: &'v Value<'t>,
    ) -> Vec<(&'v str, usize)> {
        let Value::Array(array) = value else {
            self.expected(name, value, "a list of strings");
            return Vec::new();
        };
        let items = array.elements.iter();
        items
            .filter_map(|it| Some((self.as_text(name, it)?, it.range().start)))
            .collect()
    }

    pub(crate) fn expected(&mut self, name: &str, value: &Value<'t>, what: &str) {
        self.wrong(
            value.range().start,
            format!("`{name}` must be {what}"),
            None,
        );
    }
}
