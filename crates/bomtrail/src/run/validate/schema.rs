//! JSON schemas: the official ones, as far as this program was built with them, and those that are given. Never fetches one.

use std::io::Read;

use bomtrail_graph::{Diagnostics, Files};
use flate2::read::GzDecoder;
use jsonschema::{Registry, Validator};
use serde_json::Value;

use super::Claimed;
use crate::diags;

include!(concat!(env!("OUT_DIR"), "/pinned.rs"));

/// Schemas that the CycloneDX ones refer to.
const PARTS: [&str; 3] = [
    "spdx.schema.json",
    "jsf-0.82.schema.json",
    "cryptography-defs.schema.json",
];
/// What they are known by.
const ADDRESS: &str = "http://cyclonedx.org/schema/";
/// More findings than this help nobody.
const MOST: usize = 100;
/// The longest message that is told, in characters: a validator may quote the whole document.
const LONGEST: usize = 300;

/// A schema, ready for use.
pub(super) struct Schema(Validator);

impl Schema {
    /// The official schema of a format, if this program has it.
    pub(super) fn official(claimed: &Claimed) -> Option<Self> {
        let name = match (claimed.format, claimed.version.as_str()) {
            ("CycloneDX", version) => format!("bom-{version}.schema.json"),
            (_, version) => format!("spdx-{version}.schema.json"),
        };
        let schema = pinned(&name)?;
        Self::compile(&schema, pinned).ok()
    }

    /// A schema that is given; what it refers to lies beside it, or is a part of this program.
    pub(super) fn given(bytes: &[u8], beside: &dyn Files) -> Result<Self, String> {
        let schema: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        let part = |name: &str| {
            let bytes = beside.read(name);
            let read = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
            read.or_else(|| pinned(name))
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

    /// Tells what is wrong with a document.
    pub(super) fn check(&self, path: &str, document: &Value, diagnostics: &mut Diagnostics) {
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
    // What is wrong stands at the end of such a message, behind the value it quotes.
    let count = message.chars().count();
    let half = LONGEST / 2;
    let start: String = message.chars().take(half).collect();
    let end: String = message.chars().skip(count - half).collect();
    [&start, " … ", &end].concat()
}

fn pinned(name: &str) -> Option<Value> {
    let (_, packed) = PINNED.iter().find(|(it, _)| *it == name)?;
    let mut text = String::new();
    GzDecoder::new(*packed).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
