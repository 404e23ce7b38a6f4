//! Inputs that are made to exhaust a program: each is refused with a place, soon, and in little memory.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::run::{bomtrail, put};

/// No refusal takes longer, on a slow machine that does other things too.
const SOON: Duration = Duration::from_mins(1);

/// What a run that fails says, on standard error; the run may have 400 MiB of memory.
fn refusal(folder: &Path, file: &str) -> String {
    let start = Instant::now();
    let program = env!("CARGO_BIN_EXE_bomtrail");
    let output = Command::new("sh")
        .args([
            "-c",
            "ulimit -v 409600; exec \"$0\" \"$@\"",
            program,
            "tree",
            file,
        ])
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{file}: {told}");
    assert!(start.elapsed() < SOON, "{file}");
    told
}

/// A file of `size` zeros that takes no room on the disk.
fn sparse(folder: &Path, name: &str, size: u64) {
    put(folder, name, "");
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.join(name));
    file.unwrap().set_len(size).unwrap();
}

#[test]
fn a_file_of_a_gigabyte_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let sbom = 256 << 20;
    for (name, size, limit) in [
        ("a.cdx.json", 1_000_000_000, sbom),
        ("a.cdx.xml", 1_000_000_000, sbom),
        ("a.spdx.json", 1_000_000_000, sbom),
        ("a.spdx", 1_000_000_000, sbom),
        ("a.txt", 1_000_000_000, sbom),
        ("package-lock.json", (1 << 30) + 1, 1 << 30),
    ] {
        sparse(folder.path(), name, size);
        let told = refusal(folder.path(), name);
        let expected = format!("it is larger than the limit of {limit} bytes");
        assert!(told.contains(&expected) && told.contains(name), "{told}");
    }
}

#[test]
fn ten_thousand_components_in_each_other_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let open = r#"{"type":"library","name":"a","components":["#.repeat(10_000);
    let document = format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{open}{}]}}"#,
        "]}".repeat(10_000)
    );
    put(folder.path(), "deep.cdx.json", &document);
    let told = refusal(folder.path(), "deep.cdx.json");
    assert!(
        told.contains("error[cyclonedx/unreadable] deep.cdx.json"),
        "{told}"
    );
    assert!(told.contains("recursion limit"), "{told}");

    let open = r#"<components><component type="library"><name>a</name>"#.repeat(10_000);
    let close = "</component></components>".repeat(10_000);
    let document =
        format!(r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6">{open}{close}</bom>"#);
    put(folder.path(), "deep.cdx.xml", &document);
    let told = refusal(folder.path(), "deep.cdx.xml");
    assert!(
        told.contains("error[cyclonedx/unreadable] deep.cdx.xml:1"),
        "{told}"
    );
    assert!(told.contains("nested deeper than 100"), "{told}");
}

#[test]
fn laughs_are_not_multiplied() {
    let folder = tempfile::tempdir().unwrap();
    let mut entities = r#"<!ENTITY l0 "ha">"#.to_owned();
    for level in 1..30 {
        let inner = format!("&l{};", level - 1).repeat(10);
        write!(entities, r#"<!ENTITY l{level} "{inner}">"#).unwrap();
    }
    let document = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE bom [{entities}]>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><components>&l29;</components></bom>"
    );
    put(folder.path(), "laughs.cdx.xml", &document);
    let told = refusal(folder.path(), "laughs.cdx.xml");
    assert!(told.contains("laughs.cdx.xml:2: "), "{told}");
    assert!(
        told.contains("type definitions (`<!DOCTYPE`) are not supported"),
        "{told}"
    );
}

#[test]
fn a_number_where_a_text_belongs_is_named_by_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let component = r#"{"type":"library","name":"a","version":7,"purl":["b"]}"#;
    let document =
        format!(r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{component}]}}"#);
    put(folder.path(), "odd.cdx.json", &document);
    let output = bomtrail(folder.path())
        .args(["validate", "odd.cdx.json"])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    for place in ["/components/0/version", "/components/0/purl"] {
        assert!(told.contains(place), "{told}");
    }
    put(
        folder.path(),
        "odd.cdx.json",
        r#"{"bomFormat":7,"specVersion":"1.6"}"#,
    );
    let told = refusal(folder.path(), "odd.cdx.json");
    assert!(told.contains("/bomFormat"), "{told}");
}
