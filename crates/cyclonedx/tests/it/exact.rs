//! Whole documents, byte for byte. `BOMTRAIL_BLESS=1` writes what is printed as what is expected; read the difference.

use std::path::PathBuf;

use bomtrail_cyclonedx::SpecVersion;
use bomtrail_graph::{Bom, DetailLevel};

use crate::print::{TOOL, graph, must_be_valid, pretty, print};
use crate::sample::sample;

#[expect(
    clippy::disallowed_methods,
    reason = "a test reads its expected output from the tree"
)]
fn compare(name: &str, document: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/expected")
        .join(name);
    if std::env::var_os("BOMTRAIL_BLESS").is_some() {
        std::fs::write(&path, document).unwrap();
    }
    assert_eq!(document, std::fs::read_to_string(&path).unwrap());
}

#[test]
fn the_sample_is_printed_as_expected_in_every_version() {
    let graph = graph(sample());
    for version in SpecVersion::ALL {
        let document = pretty(&graph, version);
        must_be_valid(&document, version);
        compare(&format!("sample-{}.cdx.json", version.name()), &document);
    }
}

#[test]
fn a_lean_document_says_nothing_twice() {
    let graph = graph(sample());
    let bom = Bom::new(&graph, TOOL).detail(DetailLevel::Lean);
    let (document, _) = print(&bom, SpecVersion::V1_6);
    must_be_valid(&document, SpecVersion::V1_6);
    compare("sample-lean-1.6.cdx.json", &document);
}
