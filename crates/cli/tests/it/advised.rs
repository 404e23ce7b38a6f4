//! Advisories on the command line: what fails, what passes, and what is written.

use std::path::{Path, PathBuf};

use crate::run::{get, put, shown};

fn fixture(name: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/advisories");
    fixtures.join(name)
}

/// A copy of a fixture in a folder of its own.
fn copied(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = fixture(name);
    for file in [
        "advisories/x_SHOP-1.json",
        "project/package.json",
        "project/package-lock.json",
    ] {
        put(folder.path(), file, &get(&from, file));
    }
    let decisions = "project/package-advisories.json";
    if from.join(decisions).exists() {
        put(folder.path(), decisions, &get(&from, decisions));
    }
    folder
}

/// The rules that a check of the fixtures is about.
const CHECK: [&str; 10] = [
    "check",
    "project",
    "--advisories",
    "advisories",
    "--at",
    "2026-11-28",
    "-A",
    "approvals/no-list",
    "-A",
    "approvals/unreviewed",
];

#[test]
fn a_vulnerability_without_a_decision_fails_the_check() {
    let folder = copied("first-match");
    let told = shown(folder.path(), &CHECK);
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(told.contains("error[advisory/affected]"), "{told}");
    assert!(told.contains("fixed in `1.2.0`"), "{told}");
}

#[test]
fn a_decision_that_holds_passes_and_one_that_does_not_fails() {
    let told = shown(copied("decision-counts-while-it-holds").path(), &CHECK);
    assert!(told.starts_with("exit 0"), "{told}");
    assert!(told.contains("advisory/decision-unused"), "{told}");
    let told = shown(copied("decision-is-void-at-runtime").path(), &CHECK);
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(told.contains("advisory/decision-void"), "{told}");
    assert!(told.contains("the package is reached at runtime"), "{told}");
}

#[test]
fn a_decision_about_nothing_is_refused_and_writes_nothing() {
    let folder = copied("first-match");
    for (advisory, package) in [
        ("CVE-0000-0009", "pkg:npm/parse-args"),
        ("CVE-0000-0001", "pkg:npm/cart"),
        ("CVE-0000-0001", "pkg:npm/parse-args@9.9.9"),
    ] {
        let told = shown(
            folder.path(),
            &[
                "decide",
                advisory,
                package,
                "project",
                "--advisories",
                "advisories",
                "--status",
                "false-positive",
                "--reason",
                "checked",
            ],
        );
        assert!(told.starts_with("exit 2"), "{told}");
        assert!(
            !folder
                .path()
                .join("project/package-advisories.json")
                .exists()
        );
    }
}

#[test]
fn a_written_decision_keeps_the_layout_of_the_file() {
    let folder = copied("first-match");
    let file = "project/package-advisories.json";
    let own = "{\n\t\"version\": 1,\n\t\"x-owner\": \"us\",\n\t\"decisions\": [\n\t]\n}\n";
    put(folder.path(), file, own);
    let decide = [
        "decide",
        "CVE-0000-0001",
        "pkg:npm/parse-args@1.1.0",
        "project",
        "--advisories",
        "advisories",
        "--status",
        "investigating",
        "--reason",
        "looking",
        "--by",
        "us",
        "--at",
        "2026-11-28",
    ];
    let told = shown(folder.path(), &decide);
    assert!(told.starts_with("exit 0"), "{told}");
    let text = get(folder.path(), file);
    assert!(
        text.starts_with("{\n\t\"version\": 1,\n\t\"x-owner\": \"us\",\n"),
        "{text}"
    );
    assert!(text.contains("\"versions\": \"1.1.0\""), "{text}");
    // The same decision again changes nothing.
    shown(folder.path(), &decide);
    assert_eq!(get(folder.path(), file), text);
}

#[test]
fn an_ecosystem_without_advisories_is_unknown() {
    let folder = copied("first-match");
    put(
        folder.path(),
        "kev.json",
        "{\"catalogVersion\": \"1\", \"vulnerabilities\": []}",
    );
    let told = shown(
        folder.path(),
        &["advisories", "project", "--advisories", "kev.json"],
    );
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(told.contains("npm: 3 packages, unknown"), "{told}");
}

#[test]
fn a_newer_release_has_new_vulnerabilities() {
    let (old, new) = (
        fixture("first-match"),
        fixture("decision-is-void-at-runtime"),
    );
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "package.json",
        "{\"name\": \"shop\", \"version\": \"0.9.0\"}",
    );
    put(
        folder.path(),
        "package-lock.json",
        "{\"name\": \"shop\", \"version\": \"0.9.0\", \"lockfileVersion\": 3, \"packages\": {\"\": {\"name\": \"shop\", \"version\": \"0.9.0\"}}}",
    );
    let advisories = old.join("advisories");
    let told = shown(
        folder.path(),
        &[
            "diff",
            ".",
            new.join("project").to_str().unwrap(),
            "--advisories",
            advisories.to_str().unwrap(),
            "--fail-on",
            "vulnerability",
        ],
    );
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(
        told.contains("vulnerability pkg:npm/parse-args CVE-0000-0001 (1.1.0)"),
        "{told}"
    );
}
