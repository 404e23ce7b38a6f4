//! What holds for every writer there is.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bomtrail::formats::{VIEWS, WRITERS, view};
use bomtrail::{Bom, Diagnostics, TOOL, Writer, scan, writer};

use crate::fixture::basic;

static GRAPH_SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = include_str!("../../../../schemas/graph-v1.schema.json");
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
});

fn all() -> impl Iterator<Item = &'static dyn Writer> {
    WRITERS.iter().chain(VIEWS).copied()
}

fn written(writer: &dyn Writer, compact: bool) -> Vec<u8> {
    let scan = scan(basic()).unwrap();
    let bom = Bom::new(scan.graph(), TOOL)
        .timestamp(Some("2026-01-01T00:00:00Z"))
        .compact(compact);
    let mut out = Vec::new();
    let mut diagnostics = Diagnostics::new();
    writer.write(&bom, &mut out, &mut diagnostics).unwrap();
    out
}

#[test]
fn every_format_is_found_by_its_full_name_and_none_is_there_twice() {
    let mut names = BTreeSet::new();
    for it in all() {
        let format = it.format();
        let full = format!("{}@{}", format.name, format.version);
        let found = writer(&full).or_else(|_| view(&full)).unwrap();
        assert_eq!(found.format(), format);
        assert!(names.insert(full));
    }
}

#[test]
fn the_default_versions_are_those_of_the_manual() {
    let version = |name| writer(name).unwrap().format().version;
    assert_eq!(version("cyclonedx-json"), "1.6");
    assert_eq!(version("spdx-json"), "2.3");
    for pinned in [
        "cyclonedx-json@1.4",
        "cyclonedx-json@1.5",
        "cyclonedx-json@1.7",
    ] {
        assert!(writer(pinned).is_ok(), "{pinned}");
    }
}

#[test]
fn same_input_same_bytes() {
    for it in all() {
        assert_eq!(written(it, false), written(it, false));
        assert!(written(it, true).len() <= written(it, false).len());
    }
}

#[test]
fn no_output_names_a_folder_of_this_machine() {
    let home = std::fs::canonicalize(basic()).unwrap();
    let home = home.parent().unwrap().to_str().unwrap();
    for it in all() {
        let text = String::from_utf8(written(it, true)).unwrap();
        assert!(!text.contains(home), "{:?}", it.format());
    }
}

/// Writes every format, and holds the JSON graph against its schema.
pub(crate) fn everything_is_written(scan: &bomtrail::Scan) {
    let bom = Bom::new(scan.graph(), TOOL)
        .timestamp(Some("2026-01-01T00:00:00Z"))
        .compact(true);
    for it in all() {
        let mut out = Vec::new();
        it.write(&bom, &mut out, &mut Diagnostics::new()).unwrap();
        assert!(!out.is_empty());
        if it.format().name == "json" {
            let document = serde_json::from_slice(&out).unwrap();
            let errors: Vec<_> = GRAPH_SCHEMA.iter_errors(&document).take(5).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }
}

/// A sink that takes some bytes and then refuses.
struct Full(usize);

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or_else(|| std::io::Error::from(std::io::ErrorKind::StorageFull))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_sink_that_refuses_is_an_error_of_its_own_kind() {
    let scan = scan(basic()).unwrap();
    let bom = Bom::new(scan.graph(), TOOL).timestamp(Some("2026-01-01T00:00:00Z"));
    for it in all() {
        for room in [0, 100] {
            let error = it
                .write(&bom, &mut Full(room), &mut Diagnostics::new())
                .unwrap_err();
            let bomtrail::WriteError::Sink(cause) = error else {
                panic!("{:?}: {error}", it.format());
            };
            assert_eq!(cause.kind(), std::io::ErrorKind::StorageFull);
        }
    }
}
