//! The ways of CPAN's files through the program: read, include every feature, link, verify, write in every format.

use bomtrail::Diagnostics;
use bomtrail::formats::READERS;
use bomtrail::graph::{Files, Fragment, Input, NoFiles};
use bomtrail_cpan::{PerlEnvironment, core_and_index};

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

/// Checks everything that must hold for a `cpanfile.snapshot` of these bytes; what follows a NUL is the cpanfile next to
/// it.
pub fn snapshot(data: &[u8]) {
    snapshot_documents(data);
}

/// Does what [`snapshot`] does and returns what was written with the modules of Perl's core.
pub fn snapshot_documents(data: &[u8]) -> Vec<Document> {
    cpan_documents(SNAPSHOT, data);
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let input = Input {
        path: SNAPSHOT,
        bytes: parts.next().unwrap_or_default(),
        files: &Beside(parts.next()),
    };
    let reader = READERS.iter().find(|it| it.claims(SNAPSHOT)).unwrap();
    let mut fragments = vec![fragment(*reader, &input)];
    let around = PerlEnvironment::default();
    core_and_index(&mut fragments, &around, &mut Diagnostics::new());
    written(&graph(fragments))
}

const SNAPSHOT: &str = "cpanfile.snapshot";

/// The cpanfile next to a snapshot.
struct Beside<'a>(Option<&'a [u8]>);

impl Files for Beside<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let bytes = self.0.filter(|_| path == "cpanfile")?;
        Some(bytes.to_vec())
    }

    fn is_dir(&self, _path: &str) -> bool {
        false
    }

    fn list(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }
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
