//! The official suite, read in place where it is there, and our own, which every clone has.

use std::path::{Path, PathBuf};

use crate::cases::{Case, read_folder};

pub(crate) fn official() -> Option<Vec<Case>> {
    let tests =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/purl-spec/tests");
    if !tests.is_dir() {
        eprintln!("skipped: the official suite is not beside this clone (shared/corpus/purl-spec)");
        return None;
    }
    Some(
        ["spec", "types"]
            .iter()
            .flat_map(|folder| read_folder(&tests.join(folder)))
            .collect(),
    )
}

pub(crate) fn ours() -> Vec<Case> {
    let fixtures: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/purl");
    read_folder(&fixtures)
}

fn assert_all_pass(name: &str, cases: &[Case]) {
    let failures: Vec<String> = cases.iter().filter_map(|case| case.run().err()).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
    eprintln!("{name}: {} cases", cases.len());
}

#[test]
fn the_official_suite_passes() {
    if let Some(cases) = official() {
        assert!(
            cases.len() >= 586,
            "the suite has shrunk to {} cases",
            cases.len()
        );
        assert_all_pass("official suite", &cases);
    }
}

#[test]
fn our_own_suite_passes() {
    let cases = ours();
    assert!(cases.len() >= 30, "only {} cases were found", cases.len());
    assert_all_pass("own suite", &cases);
}
