//! Both ways to list the checkout find its sources and nothing that was built.

use super::{paths, read_all, walked};

#[test]
fn sources_are_listed_with_and_without_git_and_built_files_never() {
    for listed in [paths().unwrap(), walked().unwrap()] {
        for wanted in ["Cargo.toml", "xtask/src/checkout/tests.rs"] {
            assert!(listed.iter().any(|path| path == wanted), "{wanted}");
        }
        assert!(
            !listed
                .iter()
                .any(|path| path.starts_with("target/") || path.starts_with(".git/"))
        );
    }
}

#[test]
fn a_file_that_is_gone_is_left_out() {
    let listed = ["Cargo.toml".to_owned(), "no-such-file".to_owned()];
    let read: Vec<String> = read_all(&listed)
        .into_iter()
        .map(|file| file.path)
        .collect();
    assert_eq!(read, ["Cargo.toml"]);
}
