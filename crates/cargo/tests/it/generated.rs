//! Lockfiles that Cargo makes on the spot for well-known crates.

use std::fs;
use std::path::Path;
use std::process::Command;

use bomtrail_testkit::cases;

use crate::compare;

/// Manifests: what each asks for.
const PROJECTS: [&str; 10] = [
    "clap = { version = \"4\", features = [\"derive\"] }",
    "jsonschema = { version = \"0.60\", default-features = false }",
    "proptest = { version = \"1\", default-features = false }\n[dev-dependencies]\ninsta = { version = \"1\", default-features = false }",
    "quick-xml = \"0.42\"\n[target.'cfg(unix)'.dependencies]\nsignal-hook = \"0.3\"",
    "json = { package = \"serde_json\", version = \"1\" }\nserde = { version = \"1\", features = [\"derive\"] }",
    "sigstore-verify = { version = \"=0.15.1\", default-features = false }",
    "spdx = \"0.13\"\n[build-dependencies]\nsemver = \"1\"",
    "tempfile = \"3\"\ntar = { version = \"0.4\", default-features = false }",
    "ignore = \"0.4\"\nflate2 = { version = \"1\", optional = true }",
    "thiserror = \"2\"\njiff = { version = \"1\", default-features = false }",
];

#[test]
fn lockfiles_of_well_known_crates_are_what_cargo_says() {
    let mut compared = 0;
    let wanted = cases(2, 10);
    for (number, dependencies) in PROJECTS.iter().enumerate().take(wanted) {
        let folder = tempfile::tempdir().unwrap();
        if !make(folder.path(), number, dependencies) {
            eprintln!("skipped: `{dependencies}` cannot be locked without the network");
            continue;
        }
        let Some(metadata) = compare::metadata(folder.path()) else {
            eprintln!("skipped: `{dependencies}` needs crates that are not on this machine");
            continue;
        };
        compare::assert_equal(folder.path(), &metadata);
        compared += 1;
    }
    if compared < wanted {
        eprintln!(
            "skipped: {} of {wanted} projects need crates that are not on this machine",
            wanted - compared
        );
    }
}

/// Makes a workspace with a member that asks for `dependencies`; false where Cargo cannot lock it without the network.
fn make(folder: &Path, number: usize, dependencies: &str) -> bool {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n[workspace.package]\nversion = \"0.2.0\"\n\
         [package]\nname = \"top\"\nversion.workspace = true\nedition = \"2024\"\n[dependencies]\nmember = { path = \"crates/member\" }\n",
    );
    write("src/lib.rs", "");
    write("crates/member/src/lib.rs", "");
    write(
        "crates/member/Cargo.toml",
        &format!(
            "[package]\nname = \"member\"\nversion = \"0.1.{number}\"\nedition = \"2024\"\n[dependencies]\n{dependencies}\n"
        ),
    );
    let args = ["generate-lockfile", "--offline"];
    let output = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(folder)
        .output();
    output.unwrap().status.success()
}
