//! Zip files of Yarn's cache: what is read, and what is refused because programs read it in different ways.

use bomtrail_archive::{
    ArchiveKind, Client, Contents, FileKind, Limits, OddityKind, ReadOptions, read,
};
use bomtrail_testkit::{Tarball, Zipfile, cases};
use proptest::prelude::*;

use super::open;

fn package() -> Zipfile {
    let manifest = r#"{"name": "@s/a", "version": "1.0.0"}"#;
    Zipfile::default()
        .entry("node_modules/", 0o40_755, "")
        .entry("node_modules/@s/", 0o40_755, "")
        .file("node_modules/@s/a/package.json", manifest)
}

/// The last of the places with some bytes replaced by others of the same length.
fn with_last(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).rposition(|it| it == old).unwrap();
    bytes.splice(at..at + new.len(), new.iter().copied());
    bytes
}

fn paths(contents: &Contents) -> Vec<&str> {
    contents.files.keys().map(String::as_str).collect()
}

#[test]
fn the_files_of_the_package_are_read() {
    let zip = package()
        .deflated("node_modules/@s/a/index.js", b"xxxxxxxxxxxxxxxxxx")
        .entry("node_modules/@s/a/run", 0o100_755, "r")
        .entry("node_modules/@s/a/link", 0o120_777, "run")
        .file("node_modules/other/index.js", "x");
    let contents = open(Client::Yarn, &zip.finish()).unwrap();
    assert_eq!(
        paths(&contents),
        ["index.js", "link", "package.json", "run"]
    );
    assert_eq!(contents.files["run"].kind, FileKind::Executable);
    assert_eq!(contents.files["link"].kind, FileKind::Link);
    let odd: Vec<_> = contents.oddities.iter().map(|it| it.kind).collect();
    assert_eq!(odd, [OddityKind::IgnoredFile]);
    let kind = ArchiveKind::of_type("npm").unwrap();
    let manifest = kind.manifest(&contents).unwrap();
    assert_eq!(manifest.name.as_deref(), Some("@s/a"));
}

#[test]
fn a_zip_file_and_a_tar_archive_of_one_package_are_one_folder() {
    let zip = Zipfile::default()
        .file("node_modules/a/package.json", "{}")
        .deflated("node_modules/a/lib/x.js", b"x");
    let tar = Tarball::default()
        .file("package/package.json", "{}")
        .file("package/lib/x.js", "x");
    let zip = open(Client::Yarn, &zip.finish()).unwrap();
    assert_eq!(
        zip.directory_id,
        open(Client::Npm, &tar.gzip()).unwrap().directory_id
    );
}

#[test]
fn distributions_may_be_zip_files() {
    let zip = Zipfile::default()
        .file("A-1.0/META.json", "{}")
        .file("A-1.0/lib/A.pm", "1;");
    let contents = open(Client::Tar, &zip.finish()).unwrap();
    assert_eq!(paths(&contents), ["META.json", "lib/A.pm"]);
}

fn whole() -> Vec<u8> {
    package().file("node_modules/@s/a/x", "content").finish()
}

/// The file with one byte changed.
fn with_byte(at: usize, byte: u8) -> Vec<u8> {
    let mut bytes = whole();
    bytes.splice(at..=at, [byte]);
    bytes
}

/// Checks that each is refused, with what the message contains.
fn all_refused<const N: usize>(all: [(Vec<u8>, &str); N]) {
    for (number, (bytes, about)) in all.into_iter().enumerate() {
        let message = match open(Client::Yarn, &bytes) {
            Err(error) => error.to_string(),
            Ok(contents) => contents
                .first_hostile()
                .map(ToString::to_string)
                .unwrap_or_default(),
        };
        assert!(message.contains(about), "{number}: {message}, not {about}");
    }
}

#[test]
fn what_programs_read_in_different_ways_is_refused() {
    let differs = "has two descriptions of an entry that differ";
    let one = Zipfile::default().file("node_modules/a/evil", "x").finish();
    let end = one.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let hidden = [one.split_at(end).0, &whole()].concat();
    let comment = with_last([whole(), b"x".to_vec()].concat(), b"\0\0x", b"\x01\0x");
    all_refused([
        (with_last(whole(), b"@s/a/x", b"@s/a/y"), differs),
        (
            with_last(whole(), b"\x07\0\0\0\x13", b"\x08\0\0\0\x13"),
            differs,
        ),
        (hidden, differs),
        (comment, "entries after its end"),
        ([whole(), b"x".to_vec()].concat(), "entries after its end"),
        ([whole(), whole()].concat(), "entries after its end"),
        (
            [b"#!/bin/sh\n".to_vec(), whole()].concat(),
            "does not begin with an entry",
        ),
        // Encrypted, and an unknown compression.
        (with_byte(6, 1), "uses ZIP64, encryption"),
        (with_byte(8, 12), "uses ZIP64, encryption"),
    ]);
}

#[test]
fn damaged_zip_files_are_refused() {
    let mut cut = whole();
    cut.truncate(100);
    let mut endless = whole();
    endless.truncate(endless.len() - 22);
    all_refused([
        (
            with_last(whole(), b"content", b"contend"),
            "a wrong checksum",
        ),
        (cut, "cannot be unpacked"),
        (endless, "cannot be unpacked"),
        (Vec::new(), "does not begin with an entry"),
        (
            Tarball::default().file("p/a", "").gzip(),
            "does not begin with an entry",
        ),
    ]);
}

#[test]
fn entries_that_lead_out_are_refused() {
    let entry = |path: &str, mode: u32, text: &str| package().entry(path, mode, text).finish();
    all_refused([
        (
            entry("node_modules/@s/a/../../x", 0o100_644, ""),
            "leads out",
        ),
        (entry("/etc/passwd", 0o100_644, ""), "absolute path"),
        (
            entry("node_modules/@s/a/l", 0o120_777, "../../../x"),
            "link that leads out",
        ),
        (entry("node_modules/@s/a/d", 0o020_644, ""), "is a device"),
        (
            entry("node_modules/@s/a/d/", 0o40_755, "x"),
            "a folder with a content",
        ),
    ]);
}

#[test]
fn sizes_are_limited_and_must_be_right() {
    let zeros = vec![0; 1 << 20];
    let bomb = Zipfile::default()
        .deflated("node_modules/a/x", &zeros)
        .finish();
    let size = bomb.len() as u64;
    let options = ReadOptions::of(Client::Yarn).with(|it| {
        it.limits = Limits::default().with(|it| it.free = 1 << 16);
    });
    let error = read(&*bomb, size, &options).unwrap_err();
    assert!(
        error.to_string().contains("unpacks to more than"),
        "{error}"
    );
    for stated in [(1_u32 << 20) - 1, (1 << 20) + 1] {
        let mut changed = bomb.clone();
        changed.splice(22..26, stated.to_le_bytes());
        let error = open(Client::Yarn, &changed).unwrap_err();
        assert!(error.to_string().contains("cannot be unpacked"), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(64, 8192)))]

    /// A changed byte never makes a path that leads out, and reading ends.
    #[test]
    fn a_changed_byte_never_leads_out(at in 0_usize..4096, value in any::<u8>()) {
        let zip = package().deflated("node_modules/@s/a/x", b"xxxxxxxxxx");
        let mut bytes = zip.entry("node_modules/@s/a/l", 0o120_777, "x").finish();
        let at = at % bytes.len();
        bytes[at] = value;
        for client in [Client::Yarn, Client::Tar] {
            for path in open(client, &bytes).iter().flat_map(|it| it.files.keys()) {
                prop_assert!(!path.split('/').any(|it| it == ".."));
            }
        }
    }
}
