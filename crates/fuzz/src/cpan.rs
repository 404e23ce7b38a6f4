//! The ways of CPAN's files through the program: read, include every feature, link, verify, write in every format.

use bomtrail::{Fragment, Input, NoFiles, READERS};

use crate::lock::{fragment, graph, written};

/// Checks everything that must hold for a `META.yml` of these bytes.
pub fn meta_yml(data: &[u8]) {
    check("META.yml", data);
}

/// Checks everything that must hold for a `META.json` of these bytes.
pub fn meta_json(data: &[u8]) {
    check("META.json", data);
}

/// Checks everything that must hold for a `cpanfile` of these bytes.
pub fn cpanfile(data: &[u8]) {
    check("cpanfile", data);
}

fn check(path: &str, data: &[u8]) {
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
