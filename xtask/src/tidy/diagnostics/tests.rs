//! Ids that would confuse a user's configuration are found.

use super::ids;
use crate::codes::in_file;

fn found(declarations: &[&str]) -> Vec<String> {
    let text: Vec<String> = declarations
        .iter()
        .map(|id| format!("Code::new(\"{id}\", Level::Note, \"a\");"))
        .collect();
    ids(&in_file("crates/npm/src/diags.rs", &text.join("\n")))
        .iter()
        .map(|it| format!("{}: {}", it.line, it.message))
        .collect()
}

#[test]
fn an_id_has_one_meaning() {
    let found = found(&["npm/no-lock", "npm/two", "npm/no-lock"]);
    assert_eq!(
        found,
        ["3: `npm/no-lock` is declared in crates/npm/src/diags.rs:1 too; an id has one meaning"]
    );
}

#[test]
fn an_id_carries_its_crate_and_is_kebab_case() {
    assert_eq!(found(&["npm/v1-lock"]).len(), 0);
    for bad in [
        "cpan/no-lock",
        "no-lock",
        "npm/noLock",
        "npm/no_lock",
        "npm/",
        "npm/no--lock",
        "npm/a/b",
    ] {
        assert_eq!(found(&[bad]).len(), 1, "{bad}");
    }
}
