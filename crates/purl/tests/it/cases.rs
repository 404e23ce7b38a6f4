//! Runs cases in the shape of purl-spec's test suite (purl-test.schema-0.2).

use std::fs;
use std::path::{Path, PathBuf};

use bomtrail_purl::{Purl, PurlError};
use serde_json::{Map, Value, json};

pub(crate) struct Case {
    pub(crate) file: String,
    json: Value,
}

impl Case {
    fn text(&self, key: &str) -> &str {
        self.json
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn input(&self) -> &str {
        self.text("input")
    }

    pub(crate) fn fails(&self) -> bool {
        self.json
            .get("expected_failure")
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    fn wanted(&self) -> Option<&Value> {
        self.json.get("expected_output").filter(|_| !self.fails())
    }

    /// What is wrong, if anything is.
    pub(crate) fn run(&self) -> Result<(), String> {
        let got = match self.text("test_type") {
            "parse" => Purl::parse(self.input()).map(|purl| parts_of(&purl)),
            "build" => build(self.json.get("input").unwrap()).map(|purl| json!(purl.as_str())),
            "validate" => Purl::normalize(self.input()).map(|purl| json!(purl.as_str())),
            other => return Err(format!("{}: unknown test type {other}", self.file)),
        };
        match (got, self.wanted()) {
            (Ok(got), Some(wanted)) if got == without_nulls(wanted) => Ok(()),
            (Err(_), None) => Ok(()),
            (got, _) => Err(format!("{}: {}\n  got {got:?}", self.file, self.json)),
        }
    }
}

/// Every case of the JSON files in a folder, in the order of file names.
pub(crate) fn read_folder(folder: &Path) -> Vec<Case> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "json")
    });
    files.sort();
    files.iter().flat_map(|file| read_file(file)).collect()
}

fn read_file(path: &Path) -> Vec<Case> {
    #[expect(clippy::disallowed_methods, reason = "a test reads its own fixtures")]
    let text = fs::read_to_string(path).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let file = path.file_name().unwrap().to_string_lossy();
    let tests = document.get("tests").and_then(Value::as_array).unwrap();
    tests
        .iter()
        .map(|json| Case {
            file: file.clone().into_owned(),
            json: json.clone(),
        })
        .collect()
}

fn build(parts: &Value) -> Result<Purl, PurlError> {
    let text = |key| parts.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut builder = Purl::build(text("type"), text("name"))
        .namespace(text("namespace"))
        .version(text("version"))
        .subpath(text("subpath"));
    for (key, value) in parts
        .get("qualifiers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        builder = builder.qualifier(key, value.as_str().unwrap());
    }
    builder.finish()
}

fn parts_of(purl: &Purl) -> Value {
    let qualifiers: Map<String, Value> = purl
        .qualifiers()
        .map(|(key, value)| (key.to_owned(), json!(value)))
        .collect();
    without_nulls(&json!({
        "type": purl.package_type(),
        "namespace": purl.namespace(),
        "name": purl.name(),
        "version": purl.version(),
        "qualifiers": if qualifiers.is_empty() { Value::Null } else { Value::Object(qualifiers) },
        "subpath": purl.subpath(),
    }))
}

/// The suite leaves a part out or says `null`; both mean that it is not there.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
        other => other.clone(),
    }
}
