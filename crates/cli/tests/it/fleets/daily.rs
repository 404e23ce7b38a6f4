//! What people do every day: projects of a folder, new advisories, and SBOMs that are removed.

use super::{answer, project};
use crate::run::{bomtrail, put};

/// An advisory about `bad` before a version.
fn advisory(id: &str, alias: &str, fixed: &str) -> String {
    format!(
        r#"{{"schema_version": "1.6.0", "id": "{id}", "aliases": ["{alias}"], "modified": "2026-08-02T00:00:00Z",
  "summary": "sends tokens away", "affected": [{{"package": {{"ecosystem": "npm", "name": "bad"}},
    "ranges": [{{"type": "SEMVER", "events": [{{"introduced": "0"}}, {{"fixed": "{fixed}"}}]}}]}}]}}"#
    )
}

fn products(answer: &serde_json::Value) -> Vec<String> {
    let found = answer["found"].as_array().unwrap();
    let product = |it: &serde_json::Value| it["product"].as_str().unwrap().to_owned();
    found.iter().map(product).collect()
}

/// A match is new in the run that finds it first, whatever time the runs have.
#[test]
fn new_advisories_are_matched_alone() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    project(&here.join("all/shop"), "shop", "1.0.0", "own");
    project(&here.join("all/group/desk"), "desk", "7.0.0", "desk-own");
    let added = bomtrail(here)
        .args(["fleet", "add", "--all", "all"])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&added.stderr).contains("added 2 SBOMs"));
    put(
        here,
        "first.json",
        &advisory("GHSA-aaaa-bbbb-cccc", "CVE-2026-1111", "1.2.0"),
    );
    put(
        here,
        "second.json",
        &advisory("GHSA-dddd-eeee-ffff", "CVE-2026-2222", "2.0.0"),
    );
    let ids = |arguments: &[&str]| -> Vec<String> {
        let answer = answer(here, &[&["advisories"], arguments].concat());
        let matches = answer["matches"].as_array().unwrap();
        let id = |it: &serde_json::Value| it["id"].as_str().unwrap().to_owned();
        matches.iter().map(id).collect()
    };
    let both = ["GHSA-aaaa-bbbb-cccc", "GHSA-dddd-eeee-ffff"];
    assert_eq!(ids(&["first.json", "--new"]), both[..1]);
    assert_eq!(ids(&["first.json", "--new"]), Vec::<String>::new());
    assert_eq!(ids(&["second.json", "--new"]), both[1..]);
    assert_eq!(ids(&[]), both);
    // An id is found in any case, and by its alias.
    for query in [
        "GHSA-aaaa-bbbb-cccc",
        "ghsa-AAAA-bbbb-cccc",
        "cve-2026-1111",
    ] {
        let found = answer(here, &["where", query]);
        assert_eq!(products(&found), ["desk", "shop"], "{query}");
    }
    assert_eq!(ids(&["second.json", "--replace"]), both[1..]);
    let unknown = bomtrail(here)
        .args(["fleet", "where", "cve-2026-1111"])
        .output()
        .unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

/// The commit of a release is in the answer, and a removed release is in none.
#[test]
fn removed_releases_are_in_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for (version, date, commit) in [
        ("1.0.0", "2026-01-10", "aaaa1111"),
        ("1.1.0", "2026-02-10", "bbbb2222"),
    ] {
        project(&here.join(version), "shop", version, "own");
        let added = bomtrail(here)
            .args(["fleet", "add", version, "--date", date, "--commit", commit])
            .status()
            .unwrap();
        assert!(added.success());
    }
    let found = answer(here, &["where", "bad"])["found"][0].clone();
    assert_eq!(found["first"]["commit"], "aaaa1111");
    assert_eq!(found["last"]["commit"], "bbbb2222");
    let run = |arguments: &[&str]| {
        let output = bomtrail(here)
            .arg("fleet")
            .args(arguments)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, text) = run(&["rm", "shop@1.0.0"]);
    assert!(code == Some(0) && text.contains("removed 1 SBOM"), "{text}");
    let (code, text) = run(&["rm", "shop@1.0.0"]);
    assert!(
        code == Some(2) && text.contains("no SBOM is stored"),
        "{text}"
    );
    let found = answer(here, &["where", "bad"])["found"][0].clone();
    assert_eq!(found["first"]["release"], "1.1.0");
    assert_eq!(run(&["compact"]).0, Some(0));
    assert_eq!(super::count(here), 1);
}
