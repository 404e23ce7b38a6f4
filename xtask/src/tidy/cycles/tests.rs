use super::*;

fn violations(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<File> = files
        .iter()
        .map(|(path, text)| File {
            path: format!("crates/x/src/{path}"),
            text: (*text).to_owned(),
        })
        .collect();
    let found = between_folders(&files).into_iter();
    found.map(|it| it.to_string()).collect()
}

#[test]
fn a_cycle_between_two_folders_is_one_violation() {
    let found = violations(&[
        ("read/a.rs", "use crate::write::{b::B, c};"),
        ("write/b.rs", "fn f() { crate::read::a::g() }"),
        ("write/c.rs", ""),
    ]);
    let [only] = &found[..] else {
        panic!("{found:?}")
    };
    assert!(only.contains("read/a, write/b;"), "{only}");
}

#[test]
fn files_of_one_folder_and_its_own_module_may_import_each_other() {
    let inside = violations(&[
        ("read.rs", "mod a; use a::A; pub use b::B;"),
        ("read/a.rs", "use super::b; use super::Story;"),
        ("read/b.rs", "use super::a::{A as Other};"),
    ]);
    assert_eq!(inside, Vec::<String>::new());
}

#[test]
fn a_re_export_is_no_dependency_but_a_use_is() {
    let passed_on = [
        ("model.rs", "pub use crate::walk::scope::Scope;"),
        ("walk/scope.rs", "use crate::model::Graph;"),
    ];
    assert_eq!(violations(&passed_on), Vec::<String>::new());
    let used = [
        ("model.rs", "use crate::walk::scope::Scope;"),
        ("walk/scope.rs", "use crate::model::Graph;"),
    ];
    assert_eq!(violations(&used).len(), 1);
}

#[test]
fn tests_and_crate_roots_do_not_count() {
    let found = violations(&[
        ("lib.rs", "mod a; use a::A;"),
        ("a.rs", "use crate::B;"),
        ("a/tests.rs", "use crate::b::c::C;"),
        ("b/c.rs", "use crate::a::A;"),
    ]);
    assert_eq!(found, Vec::<String>::new());
}
