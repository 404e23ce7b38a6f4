//! JSON (RFC 8259), and JSON with comments and trailing commas, as a tree with places.

use std::collections::HashSet;

use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::page::Page;
use crate::scan::Scanner;
use crate::tree::{Entries, Entry, Kind, Value};

/// JSON as RFC 8259 has it.
const STRICT: ParseOptions = ParseOptions {
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

/// JSON with comments and trailing commas.
const COMMENTED: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    ..STRICT
};

impl<'t> Page<'t> {
    /// Reads the text as JSON, nested at most 512 deep. `None`, and a problem, where it is not JSON. A key that an object has
    /// twice is a problem, because other programs take the last one.
    pub fn json(&mut self) -> Option<Value<'t>> {
        self.parse(&STRICT)
    }

    /// Reads the text as [`Page::json`] does, and takes comments and trailing commas.
    pub fn json_with_comments(&mut self) -> Option<Value<'t>> {
        self.parse(&COMMENTED)
    }

    fn parse(&mut self, options: &ParseOptions) -> Option<Value<'t>> {
        self.is_json = true;
        if let Some(value) = placed(self.text()) {
            return Some(value);
        }
        match parse_to_ast(self.text(), &CollectOptions::default(), options) {
            Ok(result) => {
                let value = result.value.map(|it| self.value(it));
                if value.is_none() {
                    self.syntax(0, "JSON", "the file is empty");
                }
                value
            }
            Err(error) => {
                let message = error.kind().to_string();
                self.syntax(error.range().start, "JSON", &lower_case_start(&message));
                None
            }
        }
    }

    fn value(&mut self, value: ast::Value<'t>) -> Value<'t> {
        let range = value.range();
        let kind = match value {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(it) => Kind::Bool(it.value),
            ast::Value::NumberLit(it) => Kind::Number(it.value.into()),
            ast::Value::StringLit(it) => Kind::Text(it.value),
            ast::Value::Array(array) => {
                let elements = array.elements.into_iter();
                Kind::List(elements.map(|it| self.value(it)).collect())
            }
            ast::Value::Object(object) => Kind::Entries(self.entries(object)),
        };
        let (start, end) = (range.start, range.end);
        Value { start, end, kind }
    }

    fn entries(&mut self, object: ast::Object<'t>) -> Entries<'t> {
        let mut seen = HashSet::new();
        let mut entries = Vec::with_capacity(object.properties.len());
        for property in object.properties {
            let at = property.name.range().start;
            let key = match property.name {
                ObjectPropName::String(it) => it.value,
                ObjectPropName::Word(it) => it.value.into(),
            };
            let value = self.value(property.value);
            if seen.insert(key.clone()) {
                entries.push(Entry { key, at, value });
            } else {
                let help = "other programs take the last one: keep one of them";
                self.wrong(at, &format!("duplicate key `{key}`"), Some(help));
            }
        }
        Entries(entries)
    }
}

/// The value of a text that is valid in all dialects; `None` where a parser has to look at it again.
fn placed(text: &str) -> Option<Value<'_>> {
    let mut scanner = Scanner::new(text);
    let value = scanner.placed().ok()?;
    scanner.end().ok().map(|()| value)
}

/// The message as messages are written here: lower case at its start, unless a name is there.
fn lower_case_start(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|it| it.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
