//! Strays at the top and silent fixtures are found.

use super::{fixture_cases, top_level};

fn owned(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|&path| path.to_owned()).collect()
}

#[test]
fn a_stray_at_the_top_is_found_once() {
    let paths = owned(&[
        ".ci/run",
        "Cargo.lock",
        "LICENSE-MIT",
        "crates/README.md",
        "docs/a.md",
        "docs/b.md",
        "notes.txt",
    ]);
    let found = top_level(&paths);
    let strays: Vec<&str> = found.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(strays, ["docs", "notes.txt"]);
}

#[test]
fn a_fixture_without_an_expectation_is_found() {
    let paths = owned(&[
        "fixtures/README.md",
        "fixtures/npm/README.md",
        "fixtures/npm/alias/expected.graph",
        "fixtures/npm/alias/package-lock.json",
        "fixtures/npm/bare/package-lock.json",
        "fixtures/npm/nested/packages/a/expected.json",
    ]);
    let found = fixture_cases(&paths);
    let bare: Vec<&str> = found.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(bare, ["fixtures/npm/bare", "fixtures/npm/nested"]);
}
