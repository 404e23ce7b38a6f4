//! The ways of CPAN's files through the program: read, include every feature, link, verify, write in every format.

use bomtrail::{Fragment, Input, NoFiles, READERS};

use crate::lock::{Document, fragment, graph, written};

/// Checks everything that must hold for a `META.yml` of these bytes.
pub fn meta_yml(data: &[u8]) {
    cpan_documents("META.yml", data);
}

/// Checks everything that must hold for a `META.json` of these bytes.
pub fn meta_json(data: &[u8]) {
    cpan_documents("META.json", data);
}

/// Checks everything that must hold for a `cpanfile` of these bytes.
pub fn cpanfile(data: &[u8]) {
    cpan_documents("cpanfile", data);
}

/// Checks everything that must hold for the file of CPAN that is called `path`, and returns what was written for it.
pub fn cpan_documents(path: &str, data: &[u8]) -> Vec<Document> {
    let first = written(&graph(vec![read(path, data)]));
    let again = written(&graph(vec![read(path, data)]));
    assert!(first == again, "the same bytes gave other documents");
    let mut all = read(path, data);
    let names: Vec<String> = all.features.iter().map(|it| it.name.to_string()).collect();
    let found = all.include(&names);
    assert_eq!(
        found.len(),
        names.len(),
        "a feature that is listed is not there"
    );
    written(&graph(vec![all]));
    first
}

fn read(path: &str, data: &[u8]) -> Fragment {
    let reader = READERS.iter().find(|it| it.claims(path)).unwrap();
    let input = Input {
        path,
        bytes: data,
        files: &NoFiles,
    };
    fragment(*reader, &input)
}
