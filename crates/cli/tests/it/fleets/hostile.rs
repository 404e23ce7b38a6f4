//! Files that are not SBOMs that can be stored: each is refused with a reason, recorded, and does not stop the others.

use super::{answer, project};
use crate::run::{bomtrail, put};

/// Ten hostile or broken documents, and a part of the reason for each.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let nested = [
        "{\"bomFormat\": \"CycloneDX\", \"x\": ".to_owned(),
        "[".repeat(200_000),
    ]
    .concat();
    let owned = |text: &str| text.to_owned();
    vec![
        ("a-empty.json", String::new(), "neither CycloneDX nor SPDX"),
        (
            "b-other.json",
            owned("{\"name\": \"x\"}"),
            "neither CycloneDX nor SPDX",
        ),
        (
            "c-cut.cdx.json",
            owned("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"compo"),
            "c-cut.cdx.json:1:55: not valid JSON",
        ),
        ("d-deep.cdx.json", nested, "not valid JSON: recursion limit"),
        (
            "e-list.cdx.json",
            owned("[\"bomFormat\"]"),
            "`bomFormat` is not `CycloneDX`",
        ),
        (
            "f-nothing.cdx.json",
            owned("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\"}"),
            "it has no packages",
        ),
        (
            "g-entity.cdx.xml",
            owned(
                "<?xml version=\"1.0\"?><!DOCTYPE bom [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">&b;</bom>",
            ),
            "(`<!DOCTYPE`) are not supported",
        ),
        (
            "h-unnamed.cdx.json",
            owned(
                "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [{\"type\": \"library\", \"name\": \"x\"}]}",
            ),
            "--product",
        ),
        (
            "i-zip.cdx.json",
            owned("PK\u{3}\u{4}\u{0}\u{0}\u{fffd}"),
            "neither CycloneDX nor SPDX",
        ),
        (
            "j-number.spdx.json",
            owned("{\"spdxVersion\": 7}"),
            "a string belongs here",
        ),
    ]
}

#[test]
fn hostile_files_are_refused_and_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for (name, text, _) in hostile() {
        put(here, &["in/", name].concat(), &text);
    }
    project(&here.join("good"), "good", "1.0.0", "own");
    let added = bomtrail(here)
        .args(["fleet", "add", "in", "good"])
        .output()
        .unwrap();
    let problems = String::from_utf8_lossy(&added.stderr);
    assert_eq!(added.status.code(), Some(1), "{problems}");
    assert!(problems.contains("added 1 SBOM"), "{problems}");
    let rejected = answer(here, &["ls", "--rejected"])["rejected"]
        .as_array()
        .unwrap()
        .clone();
    let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
    let found: Vec<_> = rejected
        .iter()
        .map(|it| (text(&it["source"]), text(&it["reason"])))
        .collect();
    assert_eq!(found.len(), 10, "{found:#?}");
    for ((name, _, expected), (source, reason)) in hostile().iter().zip(&found) {
        assert!(
            source.ends_with(name) && reason.contains(expected) && !reason.is_empty(),
            "{name}: {reason}"
        );
        assert!(reason.len() < 1000, "{name}: {reason}");
    }
    assert!(
        rejected
            .iter()
            .all(|it| it["digest"].as_str().unwrap().len() == 64)
    );
    assert_eq!(super::count(here), 1);
}
