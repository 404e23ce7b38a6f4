//! The example programs, as `cargo test` builds them.

use std::process::Command;

use crate::fixture::basic;

/// Runs the program that `cargo test` built from an example.
fn output_of(example: &str, arguments: &[&str]) -> String {
    let test = std::env::current_exe().unwrap();
    let built = test.ancestors().nth(2).unwrap().join("examples");
    let name = format!("{example}{}", std::env::consts::EXE_SUFFIX);
    let output = Command::new(built.join(&name))
        .args(arguments)
        .arg(basic())
        .output();
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
fn examples_are_as_short_as_promised() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let disk = bomtrail::source::Disk::open(&folder, 1 << 20).unwrap();
    let names = bomtrail::graph::Files::list(&disk, "");
    assert_eq!(names.len(), 3);
    for name in names {
        let text = String::from_utf8(disk.load(&name).unwrap()).unwrap();
        assert!(text.lines().count() <= 12, "{name}");
    }
}
