//! Later versions of a published document, and statements about components from others.

use serde_json::{Value, json};

use crate::run::{basic, get, put, shown, stdout};

const SERIAL: &str = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79";

/// The document of the small project.
fn sbom(folder: &std::path::Path, more: &[&str]) -> Value {
    let project = basic();
    let mut arguments = vec!["sbom", "-q", project.to_str().unwrap()];
    arguments.extend(more);
    serde_json::from_str(&stdout(folder, &arguments)).unwrap()
}

#[test]
fn a_later_version_keeps_the_serial_number_and_counts_on() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let first = sbom(here, &[]);
    assert_eq!(first["version"], 1);
    put(here, "1.cdx.json", &first.to_string());
    // What changes the content changes the serial number, unless it is kept.
    let other = sbom(here, &["--omit", "dev"]);
    assert_ne!(other["serialNumber"], first["serialNumber"]);
    let second = sbom(here, &["--omit", "dev", "--updates", "1.cdx.json"]);
    assert_eq!(second["serialNumber"], first["serialNumber"]);
    assert_eq!(second["version"], 2);
    assert_eq!(second["components"], other["components"]);

    put(here, "2.cdx.json", &second.to_string());
    let third = [
        "--updates",
        "2.cdx.json",
        "-f",
        "cyclonedx-xml",
        "-o",
        "3.cdx.xml",
    ];
    let project = basic();
    let mut arguments = vec!["sbom", "-q", project.to_str().unwrap()];
    arguments.extend(third);
    assert_eq!(stdout(here, &arguments), "");
    assert!(get(here, "3.cdx.xml").contains(r#"version="3""#));
    let fourth = sbom(here, &["--updates", "3.cdx.xml"]);
    assert_eq!(fourth["serialNumber"], first["serialNumber"]);
    assert_eq!(fourth["version"], 4);
    let leap = sbom(here, &["--updates", "3.cdx.xml", "--bom-version", "10"]);
    assert_eq!(leap["version"], 10);
}

#[test]
fn a_serial_number_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let upper = SERIAL.to_ascii_uppercase();
    for given in [SERIAL, &upper] {
        let document = sbom(
            folder.path(),
            &["--serial-number", given, "--bom-version", "3"],
        );
        assert_eq!(document["serialNumber"], SERIAL);
        assert_eq!(document["version"], 3);
    }
}

#[test]
fn what_is_no_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(here, "none.json", "{}");
    let published = json!({"serialNumber": SERIAL, "version": 5});
    put(here, "5.json", &published.to_string());
    let project = basic();
    let project = project.to_str().unwrap();
    let refused = |more: &[&str], why: &str| {
        let mut arguments = vec!["sbom", project];
        arguments.extend(more);
        let told = shown(here, &arguments);
        assert!(
            told.starts_with("exit 2\n--- stdout\n--- stderr\n"),
            "{told}"
        );
        assert!(told.contains(why), "{told}");
    };
    refused(
        &["--updates", "absent.json"],
        "cannot read `absent.json`: it does not exist",
    );
    refused(
        &["--updates", "none.json"],
        "is not a CycloneDX document with a serial number",
    );
    let early = ["--updates", "5.json", "--bom-version", "5"];
    refused(&early, "`5.json` already has version 5");
    refused(
        &["--serial-number", "urn:uuid:1"],
        "expected `urn:uuid:` followed by a UUID",
    );
    refused(&["--bom-version", "0"], "0 is not in 1..");
    let both = ["--updates", "5.json", "--serial-number", SERIAL];
    refused(&both, "cannot be used with");
    refused(
        &["--declarations"],
        "--declarations needs --statuses, --attestations or both",
    );
    refused(&["--annotations"], "--statuses");
}

#[test]
fn approvals_are_annotations_and_claims_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let first = sbom(here, &[])["components"][0].clone();
    let text = |key: &str| first[key].as_str().unwrap().to_owned();
    let review = json!({"by": "Ann <ann@example.com>", "on": "2026-05-04"});
    let list = json!({
        "version": 1,
        "packages": {text("name"): [text("version")]},
        "reviews": {text("purl"): review},
    });
    put(here, "list.json", &list.to_string());
    let list = here.join("list.json");
    let asked = [
        "--statuses",
        "--approvals",
        list.to_str().unwrap(),
        "--date",
        "2026-11-21",
        "--timestamp",
        "2026-11-21T00:00:00Z",
        "--annotations",
        "--declarations",
    ];
    let document = sbom(here, &asked);
    let annotations = document["annotations"].as_array().unwrap();
    let ann = annotations
        .iter()
        .find(|it| it["annotator"]["individual"]["name"] == "Ann");
    assert_eq!(ann.unwrap()["timestamp"], "2026-05-04T00:00:00Z");
    let map = &document["declarations"]["attestations"][0]["map"][0];
    assert_eq!(map["claims"].as_array().unwrap().len(), 1);
    assert!(!map["counterClaims"].as_array().unwrap().is_empty());
}
