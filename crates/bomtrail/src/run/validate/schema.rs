//! JSON schemas that are given. Never fetches one.

use bomtrail_graph::{Diagnostics, Files};
use jsonschema::{Registry, Validator};
use serde_json::Value;

use crate::diags;

/// Schemas that the CycloneDX ones refer to.
const PARTS: [&str; 3] = [
    "spdx.schema.json",
    "jsf-0.82.schema.json",
    "cryptography-defs.schema.json",
];
/// The prefix of their addresses.
const ADDRESS: &str = "http://cyclonedx.org/schema/";
/// The longest message, in characters: a validator may quote the whole document.
const LONGEST: usize = 300;

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

    /// Reports the first difference between a document and the schema.
    pub(super) fn check(&self, path: &str, document: &Value, diagnostics: &mut Diagnostics) {
        // One difference of a large schema may take half a megabyte, so only the first is made.
        if let Err(error) = self.0.validate(document) {
            let place = error.instance_path().to_string();
            let message = shortened(&error.to_string());
            diagnostics.push(diags::against_schema(path, &place, &message));
        }
    }
}

fn shortened(message: &str) -> String {
    if message.chars().nth(LONGEST).is_none() {
        return message.to_owned();
    }
    // The problem is at the end of such a message, behind the value it quotes.
    let count = message.chars().count();
    let half = LONGEST / 2;
    let start: String = message.chars().take(half).collect();
    let end: String = message.chars().skip(count - half).collect();
    [&start, " … ", &end].concat()
}
