//! SBOMs of other tools get honest reports: what they say is there, and what they do not say is missing. `npm sbom` makes one
//! on the spot where npm is installed; small ones in the manner of others stand for those that are not.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::fixture;
use crate::run::{get, put, stdout};

/// The states of what a profile asks of product and document, by their ids.
fn states(folder: &Path, file: &str, profile: &str) -> Vec<(String, String, String)> {
    let text = stdout(
        folder,
        &["report", file, "-q", "-f", "json", "--profile", profile],
    );
    let report: Value = serde_json::from_str(&text).unwrap();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let document = report["document"].as_array().unwrap().iter();
    document
        .map(|it| {
            (
                text(&it["requirement"]["id"]),
                text(&it["state"]),
                text(&it["found"]),
            )
        })
        .collect()
}

fn of<'s>(states: &'s [(String, String, String)], id: &str) -> (&'s str, &'s str) {
    let it = states.iter().find(|(name, _, _)| name == id).unwrap();
    (&it.1, &it.2)
}

const SYFT_LIKE: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,
    "serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "metadata":{"timestamp":"2026-01-31T12:00:00+01:00","component":{"bom-ref":"r","type":"file","name":"app"},
        "tools":{"components":[{"type":"application","author":"anchore","name":"syft","version":"1.18.1"}]}},
    "components":[{"bom-ref":"a","type":"library","name":"a","version":"1.0.0","purl":"pkg:npm/a@1.0.0"}]}"#;

const SPDX_LIKE: &str = r#"{"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"app",
    "documentNamespace":"https://example.com/app-1",
    "creationInfo":{"created":"2026-01-31T12:00:00Z","creators":["Tool: example-2.0","Organization: Acme (sbom@example.com)"]},
    "packages":[{"SPDXID":"SPDXRef-a","name":"a","versionInfo":"1.0.0","downloadLocation":"NOASSERTION","supplier":"NOASSERTION"}],
    "relationships":[{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-a"}]}"#;

#[test]
fn what_a_cyclonedx_document_says_of_itself_is_reported_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "app.cdx.json", SYFT_LIKE);
    let cisa = states(folder.path(), "app.cdx.json", "cisa-2026");
    assert_eq!(of(&cisa, "tool-name"), ("present", "syft 1.18.1"));
    assert_eq!(
        of(&cisa, "timestamp"),
        ("present", "2026-01-31T12:00:00+01:00")
    );
    assert_eq!(of(&cisa, "author"), ("missing", ""));
    assert_eq!(of(&cisa, "format"), ("present", "CycloneDX 1.5"));
    let bsi = states(folder.path(), "app.cdx.json", "bsi");
    assert_eq!(
        of(&bsi, "format").0,
        "missing",
        "1.5 is older than the guideline asks"
    );
    assert_eq!(of(&bsi, "creator").0, "missing");
}

#[test]
fn an_author_without_a_way_to_reach_them_is_no_contact() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "app.spdx.json", SPDX_LIKE);
    let bsi = |file| states(folder.path(), file, "bsi");
    assert_eq!(
        of(&bsi("app.spdx.json"), "creator"),
        ("present", "sbom@example.com")
    );
    put(
        folder.path(),
        "mute.spdx.json",
        &SPDX_LIKE.replace(" (sbom@example.com)", ""),
    );
    assert_eq!(of(&bsi("mute.spdx.json"), "creator").0, "missing");
    let ntia = states(folder.path(), "mute.spdx.json", "ntia-2021");
    assert_eq!(of(&ntia, "author"), ("present", "Acme"));
}

/// `npm sbom` of a lockfile alone; `None` if npm is not installed or is too old.
#[expect(clippy::print_stdout, reason = "says why nothing was tested")]
fn npm_sbom(folder: &Path, format: &str) -> Option<String> {
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args([
        "sbom",
        "--package-lock-only",
        "--offline",
        "--sbom-format",
        format,
    ]);
    let cache = ["--cache=", &folder.join("cache").to_string_lossy()].concat();
    let output = npm
        .arg(cache)
        .output()
        .ok()
        .filter(|it| it.status.success());
    let Some(output) = output else {
        println!("skipped: there is no `npm sbom` here");
        return None;
    };
    String::from_utf8(output.stdout).ok()
}

#[test]
fn npm_sbom_made_on_the_spot_is_reported_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = fixture("npm-complete");
    for name in ["package.json", "package-lock.json"] {
        put(folder.path(), name, &get(&at, name));
    }
    let Some(cyclonedx) = npm_sbom(folder.path(), "cyclonedx") else {
        return;
    };
    put(folder.path(), "npm.cdx.json", &cyclonedx);
    let cisa = states(folder.path(), "npm.cdx.json", "cisa-2026");
    assert!(of(&cisa, "tool-name").1.starts_with("npm "), "{cisa:?}");
    assert_eq!(of(&cisa, "timestamp").0, "present");
    assert_eq!(of(&cisa, "author").0, "missing");
    assert_eq!(of(&cisa, "context").0, "present");
    let cra = states(folder.path(), "npm.cdx.json", "cra");
    assert_eq!(of(&cra, "top-level"), ("present", "3 direct dependencies"));
    assert_eq!(of(&cra, "manufacturer-name").0, "missing");
    let Some(spdx) = npm_sbom(folder.path(), "spdx") else {
        return;
    };
    put(folder.path(), "npm.spdx.json", &spdx);
    let ntia = states(folder.path(), "npm.spdx.json", "ntia-2021");
    assert_eq!(of(&ntia, "timestamp").0, "present");
    assert_eq!(
        of(&ntia, "author").0,
        "missing",
        "a tool is no author: {ntia:?}"
    );
}
