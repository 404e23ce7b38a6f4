//! Archives that are made to harm, as packages of a project: each is refused with the reason, soon, and in little memory.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_testkit::{HostileArchive, hostile_archives, sample};
use sha2::{Digest, Sha512};

use crate::run::{get, put, shown};

/// No check takes longer, on a slow machine that does other things too.
const SOON: Duration = Duration::from_mins(1);

/// A check of the project in a folder, in 256 MiB of memory.
fn check(folder: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_bomtrail");
    // Address space: half of it is the unoptimised program, its threads, and what the allocator reserves.
    let script = "ulimit -v 524288; exec \"$0\" \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, program, "check", ".", "--archives", "mirror"]);
    shell.args(["-A", "approvals/no-list", "-f", "json"]);
    let shell = shell.current_dir(folder).env_clear().stdin(Stdio::null());
    shell.output().unwrap()
}

/// A project with a package that has this archive.
fn write_project(folder: &Path, archive: &HostileArchive) {
    let bytes = &archive.bytes;
    if archive.package_type == "cpan" {
        let path = "A/AU/AUTHOR/a-1.0.0.tar.gz";
        put(folder, "cpanfile", "requires 'a';\n");
        let snapshot = format!(
            "# carton snapshot format: version 1.0\nDISTRIBUTIONS\n  a-1.0.0\n    pathname: {path}\n    provides:\n      \
             a 1.0.0\n    requirements:\n      perl 5.006\n"
        );
        put(folder, "cpanfile.snapshot", &snapshot);
        put_bytes(folder, &format!("mirror/authors/id/{path}"), bytes);
        return;
    }
    let integrity = STANDARD.encode(Sha512::digest(bytes));
    let lock = format!(
        r#"{{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {{
        "": {{"name": "app", "version": "1.0.0", "dependencies": {{"a": "1.0.0"}}}},
        "node_modules/a": {{"version": "1.0.0", "resolved": "https://npm.example.com/a/-/a-1.0.0.tgz",
        "integrity": "sha512-{integrity}"}}}}}}"#
    );
    put(folder, "package-lock.json", &lock);
    put_bytes(folder, "mirror/a-1.0.0.tgz", bytes);
}

fn put_bytes(folder: &Path, name: &str, bytes: &[u8]) {
    put(folder, name, "");
    let written = bomtrail::write::write_atomic::<std::io::Error>(&folder.join(name), |out| {
        out.write_all(bytes)
    });
    written.unwrap();
}

#[test]
fn a_hostile_archive_is_refused_in_little_memory() {
    for archive in sample(hostile_archives(), 9) {
        let folder = tempfile::tempdir().unwrap();
        write_project(folder.path(), &archive);
        let start = Instant::now();
        let output = check(folder.path());
        let name = archive.name;
        let (found, told) = (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        );
        assert_eq!(output.status.code(), Some(1), "{name}: {found} {told}");
        let is_named = found.contains("archive/refused") && found.contains(archive.about);
        assert!(is_named, "{name}: {found}");
        assert!(start.elapsed() < SOON, "{name}");
    }
}

#[test]
fn an_output_never_replaces_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "package.json",
        r#"{"name": "app", "version": "1.0.0"}"#,
    );
    put(
        folder.path(),
        "package-lock.json",
        r#"{"name": "app", "lockfileVersion": 3, "packages": {}}"#,
    );
    put(folder.path(), "mirror/a-1.0.0.tgz", "the archive");
    let archive = "mirror/a-1.0.0.tgz";
    let sbom = [
        "sbom",
        ".",
        "--archives",
        "mirror",
        "-f",
        "cyclonedx",
        "-o",
        archive,
    ];
    let source = [
        "source", archive, "--repo", ".", "-f", "json", "-o", archive,
    ];
    for arguments in [&sbom[..], &source[..]] {
        let ended = shown(folder.path(), arguments);
        assert!(ended.starts_with("exit 2"), "{ended}");
        assert_eq!(get(folder.path(), archive), "the archive");
    }
}
