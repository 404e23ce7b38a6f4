//! The example programs, as `cargo test` builds them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fixture::basic;

/// Runs the program that `cargo test` built from an example, for the basic project.
fn output_of(example: &str, arguments: &[&str]) -> String {
    let project = basic();
    let mut all: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    all.push(project.as_ref());
    run(example, &all)
}

fn run(example: &str, arguments: &[&OsStr]) -> String {
    let test = std::env::current_exe().unwrap();
    let built = test.ancestors().nth(2).unwrap().join("examples");
    let name = format!("{example}{}", std::env::consts::EXE_SUFFIX);
    let output = Command::new(built.join(&name)).args(arguments).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{name}: {error}; `cargo build -p bomtrail --examples` builds it")
    });
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn direct_dependencies_are_listed() {
    insta::assert_snapshot!(output_of("direct_dependencies", &[]), @r#"
    basket Some("^2.0.0") Some("2.1.0")
    checker Some("^3.0.0") Some("3.0.0")
    old-price Some("npm:price@^1.0.0") Some("1.9.0")
    speedup Some("^1.0.0") Some("1.0.4")
    "#);
}

#[test]
fn an_sbom_is_written() {
    for format in ["cyclonedx-json", "spdx-json"] {
        let text = output_of("write_sbom", &[format]);
        assert!(text.contains("pkg:npm/basket@2.1.0"), "{text}");
        assert!(text.contains("2026-01-01T00:00:00Z"), "{text}");
    }
}

#[test]
fn requirers_of_a_purl_are_found() {
    insta::assert_snapshot!(output_of("who_requires", &["pkg:npm/money"]), @r"
    pkg:npm/basket@2.1.0
    pkg:npm/price@1.9.0
    pkg:npm/price@2.0.3
    ");
}

#[test]
fn a_project_is_checked() {
    let fixture = fixtures().join("approvals/expired");
    insta::assert_snapshot!(run("check_project", &["2026-11-21".as_ref(), fixture.as_ref()]), @"deny: pkg:npm/is-number@7.0.0: the approval has expired: it was valid until 2026-11-20");
    let earlier = run("check_project", &["2026-11-20".as_ref(), fixture.as_ref()]);
    assert!(
        earlier.starts_with("warn: pkg:npm/is-number@7.0.0: "),
        "{earlier}"
    );
}

#[test]
fn a_report_is_about_its_profile() {
    let report = output_of("compliance_report", &["cra"]);
    assert!(report.starts_with("# "), "{report}");
}

#[test]
fn a_lockfile_is_converted() {
    let lockfile = basic().join("package-lock.json");
    let text = run("convert_sbom", &["spdx-json".as_ref(), lockfile.as_ref()]);
    assert!(text.contains("pkg:npm/basket@2.1.0"), "{text}");
}

#[test]
fn packages_of_two_projects_are_listed() {
    let other = fixtures().join("cpan/a-snapshot-may-be-cyclic");
    let text = run("merge_projects", &[basic().as_ref(), other.as_ref()]);
    assert!(text.contains("pkg:npm/basket@2.1.0\n"), "{text}");
    assert!(text.contains("pkg:cpan/"), "{text}");
}

#[test]
fn attestations_of_packages_are_verified() {
    let folder = fixtures().join("provenance/attested");
    let file = folder.join("attestations.json");
    let text = run("verify_attestations", &[file.as_ref(), folder.as_ref()]);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(text.contains("pkg:npm/%40scope/attested@2.0.0"), "{text}");
    assert!(report.is_object(), "{text}");
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

#[test]
fn examples_are_as_short_as_promised() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let disk = bomtrail::source::Disk::open(&folder, 1 << 20).unwrap();
    let names = bomtrail::graph::Files::list(&disk, "");
    assert_eq!(names.len(), 8);
    for name in names {
        let text = String::from_utf8(disk.load(&name).unwrap()).unwrap();
        assert!(text.lines().count() <= 12, "{name}");
    }
}
