//! What cannot be done: exit code 2, a reason that helps, nothing on standard output and nothing half-written.

use std::process::Stdio;

use crate::run::{basic, bomtrail, names, put, shown};

#[test]
fn no_lockfile() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(shown(folder.path(), &["sbom"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: there is nothing to read in `.`: looked for `npm-shrinkwrap.json`, `package-lock.json`, `pnpm-lock.yaml`, `yarn.lock`, `bun.lock`, `bun.lockb`, `node_modules/.package-lock.json`, `cpanfile.snapshot`, `MYMETA.json`, `MYMETA.yml`, `cpm.yml`, `cpanfile`, `META.json`, `META.yml`, `Cargo.lock`; `npm install --package-lock-only` makes a `package-lock.json`; `carton install` makes a `cpanfile.snapshot`; `cargo generate-lockfile` makes a `Cargo.lock`
    ");
}

#[test]
fn a_truncated_lockfile() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "package-lock.json",
        "{\"lockfileVersion\": 3,\n\"packages\": {",
    );
    insta::assert_snapshot!(shown(folder.path(), &["sbom"]), @r"
    exit 2
    --- stdout
    --- stderr
    error[npm/unreadable] package-lock.json:2:13: not readable as JSON: EOF while parsing an object (help: restore the file from version control, or recreate it with `npm install --package-lock-only`)
    error: `package-lock.json` could not be read
    ");
    let quiet = shown(folder.path(), &["sbom", "--quiet"]);
    insta::assert_snapshot!(quiet, @r"
    exit 2
    --- stdout
    --- stderr
    error: `package-lock.json` could not be read
    ");
}

#[test]
fn a_path_that_is_not_there_and_one_that_is_no_input() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "notes.txt", "");
    insta::assert_snapshot!(shown(folder.path(), &["sbom", "gone"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `gone` cannot be read: it does not exist
    ");
    insta::assert_snapshot!(shown(folder.path(), &["tree", "notes.txt"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `notes.txt` is not a file bomtrail can read; it reads SBOMs and `npm-shrinkwrap.json`, `package-lock.json`, `pnpm-lock.yaml`, `yarn.lock`, `bun.lock`, `bun.lockb`, `node_modules/.package-lock.json`, `cpanfile.snapshot`, `MYMETA.json`, `MYMETA.yml`, `cpm.yml`, `cpanfile`, `META.json`, `META.yml`, `Cargo.lock`
    ");
}

#[test]
fn a_lockfile_that_cannot_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json/inside", "");
    insta::assert_snapshot!(shown(folder.path(), &["graph"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `package-lock.json` cannot be read: it is not a regular file
    ");
}

#[test]
fn an_unknown_workspace() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", crate::split::WORKSPACES);
    let told = shown(folder.path(), &["sbom", "--workspace", "three"]);
    insta::assert_snapshot!(told, @r"
    exit 2
    --- stdout
    --- stderr
    error: there is no workspace `three`; there is `@all/one`, `two`
    ");
}

#[test]
fn a_missing_folder_is_made_and_one_that_takes_no_file_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "package-lock.json",
        "{\"packages\":{\"\":{\"name\":\"a\"}}}",
    );
    let made = shown(folder.path(), &["sbom", "-o", "new/deep/app.cdx.json"]);
    assert!(made.starts_with("exit 0"), "{made}");
    assert_eq!(names(&folder.path().join("new/deep")), ["app.cdx.json"]);
    let too_large = ["sbom", "-o", "other/app.cdx.json", "--max-bytes", "1"];
    assert!(shown(folder.path(), &too_large).starts_with("exit 2"));
    let below_a_file = shown(
        folder.path(),
        &["sbom", "-o", "package-lock.json/app.cdx.json"],
    );
    insta::assert_snapshot!(below_a_file, @r"
    exit 2
    --- stdout
    --- stderr
    error: `package-lock.json/app.cdx.json` cannot be written: Not a directory (os error 20)
    ");
    insta::assert_snapshot!(shown(folder.path(), &["sbom", "-o", "/"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `/` cannot be written: Is a directory (os error 21)
    ");
    assert_eq!(names(folder.path()), ["new", "package-lock.json"]);
}

#[test]
fn a_name_that_is_not_in_the_graph() {
    insta::assert_snapshot!(shown(&basic(), &["why", "Price"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: no package is named `Price`; did you mean `price`?
    ");
    insta::assert_snapshot!(shown(&basic(), &["why", "pkg:"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `pkg:` is not a valid Package URL: the package type is missing; write it after `pkg:`, as in `pkg:npm/name`
    ");
}

#[test]
fn a_reader_that_goes_away_does_not_change_the_verdict() {
    // More than a pipe holds, so that the program notices.
    let folder = tempfile::tempdir().unwrap();
    let packages: Vec<String> = (0..1200)
        .map(|number| format!("\"node_modules/p{number}\":{{\"version\":\"1.0.0\"}}"))
        .collect();
    let lock = format!(
        "{{\"lockfileVersion\":3,\"packages\":{{{}}}}}",
        packages.join(",")
    );
    put(folder.path(), "package-lock.json", &lock);
    let empty = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6"}"#;
    put(folder.path(), "empty.json", empty);
    for (command, expected) in [
        (&["sbom"][..], 0),
        (&["graph"], 0),
        (&["tree"], 0),
        (&["check"], 1),
        (&["check", "-f", "sarif"], 1),
        (&["sbom", "--strict"], 1),
        (&["verify", "--require", "E1"], 1),
        (&["diff", ".", "empty.json", "--fail-on", "any"], 1),
    ] {
        let mut child = bomtrail(folder.path())
            .args(command)
            .arg("-q")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(expected), "{command:?}");
        assert!(output.stderr.is_empty(), "{command:?}");
    }
}
