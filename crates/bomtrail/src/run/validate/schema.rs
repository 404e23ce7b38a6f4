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
/// The most findings that are reported.
const MOST: usize = 100;
/// The size of a document whose differences are not listed, in bytes.
const LARGE: usize = 32 << 10;
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

    /// Reports the differences between a document of `size` bytes and the schema. Those of a large document are not listed,
    /// because each may take half a megabyte.
    pub(super) fn check(
        &self,
        (path, size): (&str, usize),
        document: &Value,
        diagnostics: &mut Diagnostics,
    ) {
        if self.0.is_valid(document) {
            return;
        }
        if size > LARGE {
            let message =
                "the document does not match the schema; it is too large to list the differences";
            diagnostics.push(diags::against_schema(path, "", message));
            return;
        }
        for error in self.0.iter_errors(document).take(MOST) {
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
