use super::*;

fn package(name: &str, text: &str) -> Package {
    Package {
        manifest: format!("crates/{name}/Cargo.toml"),
        text: text.to_owned(),
        ..Package::default()
    }
}

fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn an_example_that_no_test_runs() {
    let packages = [
        package("a", "[lib]\ndoctest = false\n"),
        package("b", "[lib]\n"),
    ];
    let example = "/// Adds.\n///\n/// ```\n/// add();\n/// ```\npub fn add() {}\n";
    let files = [
        file("crates/a/src/lib.rs", example),
        file("crates/a/tests/it/main.rs", example),
        file("crates/b/src/lib.rs", example),
    ];
    let found = untested(&packages, &files);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].path.as_str(), found[0].line),
        ("crates/a/src/lib.rs", 3)
    );
}

#[test]
fn a_block_of_text_is_no_example() {
    let packages = [package("a", "doctest = false\n")];
    let text = "//! ```text\n//! a -> b\n//! ```\n";
    assert_eq!(
        untested(&packages, &[file("crates/a/src/lib.rs", text)]),
        []
    );
}
