//! Every document is what its schema says, begins with `schema` and `tool`, and has keys in camelCase only.

use std::path::Path;

use bomtrail_graph::{Code, Diagnostics};
use serde_json::Value;

use super::*;
use crate::{
    Change, ChangeKind, Changes, Claimed, ListedFile, Manifest, SchemaUsed, Validation, Verdicts,
    VersionStep,
};

pub(crate) const TOOL: Tool<'static> = Tool {
    name: "bomtrail",
    version: "1.0.0",
};

/// The schema `name` of the folder schemas/, which must be a valid schema.
pub(crate) fn schema(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let path = folder.join(format!("{name}.schema.json"));
    let schema = serde_json::from_reader(std::fs::File::open(path).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    schema
}

/// Parses a document and validates it against its schema and the rules for all documents.
pub(crate) fn valid(text: &[u8]) -> Value {
    let document: Value = serde_json::from_slice(text).unwrap();
    let id = document["schema"].as_str().unwrap();
    let name = id.strip_prefix("bomtrail/").unwrap().replace('/', "-");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema(&name))
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{id}: {errors:#?}");
    let text: String = String::from_utf8(text.to_vec()).unwrap();
    let head: String = text.split_whitespace().take(4).collect();
    assert!(
        head.starts_with("{\"schema\":\"bomtrail/") && head.ends_with("\"tool\":"),
        "{head}"
    );
    assert!(text.ends_with("}\n"));
    camel_case(&document);
    document
}

/// Keys are words in camelCase; the names of statuses and states may have hyphens.
fn camel_case(value: &Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
                assert!(key.chars().all(plain), "{key}");
                camel_case(value);
            }
        }
        Value::Array(items) => items.iter().for_each(camel_case),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

static CODE: Code = Code {
    id: "test/code",
    level: bomtrail_graph::Level::Warning,
    about: "a problem",
};

#[test]
fn changes_are_as_their_schema_says() {
    let changes = Changes {
        changes: vec![
            Change::new(
                ChangeKind::Version,
                "pkg:npm/a",
                vec!["1.0.0".to_owned()],
                vec!["2.0.0".to_owned()],
            )
            .step(Some(VersionStep::Major))
            .brought_by(vec!["b".to_owned()]),
        ],
    };
    let mut text = Vec::new();
    changes.write_json(TOOL, &mut text).unwrap();
    let document = valid(&text);
    assert_eq!(document["changes"][0]["broughtBy"][0], "b");
}

#[test]
fn validations_are_as_their_schema_says() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Diagnostic::new(
        &CODE,
        Place::line("bom.json", 3, Some(4)),
        "something is wrong".to_owned(),
    ));
    for claimed in [
        None,
        Some(Claimed {
            format: "SPDX",
            version: "2.3".to_owned(),
        }),
    ] {
        let validation = Validation {
            claimed,
            schema: SchemaUsed::None,
            diagnostics: diagnostics.clone(),
            tool: TOOL,
        };
        let mut text = Vec::new();
        validation.write_json(&mut text).unwrap();
        let document = valid(&text);
        assert_eq!(document["findings"][0]["location"]["line"], 3);
    }
}

#[test]
fn manifests_are_as_their_schema_says() {
    let file = ListedFile {
        path: "report.html",
        about: Some("report"),
        sha256: "0".repeat(64),
        bytes: 7,
    };
    let manifest = Manifest {
        tool: TOOL,
        timestamp: None,
        product: "app 1.0.0",
        verdicts: Verdicts {
            profile: "bsi",
            missing: 2,
            input_problems: 3,
            check: Some("fail"),
            provenance_failed: Some(1),
        },
        files: std::slice::from_ref(&file),
        inputs: std::slice::from_ref(&file),
    };
    let mut text = Vec::new();
    manifest.write(&mut text).unwrap();
    assert_eq!(valid(&text)["verdicts"]["provenanceFailed"], 1);
}

#[test]
fn no_schema_has_an_address_of_ours() {
    for name in [
        "approvals-lock-v1",
        "approvals-v1",
        "bomtrail-toml-v1",
        "bundle-verdict-v1",
        "check-v1",
        "checks-v1",
        "diff-v1",
        "evidence-v1",
        "facts-v1",
        "graph-v1",
        "report-v1",
        "tree-v1",
        "validation-v1",
        "validations-v1",
        "verify-v1",
        "why-v1",
    ] {
        assert_eq!(schema(name).get("$id"), None, "{name}");
    }
}
