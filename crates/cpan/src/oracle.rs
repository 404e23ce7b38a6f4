//! For tests: the tables of the corpus that real Perl wrote.

#![expect(clippy::disallowed_methods, reason = "tests read files")]

use std::fs;

use bomtrail_testkit::shared;

/// The rows of a table without its heading; nothing, with a message, where the corpus is absent.
pub(crate) fn rows(name: &str) -> Vec<Vec<String>> {
    let Some(path) = shared(&["corpus/cpan/_oracle/", name].concat()) else {
        return Vec::new();
    };
    let text = fs::read_to_string(path).unwrap();
    let row = |line: &str| line.split('\t').map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = text.lines().skip(1).map(row).collect();
    assert!(rows.len() > 100);
    rows
}
