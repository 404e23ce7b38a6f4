//! A project that states everything has no gap in any profile; without its bomtrail.toml the report names exactly what only
//! that file could say.

use std::path::Path;

use bomtrail::graph::Files;
use serde_json::Value;

use super::fixture;
use crate::run::{get, put, shown, stdout};

const TIME: &str = "2026-11-20T00:00:00Z";
const PROFILES: [&str; 5] = ["cra", "cra-steward", "bsi", "cisa-2026", "ntia-2021"];

#[test]
fn what_states_everything_has_no_gap_in_any_profile() {
    for name in ["npm-complete", "cpan-complete"] {
        for profile in PROFILES {
            let arguments = [
                "report",
                "--strict",
                "--timestamp",
                TIME,
                "--profile",
                profile,
            ];
            let told = shown(&fixture(name), &arguments);
            assert!(told.starts_with("exit 0"), "{name} {profile}: {told}");
        }
    }
}

/// Copies a folder's files, those in folders below too, but for its bomtrail.toml.
fn copy_without_settings(from: &Path, to: &Path) {
    let disk = bomtrail::source::Disk::open(from, 1 << 20).unwrap();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        for name in disk.list(&folder) {
            let path = if folder.is_empty() {
                name
            } else {
                [&*folder, "/", &name].concat()
            };
            if disk.is_dir(&path) {
                open.push(path);
            } else if path != "bomtrail.toml" && !path.starts_with("expected") {
                put(to, &path, &get(from, &path));
            }
        }
    }
}

/// The ids of what has to be there and is missing: of product and document, then of components.
fn missing(folder: &Path, profile: &str) -> (Vec<String>, Vec<(String, u64)>) {
    let arguments = [
        "report",
        "-q",
        "-f",
        "json",
        "--timestamp",
        TIME,
        "--profile",
        profile,
    ];
    let report: Value = serde_json::from_str(&stdout(folder, &arguments)).unwrap();
    let must = |list: &str| -> Vec<Value> {
        let all = report[list].as_array().unwrap().iter().cloned();
        all.filter(|it| it["requirement"]["weight"] == "must")
            .collect()
    };
    let id = |it: &Value| it["requirement"]["id"].as_str().unwrap().to_owned();
    let document = must("document");
    let document = document
        .iter()
        .filter(|it| it["state"] == "missing")
        .map(id);
    let components = must("requirements");
    let components = components
        .iter()
        .map(|it| (id(it), it["counts"]["missing"].as_u64().unwrap()));
    (
        document.collect(),
        components.filter(|(_, count)| *count > 0).collect(),
    )
}

#[test]
fn without_the_file_the_report_names_exactly_what_is_missing() {
    for name in ["npm-complete", "cpan-complete"] {
        let folder = tempfile::tempdir().unwrap();
        copy_without_settings(&fixture(name), folder.path());
        let mut found = String::new();
        for profile in PROFILES {
            let (document, components) = missing(folder.path(), profile);
            let components = components
                .into_iter()
                .map(|(id, count)| format!("{id} of {count}"));
            let all: Vec<String> = document.into_iter().chain(components).collect();
            found.extend([profile, ": ", &all.join(", "), "\n"]);
        }
        assert_eq!(found, get(&fixture(name), "expected.missing"), "{name}");
    }
}

#[test]
fn the_product_has_its_name_and_type_in_every_format() {
    let at = fixture("npm-complete");
    let document = |format: &str| -> Value {
        let text = stdout(&at, &["sbom", "-q", "--timestamp", TIME, "-f", format]);
        serde_json::from_str(&text).unwrap()
    };
    let cyclonedx = document("cyclonedx-json");
    assert_eq!(cyclonedx["metadata"]["component"]["name"], "Shop Front");
    assert_eq!(cyclonedx["metadata"]["component"]["type"], "application");
    let spdx = document("spdx-json@2.3");
    let described = spdx["documentDescribes"][0].as_str().map(str::to_owned);
    let packages = spdx["packages"].as_array().unwrap();
    let product = packages
        .iter()
        .find(|it| it["name"] == "Shop Front")
        .unwrap();
    assert!(described.is_none_or(|it| product["SPDXID"] == it));
    assert_eq!(product["primaryPackagePurpose"], "APPLICATION");
    assert_eq!(product["packageFileName"], "shop-front-2.3.0.tgz");
    assert_eq!(
        product["supplier"],
        "Organization: Example Distribution Ltd (supply@example.com)"
    );
    assert_eq!(product["validUntilDate"], "2031-12-31T23:59:59Z");
    assert_eq!(product["checksums"].as_array().unwrap().len(), 2);
    let creators = spdx["creationInfo"]["creators"].to_string();
    assert!(
        creators.contains("Organization: Example Works Ltd, product security (sbom@example.com)")
    );
    let spdx3 = document("spdx-json@3.0.1");
    let elements = spdx3["@graph"].as_array().unwrap();
    let product = elements
        .iter()
        .find(|it| it["type"] == "software_Package" && it["name"] == "Shop Front");
    assert_eq!(product.unwrap()["software_primaryPurpose"], "application");
}
