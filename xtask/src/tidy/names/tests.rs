//! Empty names are found wherever a module can be named.

use super::{files, inline_modules};
use crate::source::tokens;

#[test]
fn empty_file_and_folder_names_are_found() {
    assert_eq!(files("crates/npm/src/utils.rs").len(), 1);
    assert_eq!(files("crates/npm/src/helpers/one.rs").len(), 1);
    assert_eq!(files("crates/npm/src/utilities.rs"), []);
    assert_eq!(files("fixtures/npm/common/package.json"), []);
}

#[test]
fn the_old_module_layout_is_found() {
    assert!(
        files("crates/npm/src/lock/mod.rs")[0]
            .message
            .contains("`foo.rs`")
    );
}

#[test]
fn an_inline_module_with_an_empty_name_is_found() {
    let tokens = tokens("mod lock;\nmod misc {\n}\nfn f(misc: u8) {}").unwrap();
    let found = inline_modules("a.rs", &tokens);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, 2);
}
