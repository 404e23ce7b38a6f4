//! Commands for every project below a folder.

use serde_json::Value;

use crate::run::{put, shown};

/// A project without dependencies, one with a package that nothing approves, and one that cannot be read.
fn projects() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let empty = r#"{"name":"a","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"a","version":"1.0.0"}}}"#;
    put(root, "a/package-lock.json", empty);
    put(
        root,
        "a/package-approvals.json",
        r#"{"version": 1, "packages": {}}"#,
    );
    let one = r#"{"name":"b","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"b","version":"1.0.0","dependencies":{"x":"1"}},
        "node_modules/x":{"version":"1.0.0","resolved":"https://npm.example.com/x/-/x-1.0.0.tgz"}}}"#;
    put(root, "b/package-lock.json", one);
    put(root, "c/package-lock.json", "{");
    folder
}

fn json(text: &str) -> Value {
    let (_, document) = text.split_once("--- stdout\n").unwrap();
    let (document, _) = document.split_once("--- stderr\n").unwrap();
    serde_json::from_str(document).unwrap()
}

#[test]
fn a_check_that_was_not_completed_is_in_every_format() {
    let folder = projects();
    let root = folder.path();
    let check = |format: &str| shown(root, &["check", "--all", ".", "-q", "-f", format]);
    let text = check("text");
    assert!(text.starts_with("exit 2"), "{text}");
    assert!(text.contains("== c\nnot completed\n"), "{text}");
    let document = json(&check("json"));
    assert_eq!(document["schema"], "bomtrail/checks/v1");
    assert_eq!(document["conclusion"], "incomplete");
    let projects = document["projects"].as_array().unwrap();
    let folders: Vec<&Value> = projects.iter().map(|it| &it["folder"]).collect();
    assert_eq!(folders, ["a", "b", "c"]);
    assert_eq!(projects[1]["check"]["conclusion"], "fail");
    let place = &projects[1]["check"]["findings"][0]["location"]["file"];
    assert_eq!(place, "b/package-lock.json");
    assert!(projects[2]["error"].is_string());
    let log = json(&check("sarif"));
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 3);
    assert_eq!(runs[1]["automationDetails"]["id"], "bomtrail/b/");
    assert_eq!(runs[2]["invocations"][0]["executionSuccessful"], false);
    let junit = check("junit");
    assert!(junit.contains("errors=\"1\""), "{junit}");
    let github = check("github");
    assert!(
        github.contains("::error file=b/package-lock.json"),
        "{github}"
    );
}

#[test]
fn every_document_below_a_folder_is_validated() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let valid = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":1}"#;
    put(root, "one/app.cdx.json", valid);
    let passed = shown(root, &["validate", "--all", "."]);
    assert!(passed.starts_with("exit 0"), "{passed}");
    put(
        root,
        "two/app.cdx.json",
        &valid.replace("1}", "1,\"components\":[{\"type\":\"library\"}]}"),
    );
    let failed = shown(root, &["validate", "--all", "."]);
    assert!(failed.starts_with("exit 1"), "{failed}");
    assert!(failed.contains("== two/app.cdx.json\n"), "{failed}");
    let document = json(&shown(root, &["validate", "--all", ".", "-f", "json"]));
    assert_eq!(document["valid"], false);
    assert_eq!(document["documents"][0]["validation"]["valid"], true);
    let log = json(&shown(root, &["validate", "--all", ".", "-f", "sarif"]));
    let result = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(result["artifactLocation"]["uri"], "two/app.cdx.json");
    let nothing = shown(&root.join("one"), &["validate", "--all", "../two/.."]);
    assert!(nothing.starts_with("exit 1"), "{nothing}");
}
