//! SPDX 2.2 and 2.3 in another encoding: nothing is lost, and nothing gets out that a terminal or a build server acts on.

use bomtrail_graph::{Bom, Diagnostics, Graph, Input, NoFiles, link};
use bomtrail_spdx::{Encoding, write_in_2_3};
use serde_json::{Value, json};

use crate::judge::TOOL;

fn fixture(name: &str) -> String {
    let folder = "../../fixtures/spdx/every-field";
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn graph() -> Graph {
    link(Vec::new(), &mut Diagnostics::new())
}

/// A document in another encoding and what is reported; `None` when it is of another version.
fn written(text: &str, encoding: Encoding) -> Option<(String, Vec<String>)> {
    let input = Input {
        path: "app",
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    let (mut out, mut diagnostics) = (Vec::new(), Diagnostics::new());
    let graph = graph();
    let bom = Bom::new(&graph, TOOL);
    let done = write_in_2_3(&input, encoding, &bom, &mut out, &mut diagnostics).unwrap();
    let reported = diagnostics.iter().map(ToString::to_string).collect();
    done.then(|| (String::from_utf8(out).unwrap(), reported))
}

/// A document with the lists of elements in one order.
fn sorted(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap();
    for list in ["files", "packages"] {
        let list = value[list].as_array_mut().unwrap();
        list.sort_by_key(|it| it["SPDXID"].to_string());
    }
    value
}

#[test]
fn every_field_survives_both_encodings() {
    let json = fixture("input.spdx.json");
    let (tags, reported) = written(&json, Encoding::TagValue).unwrap();
    assert_eq!(reported, [""; 0]);
    assert_eq!(tags, fixture("expected.spdx"));
    let (again, reported) = written(&tags, Encoding::Json).unwrap();
    assert_eq!(reported, [""; 0]);
    assert_eq!(sorted(&again), sorted(&json));
    let (same, _) = written(&tags, Encoding::TagValue).unwrap();
    assert_eq!(same, tags);
}

#[test]
fn words_of_2_2_get_the_spelling_of_2_3() {
    let reference = |category: &str| json!({"referenceCategory": category, "referenceType": "purl", "referenceLocator": "pkg:npm/a@1"});
    let document = |version: &str, categories: [&str; 2]| {
        let references = categories.map(reference);
        json!({"spdxVersion": version, "packages": [{"SPDXID": "SPDXRef-A", "externalRefs": references}]})
    };
    let old = document("SPDX-2.2", ["PACKAGE_MANAGER", "PERSISTENT_ID"]);
    let (new, _) = written(&old.to_string(), Encoding::Json).unwrap();
    let new: Value = serde_json::from_str(&new).unwrap();
    assert_eq!(
        new,
        document("SPDX-2.3", ["PACKAGE-MANAGER", "PERSISTENT-ID"])
    );
}

#[test]
fn other_versions_are_left_to_the_graph() {
    for other in [
        "{}",
        "[]",
        "no document",
        r#"{"spdxVersion":"SPDX-2.4"}"#,
        r#"{"@graph":[]}"#,
    ] {
        assert_eq!(written(other, Encoding::Json), None, "{other}");
    }
}

#[test]
fn nothing_that_programs_act_on_gets_into_tags() {
    let evil = "\u{1b}[31mred\u{202e}\n::error::x\n ##[group]y\n##vso[task]z </text>\u{7f}\u{9b}";
    let document = json!({"spdxVersion": "SPDX-2.3", "name": evil, "comment": evil,
        "packages": [{"SPDXID": "SPDXRef-A", "name": evil, "copyrightText": evil}]});
    let (tags, reported) = written(&document.to_string(), Encoding::TagValue).unwrap();
    for line in tags.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line}");
        assert!(!line.contains("##["), "{line}");
        assert!(!line.contains("##vso["), "{line}");
        let bad = |c: char| c.is_control() || c == '\u{202e}';
        assert!(!line.contains(bad), "{line}");
    }
    assert_eq!(tags.matches("</text>").count(), 2);
    assert!(
        reported[0].contains("it is replaced (4 in this document)"),
        "{reported:?}"
    );
    assert!(tags.contains("red\\u{202e}"));
}

#[test]
fn what_tags_have_no_place_for_is_reported() {
    let document = json!({"spdxVersion": "SPDX-2.3", "x": 1, "packages": [{"y": 2}, {"y": 3}]});
    let (_, reported) = written(&document.to_string(), Encoding::TagValue).unwrap();
    assert!(reported[0].contains("`x`"), "{reported:?}");
    assert!(reported[1].contains("`y`"), "{reported:?}");
}
