//! The table of the specification gives the verdict of the official schema.

use std::path::Path;

use bomtrail_graph::{Diagnostics, Input, Level, NoFiles, Reader};
use bomtrail_spdx::JsonReader;
use bomtrail_testkit::{cases, mutations, validate_spdx23};
use serde_json::{Value, json};

/// The problems that a reader reports about a document.
fn problems(document: &Value) -> Vec<String> {
    let text = document.to_string();
    let input = Input {
        path: "app.spdx.json",
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    let mut diagnostics = Diagnostics::new();
    let _ = JsonReader.read(&input, &mut diagnostics);
    let errors = diagnostics
        .iter()
        .filter(|it| it.code.level == Level::Error);
    errors.map(ToString::to_string).collect()
}

fn every_field() -> Value {
    let path = "../../fixtures/spdx/every-field/input.spdx.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every pointer into a document.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, &format!("{at}/{key}"), all);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), all);
            }
        }
        _ => {}
    }
}

/// One-place changes: other types, unknown fields, empty lists, unknown words, and values left out.
fn changed(document: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let others = [
        json!(null),
        json!(1.5),
        json!("other"),
        json!([]),
        json!({}),
        json!(true),
    ];
    let mut changed: Vec<(String, Value)> = Vec::new();
    for pointer in &all {
        for other in &others {
            let mut copy = document.clone();
            *copy.pointer_mut(pointer).unwrap() = other.clone();
            changed.push((format!("{pointer} = {other}"), copy));
        }
        let mut copy = document.clone();
        if let Value::Object(map) = copy.pointer_mut(pointer).unwrap() {
            map.insert("unknownField".to_owned(), json!(1));
            changed.push((format!("{pointer} + unknownField"), copy));
        }
    }
    let more = mutations(document);
    changed.extend(
        more.into_iter()
            .map(|it| (format!("{} {}", it.pointer, it.what), it.document)),
    );
    changed
}

#[test]
fn the_official_schema_is_never_stricter() {
    let document = every_field();
    assert_eq!(problems(&document), [""; 0]);
    if validate_spdx23(&document.to_string()).is_none() {
        return;
    }
    let mut refused = 0;
    let step = cases(8, 1);
    for (what, document) in changed(&document).into_iter().step_by(step) {
        let official = validate_spdx23(&document.to_string()).unwrap();
        if official.is_empty() {
            continue;
        }
        refused += 1;
        assert!(!problems(&document).is_empty(), "{what}: {official:?}");
    }
    assert!(refused > 1000 / step, "{refused}");
}

#[test]
fn a_problem_names_its_place_once() {
    let mut document = every_field();
    document["packages"][0]["checksums"][1]["algorithm"] = "SHA2".into();
    document["packages"][1]["name"] = 1.into();
    let found = problems(&document);
    assert_eq!(found.len(), 2, "{found:?}");
    let all = found.join("\n");
    assert!(all.contains("/packages/0/checksums/1/algorithm"), "{all}");
    assert!(all.contains("`SHA2` is not one of"), "{all}");
    assert!(all.contains("/packages/1/name"), "{all}");
}

/// The document of a graph with every kind of element that we write, in version 3.0.1.
fn version_3() -> Value {
    let path = "../../fixtures/spdx/classes-of-version-3/input.spdx.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn version_2_2_has_rules_of_its_own() {
    let mut document = every_field();
    document["spdxVersion"] = "SPDX-2.2".into();
    let all = problems(&document).join("\n");
    for text in [
        "SPDX 2.2 has no field `primaryPackagePurpose` here",
        "SPDX 2.2 has no field `builtDate` here",
        "(/packages/1): `licenseDeclared` is missing",
    ] {
        assert!(all.contains(text), "{text}: {all}");
    }
    let package = json!({"SPDXID": "SPDXRef-a", "name": "a", "downloadLocation": "NOASSERTION"});
    let mut document = json!({"spdxVersion": "SPDX-2.2", "SPDXID": "SPDXRef-DOCUMENT", "dataLicense": "CC0-1.0",
        "name": "a", "documentNamespace": "https://example.com/a", "packages": [package],
        "creationInfo": {"created": "2026-01-31T12:00:00Z", "creators": ["Tool: a"]}});
    let found = problems(&document);
    assert_eq!(found.len(), 3, "{found:?}");
    for key in ["licenseConcluded", "licenseDeclared", "copyrightText"] {
        document["packages"][0][key] = "NOASSERTION".into();
    }
    document["packages"][0]["externalRefs"] = json!([{"referenceCategory": "PACKAGE_MANAGER",
        "referenceType": "purl", "referenceLocator": "pkg:npm/a@1.0.0"}]);
    assert_eq!(problems(&document), [""; 0]);
    document["spdxVersion"] = "SPDX-2.3".into();
    let found = problems(&document);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn the_official_schema_of_version_3_is_never_stricter() {
    let document = version_3();
    assert_eq!(problems(&document), [""; 0]);
    let Some(schema) = crate::judge::schema("spdx-3.0.1.schema.json") else {
        return;
    };
    assert!(schema.is_valid(&document));
    let all = changed(&document);
    // Each comparison takes the official schema milliseconds.
    let step = all.len() / cases(60, 500) + 1;
    let mut refused = 0;
    for (what, document) in all.into_iter().step_by(step) {
        if schema.is_valid(&document) {
            continue;
        }
        refused += 1;
        assert!(!problems(&document).is_empty(), "{what}");
    }
    assert!(refused > cases(20, 200), "{refused}");
}

#[test]
fn a_problem_of_version_3_names_its_place() {
    let mut document = version_3();
    document["@graph"][1]["type"] = "Dog".into();
    document["@graph"][2]["name"] = 1.into();
    let all = problems(&document).join("\n");
    assert!(all.contains("/@graph/1"), "{all}");
    assert!(all.contains("`Dog` is not a class of SPDX 3.0.1"), "{all}");
    assert!(all.contains("/@graph/2/name"), "{all}");
}

/// An SPDX 3.0.1 document of one package and its archive.
fn with_archive() -> Value {
    let element = |class: &str, id: &str| json!({"type": class, "spdxId": format!("https://example.com/{id}"), "creationInfo": "_:c"});
    let mut package = element("software_Package", "a");
    package["name"] = "a".into();
    let mut file = element("software_File", "f");
    file["name"] = "a.tgz".into();
    file["verifiedUsing"] =
        json!([{"type": "Hash", "algorithm": "sha1", "hashValue": "0".repeat(40)}]);
    let mut other = element("software_File", "g");
    other["name"] = "g".into();
    let mut of_package = element("Relationship", "r");
    of_package["from"] = "https://example.com/a".into();
    of_package["relationshipType"] = "hasDistributionArtifact".into();
    of_package["to"] = json!(["https://example.com/f"]);
    json!({"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
        "@graph": [package, file, other, of_package]})
}

#[test]
fn hashes_of_an_archive_are_those_of_its_package_and_other_files_are_reported() {
    let (fragment, reported) = crate::read::read(with_archive().to_string().as_bytes());
    let component = &fragment.components[0];
    assert_eq!(component.hashes.len(), 1);
    let notes: Vec<&str> = reported
        .iter()
        .filter(|it| it.code.id == "spdx/not-kept")
        .map(|it| &*it.message)
        .collect();
    assert_eq!(
        notes,
        ["the graph has no place for elements of class `software_File` (1 in this document)"]
    );
}

#[test]
fn every_class_of_version_3_is_read() {
    let text = version_3().to_string();
    let input = Input {
        path: "app.spdx.json",
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    let mut diagnostics = Diagnostics::new();
    let fragment = JsonReader.read(&input, &mut diagnostics);
    let graph = bomtrail_graph::link(vec![fragment], &mut diagnostics);
    let found =
        bomtrail_testkit::graph_text(&graph) + &bomtrail_testkit::diagnostics_text(&diagnostics);
    let path = "../../fixtures/spdx/classes-of-version-3/expected.graph";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    assert_eq!(found, std::fs::read_to_string(path).unwrap(), "{found}");
}
