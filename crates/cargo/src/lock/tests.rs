use bomtrail_graph::{Diagnostics, Input, NoFiles, Reader};

use super::CargoLock;

fn read(text: &str) -> (usize, Vec<&'static str>) {
    let input = Input {
        path: "Cargo.lock",
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    let mut diagnostics = Diagnostics::new();
    let fragment = CargoLock.read(&input, &mut diagnostics);
    let ids = diagnostics.iter().map(|it| it.code.id).collect();
    (fragment.components.len(), ids)
}

#[test]
fn a_lockfile_is_known_by_its_name_and_its_content() {
    assert!(CargoLock.claims("a/Cargo.lock") && !CargoLock.claims("Cargo.toml"));
    assert!(CargoLock.sniff(b"version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n"));
    assert!(!CargoLock.sniff(b"[package]\nname = \"a\"\nversion = \"1.0.0\"\n"));
}

#[test]
fn a_package_that_replaces_itself_ends() {
    let text = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nreplace = \"a 1.0.0\"\ndependencies = [\"a\"]\n";
    let (count, ids) = read(text);
    assert!(count == 0 && ids.contains(&"cargo/no-packages"));
}

#[test]
fn bytes_that_are_not_text_are_reported() {
    let input = Input {
        path: "Cargo.lock",
        bytes: b"\xff\xfe",
        files: &NoFiles,
    };
    let mut diagnostics = Diagnostics::new();
    let fragment = CargoLock.read(&input, &mut diagnostics);
    assert!(fragment.components.is_empty() && diagnostics.len() == 1);
}
