use std::path::Path;

use super::*;
use crate::graph::tests::{everything, written};

fn schema() -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/graph-v1.schema.json");
    serde_json::from_reader(std::fs::File::open(path).unwrap()).unwrap()
}

/// The first element of an array of the document, in the order it is written.
fn first_of<'t>(text: &'t str, array: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("\"{array}\": [\n")).unwrap();
    rest.split_once("\n    }").unwrap().0
}

#[test]
fn nodes_and_edges_say_all_they_know() {
    let text = written(&GraphJson, &everything());
    insta::assert_snapshot!(first_of(&text, "nodes"), @r#"
    {
      "id": "pkg:npm/@x/a@1.0.0",
      "purl": "pkg:npm/%40x/a@1.0.0",
      "name": "@x/a",
      "version": "1.0.0",
      "kind": "library",
      "role": "dependency",
      "origin": "unknown",
      "scope": "required",
      "flags": [],
      "places": [
        "node_modules/@x/a"
      ],
      "hashes": [
        {
          "alg": "SHA-1",
          "hex": "0707070707070707070707070707070707070707"
        }
      ],
      "licenses": [
        {
          "expression": "MIT OR ISC"
        }
      ],
      "source": null,
      "dependencies": "complete",
      "details": {
        "description": "<b>\"quoted\"</b>",
        "engines": [
          {
            "name": "node",
            "range": ">=18"
          }
        ],
        "os": [
          "!win32"
        ],
        "properties": [
          {
            "name": "p",
            "value": "v"
          }
        ]
      }
    "#);
    insta::assert_snapshot!(first_of(&text, "edges"), @r#"
    {
      "from": "pkg:npm/@x/a@1.0.0",
      "to": "pkg:npm/c@3.0.0",
      "name": "c",
      "range": "^2.0.0",
      "phase": "runtime",
      "need": "required",
      "alias": null,
      "override": {
        "rule": "c: 3.0.0",
        "effective": "3.0.0"
      },
      "error": null,
      "added_by": "a@1",
      "condition": "sometimes"
    "#);
}

#[test]
fn a_document_with_everything_in_it_is_valid() {
    let document = serde_json::from_str(&written(&GraphJson, &everything())).unwrap();
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|it| it.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_schema_knows_every_property_and_refuses_others() {
    let mut document: serde_json::Value =
        serde_json::from_str(&written(&GraphJson, &everything())).unwrap();
    let validator = jsonschema::validator_for(&schema()).unwrap();
    document["nodes"][0]["surprise"] = true.into();
    assert!(!validator.is_valid(&document));
    document["nodes"][0]
        .as_object_mut()
        .unwrap()
        .remove("surprise");
    assert!(validator.is_valid(&document));
    document["edges"][0]["need"] = "whatever".into();
    assert!(!validator.is_valid(&document));
}

#[test]
fn an_empty_graph_is_a_document_too() {
    let text = written(&GraphJson, &Graph::default());
    let document = serde_json::from_str(&text).unwrap();
    assert!(
        jsonschema::validator_for(&schema())
            .unwrap()
            .is_valid(&document)
    );
}
