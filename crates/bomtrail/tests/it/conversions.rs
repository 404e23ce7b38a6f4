//! Real projects through every format and back: packages, versions, hashes, licences and every edge survive, which is shown
//! by the same CycloneDX document coming out at the end.

use std::path::{Path, PathBuf};

use bomtrail::diff::ChangeKind;
use bomtrail::formats::READERS;
use bomtrail::graph::{Fragment, Input, NoFiles, link};
use bomtrail::{Bom, Diagnostics, Graph, Scan, ScanOptions, Tool, diff, writer};
use bomtrail_testkit::{cases, sample, shared};
use serde_json::Value;

const TOOL: Tool<'_> = Tool {
    name: "bomtrail",
    version: "0.0.0",
};
/// Larger lockfiles say nothing more and take their time in six formats.
const LARGEST: u64 = 120_000;

fn write(graph: &Graph, format: &str) -> Vec<u8> {
    let bom = Bom::new(graph, TOOL)
        .timestamp(Some("2026-11-21T00:00:00Z"))
        .compact(true);
    let mut out = Vec::new();
    let writer = writer(format).unwrap();
    writer
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    out
}

fn read(reader: &str, bytes: &[u8]) -> Graph {
    let reader = READERS.iter().find(|it| it.name() == reader).unwrap();
    let input = Input {
        path: "a",
        bytes,
        files: &NoFiles,
    };
    let mut told = Diagnostics::new();
    let fragment: Fragment = reader.read(&input, &mut told);
    assert!(reader.sniff(bytes), "{}", reader.name());
    let odd: Vec<_> = told
        .iter()
        .filter(|it| it.code.id.ends_with("-id") || it.code.id.ends_with("-ref"))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
    link(vec![fragment], &mut Diagnostics::new())
}

/// What a CycloneDX document says of packages, and nothing about the document itself.
fn essence(document: &[u8]) -> [Value; 4] {
    let value: Value = serde_json::from_slice(document).unwrap();
    [
        value["components"].clone(),
        value["dependencies"].clone(),
        value["compositions"].clone(),
        value["metadata"]["component"].clone(),
    ]
}

fn survives_every_format(scan: &Scan, name: &Path) {
    let wanted = write(scan.graph(), "cyclonedx-json");
    for (format, reader) in [
        ("cyclonedx-json@1.4", "cyclonedx/json"),
        ("cyclonedx-json@1.7", "cyclonedx/json"),
        ("cyclonedx-xml", "cyclonedx/xml"),
        ("spdx-json", "spdx/json"),
        ("spdx-json@3.0.1", "spdx/json"),
        ("spdx-tag-value", "spdx/tag-value"),
    ] {
        let graph = read(reader, &write(scan.graph(), format));
        assert_eq!(
            graph.edges().len(),
            scan.graph().edges().len(),
            "{format}: {}",
            name.display()
        );
        let again = write(&graph, "cyclonedx-json");
        // 1.4 and 1.5 have one line for all authors, and addresses without a scheme are only as good as the format.
        if format == "cyclonedx-json@1.4" {
            assert!(diff(scan.graph(), &graph).changes.is_empty());
        } else if essence(&wanted) != essence(&again) {
            panic!("{format}: {}", name.display());
        }
    }
}

/// The folders of a corpus, or every `nth`.
fn folders(corpus: &Path, nth: usize) -> Vec<PathBuf> {
    let mut all: Vec<_> = corpus
        .read_dir()
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    all.sort();
    sample(all, nth)
}

#[test]
fn the_cpan_corpus_survives_every_format() {
    let Some(corpus) = shared("corpus/cpan") else {
        return;
    };
    let mut count = 0;
    for folder in folders(&corpus, 9) {
        let Ok(scan) = Scan::with(&folder, &ScanOptions::default()) else {
            continue;
        };
        survives_every_format(&scan, &folder);
        count += 1;
    }
    assert!(count > cases(8, 90), "{count}");
}

#[test]
fn the_npm_corpus_survives_every_format() {
    let Some(corpus) = shared("corpus/npm") else {
        return;
    };
    let mut count = 0;
    for folder in folders(&corpus, 6) {
        let folder = folder.join("project");
        let length = folder.join("package-lock.json").metadata();
        if length.map_or(u64::MAX, |it| it.len()) > LARGEST {
            continue;
        }
        let Ok(scan) = Scan::with(&folder, &ScanOptions::default()) else {
            continue;
        };
        survives_every_format(&scan, &folder);
        count += 1;
    }
    assert!(count > cases(0, 12), "{count}");
}

#[test]
fn a_project_is_equal_to_its_own_sbom_and_differs_from_another() {
    let scan = bomtrail::scan(crate::fixture::basic()).unwrap();
    let same = read("spdx/json", &write(scan.graph(), "spdx-json"));
    assert!(diff(scan.graph(), &same).changes.is_empty());
    let none = link(Vec::new(), &mut Diagnostics::new());
    let gone = diff(scan.graph(), &none).changes;
    assert!(!gone.is_empty());
    assert!(gone.iter().all(|it| it.kind == ChangeKind::Removed));
}
