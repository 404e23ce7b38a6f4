//! Each banned piece of code is found in code and never in text about code.

use super::{banned_code, formatted_purls, serde_shortcuts};
use crate::source::tokens;

fn lines_banned(text: &str) -> Vec<usize> {
    banned_code("a.rs", &tokens(text).unwrap())
        .iter()
        .map(|it| it.line)
        .collect()
}

#[test]
fn silenced_lints_are_found() {
    let text = [
        "#",
        "![allow(dead_code)]\n",
        "#",
        "[allow(x)] fn f() {}\n",
        "#[expect(x)] fn g() {}",
    ]
    .concat();
    assert_eq!(lines_banned(&text), [1, 2]);
}

#[test]
fn tests_nobody_runs_are_found() {
    let text = [
        "#",
        "[ignore]\n#[test] fn f() {}\n",
        "#",
        "[ignore = \"slow\"]\n#[test] fn g() {}",
    ]
    .concat();
    assert_eq!(lines_banned(&text), [1, 3]);
}

#[test]
fn stubs_are_found_in_code_only() {
    let text = [
        "fn f() { to",
        "do!() }\nfn g() { unimple",
        "mented!(\"x\") }\n// a to",
        "do!() in words",
    ]
    .concat();
    assert_eq!(lines_banned(&text), [1, 2]);
    assert!(lines_banned("fn f(todo: bool) -> bool { todo != true }").is_empty());
}

#[test]
fn serde_shortcuts_are_found_among_others() {
    let text = "#[serde(\n  default,\n  flatten,\n)] struct A; #[serde(untagged)] enum B {}";
    let lines: Vec<usize> = serde_shortcuts("a.rs", &tokens(text).unwrap())
        .iter()
        .map(|it| it.line)
        .collect();
    assert_eq!(lines, [3, 4]);
    let fine = "#[serde(rename = \"flatten\")] struct A; fn f() { x.iter().flatten(); }";
    assert_eq!(serde_shortcuts("a.rs", &tokens(fine).unwrap()), []);
}

#[test]
fn purls_out_of_format_strings_are_found_outside_tests() {
    let tokens =
        tokens("fn f() {\n format!(\"pkg:npm/{name}\"); format!(\"{purl}\"); g(\"pkg:npm/a@1\") }")
            .unwrap();
    let found = formatted_purls("crates/npm/src/a.rs", &tokens);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, 2);
    assert_eq!(formatted_purls("crates/npm/src/a/tests.rs", &tokens), []);
}
