//! Reports as their users get them: with approvals, with what changed, as notices, as a pack for the technical file.

#![expect(
    clippy::indexing_slicing,
    reason = "a value that is not there fails the test"
)]

mod complete;
mod others;
mod packs;

use std::path::{Path, PathBuf};

use crate::run::{bomtrail, put, shown, stdout};

/// A project of `fixtures/compliance`.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/compliance")
        .join(name)
}

const LOCK: &str = r#"{"name":"app","version":"1.0.0","lockfileVersion":3,"packages":{
    "":{"name":"app","version":"1.0.0","dependencies":{"a":"1","b":"1"}},
    "node_modules/a":{"version":"1.0.0","license":"MIT","resolved":"https://npmjs.org/a/-/a-1.0.0.tgz"},
    "node_modules/b":{"version":"1.0.0","resolved":"https://npmjs.org/b/-/b-1.0.0.tgz"}}}"#;

const LIST: &str = r#"{"version":1,"packages":{"a":["1.0.0"]},"denied":{"b":{"reason":"unmaintained"}},
    "reviews":{"pkg:npm/a@1.0.0":{"by":"Ada","on":"2026-03-01","expires":"2026-10-01"}}}"#;

pub(crate) fn project(folder: &Path) {
    put(folder, "package-lock.json", LOCK);
    put(folder, "package-approvals.json", LIST);
}

#[test]
fn approvals_that_lie_beside_the_project_are_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let on = |day| stdout(folder.path(), &["report", "-q", "--date", day]);
    let text = on("2026-09-30");
    assert!(text.contains(
        "1 denied, 0 unreviewed, 1 approved, 1 first-party, by `package-approvals.json`"
    ));
    assert!(
        text.contains(
            "| pkg&#58;npm/a&#64;1.0.0 | approved | listed | Ada | 2026-03-01 | 2026-10-01 |"
        ),
        "{text}"
    );
    assert!(text.contains("denied-name; unmaintained"));
    assert!(on("2026-10-02").contains("| unreviewed | expired"));
}

#[test]
fn the_list_beside_an_sbom_counts_only_where_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    stdout(folder.path(), &["sbom", "-q", "-o", "app.cdx.json"]);
    let of_sbom = stdout(folder.path(), &["report", "app.cdx.json", "-q"]);
    assert!(!of_sbom.contains("## Approvals"));
    let named = [
        "report",
        "app.cdx.json",
        "-q",
        "--approvals",
        "package-approvals.json",
    ];
    assert!(stdout(folder.path(), &named).contains("## Approvals"));
}

#[test]
fn what_changed_since_an_older_state_is_a_section() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    put(
        folder.path(),
        "old/package-lock.json",
        &LOCK
            .replace("\"node_modules/b\"", "\"node_modules/c\"")
            .replace("\"b\":", "\"c\":"),
    );
    let text = stdout(folder.path(), &["report", "-q", "--since", "old"]);
    assert!(
        text.contains("## Changes since old\n\n### Added (1)"),
        "{text}"
    );
    assert!(text.contains("| pkg&#58;npm/b |  | 1.0.0 | b |"));
    assert!(text.contains("### Removed (1)"));
    let json = stdout(
        folder.path(),
        &["report", "-q", "--since", "package-lock.json", "-f", "json"],
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["since"]["changes"], serde_json::json!([]));
    assert!(shown(folder.path(), &["report", "--since", "gone"]).starts_with("exit 2"));
}

#[test]
fn notices_have_the_licence_texts_of_what_is_installed() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    put(
        folder.path(),
        "node_modules/a/LICENSE",
        "The licence of a\n",
    );
    put(folder.path(), "node_modules/a/license.js", "no licence");
    let text = stdout(folder.path(), &["report", "-q", "--notices"]);
    assert!(
        text.starts_with("Third-party notices for app 1.0.0\n"),
        "{text}"
    );
    assert!(
        text.contains("MIT (1)")
            && text.contains("a 1.0.0: LICENSE")
            && text.contains("The licence of a")
    );
    assert!(text.contains("Unknown (1)") && !text.contains("no licence\n"));
    let html = stdout(folder.path(), &["report", "-q", "--notices", "-f", "html"]);
    assert!(html.starts_with("<!doctype html>") && html.contains("The licence of a"));
    assert!(shown(folder.path(), &["report", "--notices", "-f", "csv"]).starts_with("exit 2"));
}

#[test]
fn nothing_of_progress_reaches_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let output = bomtrail(folder.path())
        .args(["report", "--date", "2026-01-01"])
        .output()
        .unwrap();
    assert!(output.status.success() && !output.stderr.contains(&0x1b));
    assert!(!String::from_utf8_lossy(&output.stderr).contains('…'));
}
