//! Advice is found next to its code, and every diagnostic has some.

use super::*;
use crate::{checkout, codes};

#[test]
fn advice_is_that_of_the_function_that_names_the_code() {
    let text = r#"
static ONE: Code = Code::new("npm/one", Level::Note, "one");
static ONE_MORE: Code = Code::new("npm/one-more", Level::Note, "more");
fn one(name: &str) -> Diagnostic {
    Diagnostic::new(&ONE, place, "message").help(format!("say \"{name}\" and \
        no more"))
}
fn more() -> Diagnostic {
    Diagnostic::new(&ONE_MORE, place, "message")
}
"#;
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let files = [
        file("crates/npm/src/diags.rs", text),
        file(PAGE, "\"npm/one-more\" = \"count\"\n\"npm/one\" = \"no\"\n"),
    ];
    let all = of_crates(&files).unwrap();
    assert_eq!(all["npm/one"], "say \"…\" and no more");
    assert_eq!(all["npm/one-more"], "count");
}

#[test]
fn every_diagnostic_has_advice_and_no_line_is_left_over() {
    let files = checkout::read_all(&checkout::paths().unwrap());
    let all = of_crates(&files).unwrap();
    let codes = codes::of_crates(&files);
    let missing: Vec<&str> = codes
        .iter()
        .map(|it| &*it.id)
        .filter(|it| !all.contains_key(*it))
        .collect();
    assert!(missing.is_empty(), "add to {PAGE}: {missing:?}");
    let over: Vec<&String> = all
        .keys()
        .filter(|id| !codes.iter().any(|it| it.id == **id))
        .collect();
    assert!(over.is_empty(), "remove from {PAGE}: {over:?}");
}
