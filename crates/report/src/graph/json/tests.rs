use super::*;
use crate::graph::tests::{everything, written};
use crate::wire::tests::{schema, valid};

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
      "ref": "pkg:npm/@x/a@1.0.0",
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
          "content": "0707070707070707070707070707070707070707",
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
      "addedBy": "a@1",
      "condition": "sometimes"
    "#);
}

#[test]
fn documents_are_as_the_schema_says() {
    for graph in [everything(), Graph::default()] {
        valid(written(&GraphJson, &graph).as_bytes());
    }
}

#[test]
fn the_schema_refuses_what_it_does_not_know() {
    let mut document = valid(written(&GraphJson, &everything()).as_bytes());
    let validator = jsonschema::validator_for(&schema("graph-v1")).unwrap();
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
