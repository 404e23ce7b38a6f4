//! Codes are found however they are laid out, and only where they are declared.

use super::{in_crate_source, in_file, is_test};

#[test]
fn both_ways_to_declare_a_code_are_found() {
    let text = "
        pub static A: Code = Code::new(
            \"npm/no-lock\",
            Level::Warning,
            \"there is no \\
             lockfile\",
        );
        pub static B: Code = Code { about: \"two\", id: \"npm/two\", level: Level::Error };
    ";
    let found = in_file("crates/npm/src/diags.rs", text);
    let rows: Vec<_> = found
        .iter()
        .map(|it| {
            (
                it.id.as_str(),
                it.level.as_str(),
                it.about.as_str(),
                it.line,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("npm/no-lock", "warning", "there is no lockfile", 3),
            ("npm/two", "error", "two", 8)
        ]
    );
}

#[test]
fn the_type_itself_is_no_code() {
    let text = "pub struct Code { pub id: &'static str } impl Code { pub const fn new(id: &str) -> Self { Self { id } } }";
    assert_eq!(in_file("crates/graph/src/diagnostic.rs", text), []);
}

#[test]
fn paths_are_told_apart() {
    assert!(in_crate_source("crates/npm/src/v1/tree.rs"));
    assert!(!in_crate_source("crates/npm/tests/it/main.rs"));
    assert!(!in_crate_source("xtask/src/main.rs"));
    assert!(is_test("crates/npm/src/v1/tests.rs") && is_test("crates/npm/tests/it/main.rs"));
    assert!(!is_test("crates/npm/src/v1.rs"));
}
