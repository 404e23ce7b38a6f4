//! The committed pages match the sources, and a page that does not is noticed.

use super::{PAGE, TABLE, outdated};
use crate::checkout::{self, File};

#[test]
fn the_pages_match_the_sources() {
    let files = checkout::read_all(&checkout::paths().unwrap());
    assert!(
        outdated(&files).unwrap().is_empty(),
        "{PAGE} or {TABLE} differs from the sources; run `cargo xtask codegen`"
    );
}

#[test]
fn a_missing_or_old_page_is_noticed_and_its_rows_are_sorted() {
    let source = "Code::new(\"npm/two\", Level::Error, \"two | bars\"); Code::new(\"npm/one\", Level::Note, \"one\");";
    let mut files = vec![File {
        path: "crates/npm/src/diags.rs".to_owned(),
        text: source.to_owned(),
    }];
    let mut pages = outdated(&files).unwrap().into_iter();
    let (name, page) = pages.next().unwrap();
    assert_eq!(name, PAGE);
    assert!(
        page.ends_with("| `npm/one` | note | one |  |\n| `npm/two` | error | two \\| bars |  |\n")
    );
    files.extend(
        [(name, page)]
            .into_iter()
            .chain(pages)
            .map(|(path, text)| File {
                path: path.to_owned(),
                text,
            }),
    );
    assert!(outdated(&files).unwrap().is_empty());
    files[1].text.push_str("edited\n");
    assert_eq!(outdated(&files).unwrap().len(), 1);
}

#[test]
fn no_codes_and_no_page_agree() {
    assert!(outdated(&[]).unwrap().is_empty());
}
