//! Validation against the official schemas, which are next to the checkout in `../shared/corpus/schemas` and are absent
//! elsewhere. Compiles each schema once. Never uses the network.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jsonschema::{Registry, Validator};
use serde_json::Value;

/// Schemas that the CycloneDX ones refer to, by the last part of their address.
const PARTS: [&str; 3] = [
    "spdx.schema.json",
    "jsf-0.82.schema.json",
    "cryptography-defs.schema.json",
];
const ADDRESS: &str = "http://cyclonedx.org/schema/";
/// More findings than this do not help.
const MOST: usize = 20;

static COMPILED: Mutex<BTreeMap<PathBuf, Arc<Validator>>> = Mutex::new(BTreeMap::new());

/// The data next to the checkout (the corpus, the schemas); `None`, with a message on the error stream, where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(path);
    if !full.exists() {
        eprintln!("skipped: ../shared/{path} is absent");
        return None;
    }
    Some(full)
}

/// What is wrong with a CycloneDX JSON document of `version` (`1.6`), first findings first; empty when it is valid, `None`
/// where the schemas are absent. Formats (dates, IRIs) are checked too.
pub fn validate_cyclonedx(version: &str, document: &str) -> Option<Vec<String>> {
    let folder = shared("corpus/schemas/cyclonedx")?;
    let schema = folder.join(format!("bom-{version}.schema.json"));
    Some(findings(&schema, &PARTS, document))
}

/// What is wrong with an SPDX 2.3 JSON document; empty when it is valid, `None` where the schema is absent.
pub fn validate_spdx23(document: &str) -> Option<Vec<String>> {
    let schema = shared("corpus/schemas/spdx/spdx-2.3.schema.json")?;
    Some(findings(&schema, &[], document))
}

fn findings(schema: &Path, parts: &[&str], document: &str) -> Vec<String> {
    let value: Value = match serde_json::from_str(document) {
        Ok(value) => value,
        Err(error) => return vec![format!("not JSON: {error}")],
    };
    let validator = compiled(schema, parts);
    let errors = validator.iter_errors(&value).take(MOST);
    errors
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}

fn compiled(schema: &Path, parts: &[&str]) -> Arc<Validator> {
    let mut known = COMPILED.lock().unwrap();
    let made = known.entry(schema.to_owned()).or_insert_with(|| {
        let mut registry = Registry::new();
        for name in parts {
            let part = load(&schema.with_file_name(name));
            registry = registry.add(ADDRESS.to_owned() + name, part).unwrap();
        }
        let registry = registry.prepare().unwrap();
        let options = jsonschema::options()
            .with_registry(&registry)
            .should_validate_formats(true);
        Arc::new(options.build(&load(schema)).unwrap())
    });
    Arc::clone(made)
}

fn load(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

#[cfg(test)]
mod tests;
