//! Documents on a disk: several that are merged, and one that is converted.

use std::fs;
use std::path::PathBuf;

use bomtrail::source::{Memory, Source};
use bomtrail::{
    Bom, Diagnostics, Document, ScanError, ScanOptions, TOOL, WriteError, merge, writer,
};

/// A document that two threads are worth, with a field that the graph has no place for.
fn document(name: &str) -> String {
    let words = name.repeat(2_100_000 / name.len());
    format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"metadata":{{"component":{{"type":"application","name":"{name}","bom-ref":"{name}"}}}},"components":[{{"type":"library","name":"part","version":"1","bom-ref":"part","publisher":"{name}","description":"{words}"}}]}}"#
    )
}

/// What a merge writes and reports.
fn merged(sources: Vec<Source>) -> (Vec<u8>, String) {
    let scan = merge(sources, None, &ScanOptions::default()).unwrap();
    let mut out = Vec::new();
    let bom = Bom::new(scan.graph(), TOOL).timestamp(Some("2026-11-21T00:00:00Z"));
    let format = writer("cyclonedx-json").unwrap();
    format
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    let told: Vec<String> = scan.diagnostics().iter().map(ToString::to_string).collect();
    (out, told.join("\n"))
}

#[test]
fn documents_that_are_read_at_the_same_time_give_what_they_give_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["b", "a"];
    let files: Vec<PathBuf> = names
        .map(|it| folder.path().join(format!("{it}.cdx.json")))
        .into();
    for (file, name) in files.iter().zip(names) {
        fs::write(file, document(name)).unwrap();
    }
    let together = merged(files.iter().map(Source::from).collect());
    let in_memory = |name: &str| Memory::input(&format!("{name}.cdx.json"), document(name)).into();
    let one_by_one = merged(names.iter().map(|it| in_memory(it)).collect());
    assert_eq!(together.1, one_by_one.1);
    assert!(together.0 == one_by_one.0);
    // The first that cannot be read is the error, whichever thread ends first.
    let missing = ["z", "y"].map(|it| Source::from(folder.path().join(it)));
    let sources = files.iter().map(Source::from).chain(missing).collect();
    match merge(sources, None, &ScanOptions::default()) {
        Err(ScanError::Unreachable { path, .. }) => assert!(path.ends_with("z")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_document_that_is_gone_is_an_error_only_where_it_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.cdx.json");
    fs::write(&file, document("a")).unwrap();
    let document = Document::open(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let bom = Bom::new(document.graph(), TOOL).timestamp(Some("2026-11-21T00:00:00Z"));
    let write = |format: &str| {
        let mut lost = Diagnostics::new();
        document.write(writer(format).unwrap(), &bom, &mut Vec::new(), &mut lost)
    };
    assert!(write("spdx-json").is_ok());
    assert!(matches!(write("cyclonedx-xml"), Err(WriteError::Source(_))));
}
