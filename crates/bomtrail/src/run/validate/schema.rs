//! JSON schemas that are given. Never fetches one.

mod pieces;

use std::collections::HashSet;

use bomtrail_graph::{Diagnostics, Files};
use jsonschema::{Registry, Validator};
use serde_json::Value;

use crate::diags;
use pieces::{Piece, pieces};

/// Schemas that the CycloneDX ones refer to.
const PARTS: [&str; 3] = [
    "spdx.schema.json",
    "jsf-0.82.schema.json",
    "cryptography-defs.schema.json",
];
/// The prefix of their addresses.
const ADDRESS: &str = "http://cyclonedx.org/schema/";
/// The most differences that are reported.
const MOST: usize = 100;
/// The longest value that a message quotes, in characters.
const LONGEST: usize = 60;

/// A schema, ready for use.
pub(super) struct Schema(Validator);

impl Schema {
    /// A schema; those it refers to are next to it.
    pub(super) fn given(bytes: &[u8], folder: &dyn Files) -> Result<Self, String> {
        let schema: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        let part = |name: &str| {
            let bytes = folder.read(name);
            bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok())
        };
        Self::compile(&schema, part)
    }

    fn compile(schema: &Value, part: impl Fn(&str) -> Option<Value>) -> Result<Self, String> {
        let mut registry = Registry::new();
        for name in PARTS {
            if let Some(value) = part(name) {
                let address = [ADDRESS, name].concat();
                registry = registry.add(address, value).map_err(|it| it.to_string())?;
            }
        }
        let registry = registry.prepare().map_err(|it| it.to_string())?;
        jsonschema::options()
            .with_registry(&registry)
            .should_validate_formats(true)
            .build(schema)
            .map(Self)
            .map_err(|it| it.to_string())
    }

    /// Reports the differences between a document and the schema, each with its pointer and the value that is found. A list of
    /// the document is compared a few items at a time, because the memory that differences take grows with what is compared.
    pub(super) fn check(&self, path: &str, document: &Value, diagnostics: &mut Diagnostics) {
        if self.0.is_valid(document) {
            return;
        }
        let mut found = Found::default();
        for piece in pieces(document) {
            if found.is_full() {
                break;
            }
            self.compare(&piece, &mut found);
        }
        if found.differences.is_empty() {
            let message = "the document does not match the schema, but each of its parts does";
            diagnostics.push(diags::against_schema(path, "", message));
        }
        let is_full = found.is_full();
        for (pointer, message) in found.differences {
            diagnostics.push(diags::against_schema(path, &pointer, &message));
        }
        if is_full {
            let message = format!("only the first {MOST} differences are listed");
            diagnostics.push(diags::against_schema(path, "", &message));
        }
    }

    fn compare(&self, piece: &Piece, found: &mut Found) {
        if self.0.is_valid(&piece.document) {
            return;
        }
        for error in self.0.iter_errors(&piece.document) {
            if found.is_full() {
                return;
            }
            let pointer = piece.pointer(&error.instance_path().to_string());
            let masked = error.masked_with("the value").to_string();
            let message = match short(error.instance()) {
                Some(value) => format!("{masked}, found {value}"),
                None => masked,
            };
            found.add(pointer, message);
        }
    }
}

/// Differences, each once.
#[derive(Default)]
struct Found {
    differences: Vec<(String, String)>,
    seen: HashSet<(String, String)>,
}

impl Found {
    fn is_full(&self) -> bool {
        self.differences.len() >= MOST
    }

    fn add(&mut self, pointer: String, message: String) {
        let difference = (pointer, message);
        if self.seen.insert(difference.clone()) {
            self.differences.push(difference);
        }
    }
}

/// A value as a message quotes it; nothing for a list or an object.
fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    let is_long = text.chars().nth(LONGEST).is_some();
    let start: String = text.chars().take(LONGEST).collect();
    let more = if is_long { "…" } else { "" };
    Some(format!("`{start}{more}`"))
}

#[cfg(test)]
mod tests;
