//! The pack for the technical file: every digest is right, the same inputs make the same bytes, nothing is overwritten.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::project;
use crate::run::{bomtrail, finish, get, names, put};

fn pack(folder: &Path, into: &str) -> String {
    let mut command = bomtrail(folder);
    command.args([
        "report",
        "--profile",
        "bsi",
        "--date",
        "2026-05-01",
        "--evidence",
        into,
    ]);
    command.env("SOURCE_DATE_EPOCH", "1780000000");
    finish(folder, &mut command)
}

fn sha256(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        let _: std::fmt::Result = write!(hex, "{byte:02x}");
    }
    hex
}

#[test]
fn a_pack_lists_every_file_and_every_input_with_its_digest() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    project(at);
    put(
        at,
        "bomtrail.toml",
        "[manufacturer]\nname = \"Example Works\"\n",
    );
    let told = pack(at, "pack");
    let manifest = get(at, "pack/manifest.json");
    assert!(
        told.starts_with("exit 0") && told.contains(&sha256(&manifest)),
        "{told}"
    );
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let schema = include_str!("../../../../../schemas/evidence-v1.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validate(&schema, &manifest).unwrap();
    for (list, base) in [("files", "pack/"), ("inputs", "")] {
        for file in manifest[list].as_array().unwrap() {
            let text = get(at, &[base, file["path"].as_str().unwrap()].concat());
            assert_eq!(file["sha256"], sha256(&text), "{file}");
            assert_eq!(file["bytes"], text.len());
        }
    }
    let paths = |list: &str| -> Vec<&str> {
        let list = manifest[list].as_array().unwrap();
        list.iter().map(|it| it["path"].as_str().unwrap()).collect()
    };
    assert_eq!(
        paths("inputs"),
        [
            "bomtrail.toml",
            "package-approvals.json",
            "package-lock.json"
        ]
    );
    assert_eq!(
        paths("files"),
        [
            "check.json",
            "components.csv",
            "inputs/bomtrail.toml",
            "inputs/package-approvals.json",
            "notices.txt",
            "report.html",
            "report.json",
            "sbom.cdx.json",
            "sbom.spdx.json",
            "sbom.spdx3.json",
        ]
    );
    assert_eq!(manifest["verdicts"]["check"], "fail");
    assert!(get(at, "pack/report.json").contains("denied-name"));
    assert!(get(at, "pack/sbom.cdx.json").contains("bomtrail:approval:status"));
}

#[test]
fn the_same_inputs_make_the_same_pack_and_none_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    project(at);
    pack(at, "one");
    pack(at, "two");
    for name in names(&at.join("one")) {
        if name != "inputs" {
            assert_eq!(
                get(at, &["one/", &name].concat()),
                get(at, &["two/", &name].concat()),
                "{name}"
            );
        }
    }
    put(at, "three/mine", "what is there");
    let told = pack(at, "three");
    assert!(
        told.starts_with("exit 2") && told.contains("is not empty"),
        "{told}"
    );
    assert_eq!(names(&at.join("three")), ["mine"]);
    assert!(names(at).iter().all(|it| !it.contains(".part")));
}

#[test]
fn an_older_pack_is_replaced_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    project(at);
    put(at, "bomtrail.toml", "");
    pack(at, "pack");
    assert!(names(&at.join("pack/inputs")).contains(&"bomtrail.toml".to_owned()));
    let list = [
        "report",
        "--approvals",
        "pack/inputs/package-approvals.json",
        "--evidence",
        "pack",
    ];
    let told = crate::run::shown(at, &list);
    assert!(
        told.starts_with("exit 2") && told.contains("is an input"),
        "{told}"
    );
    put(
        at,
        "package-lock.json",
        &get(at, "package-lock.json").replace("1.0.0", "1.0.1"),
    );
    assert!(pack(at, "pack").starts_with("exit 0"));
    assert!(get(at, "pack/sbom.cdx.json").contains("1.0.1"));
    put(at, "pack/mine.txt", "a note");
    let told = pack(at, "pack");
    assert!(
        told.starts_with("exit 2") && told.contains("`mine.txt`"),
        "{told}"
    );
    assert_eq!(get(at, "pack/mine.txt"), "a note");
}

#[test]
fn a_pack_can_be_a_zip_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    project(at);
    for name in ["one.zip", "two.zip"] {
        assert!(pack(at, name).starts_with("exit 0"));
    }
    let bytes = |name: &str| {
        let disk = bomtrail::source::Disk::open(at, 1 << 30).unwrap();
        disk.load(name).unwrap()
    };
    assert!(bytes("one.zip").starts_with(b"PK"));
    assert_eq!(bytes("one.zip"), bytes("two.zip"));
}
