//! Runs the program, and shows what it did in a form that is the same everywhere.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The small project of the fixtures.
pub(crate) fn basic() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/npm/basic")
}

/// The program, in `folder`, with nothing of this machine's in its environment and a fixed time.
pub(crate) fn bomtrail(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bomtrail"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    // Documents have the same time in every run.
    command.env("SOURCE_DATE_EPOCH", "1767225600");
    command
}

/// What a run of the program gave: exit code, then both outputs. `folder` is called `[folder]`.
pub(crate) fn shown(folder: &Path, arguments: &[&str]) -> String {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    finish(folder, bomtrail(folder).args(arguments))
}

/// As [`shown`], for a prepared command.
pub(crate) fn finish(folder: &Path, command: &mut Command) -> String {
    let output = command.output().unwrap();
    let code = output.status.code().unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let all = format!("exit {code}\n--- stdout\n{stdout}--- stderr\n{stderr}");
    all.replace(folder.to_str().unwrap(), "[folder]")
}

fn text(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    bytes.read_to_string(&mut text).unwrap();
    text
}

/// The standard output of a run that succeeds without problems.
pub(crate) fn stdout(folder: &Path, arguments: &[&str]) -> String {
    let output = bomtrail(folder).args(arguments).output().unwrap();
    let told = text(&output.stderr);
    let is_fine = told.lines().all(|it| it.starts_with("wrote `"));
    assert!(output.status.success() && is_fine, "{told}");
    text(&output.stdout)
}

/// A file in a test's own folder.
pub(crate) fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    bomtrail::write::make_folder(path.parent().unwrap()).unwrap();
    bomtrail::write::write_atomic::<std::io::Error>(&path, |out| out.write_all(text.as_bytes()))
        .unwrap();
}

/// An artifact and an SBOM of it, to be signed.
pub(crate) fn put_signable(folder: &Path) {
    put(folder, "app.tgz", "the artifact");
    put(
        folder,
        "app.cdx.json",
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#,
    );
}

/// The text of a file in a test's own folder.
pub(crate) fn get(folder: &Path, name: &str) -> String {
    let disk = bomtrail::source::Disk::open(folder, 1 << 30).unwrap();
    String::from_utf8(disk.load(name).unwrap()).unwrap()
}

/// The names in a test's own folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    bomtrail::graph::Files::list(&bomtrail::source::Disk::open(folder, 1).unwrap(), "")
}
