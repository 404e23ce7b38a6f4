//! The gate itself, and how a violation reads.

use super::{Violation, violations};

#[test]
fn the_house_is_tidy() {
    let found: Vec<String> = violations()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        found.is_empty(),
        "`cargo xtask tidy` finds:\n{}",
        found.join("\n")
    );
}

#[test]
fn a_violation_reads_as_file_line_message() {
    assert_eq!(
        Violation::new("a/b.rs", 3, "do not").to_string(),
        "a/b.rs:3: do not"
    );
}
