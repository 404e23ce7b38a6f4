//! What an archive unpacks to, by the rules of its client.

use bomtrail_archive::{Client, Contents, FileKind, OddityKind};

use super::open;
use bomtrail_testkit::Tarball;

fn paths(contents: &Contents) -> Vec<&str> {
    contents.files.keys().map(String::as_str).collect()
}

fn kinds(contents: &Contents) -> Vec<OddityKind> {
    contents.oddities.iter().map(|it| it.kind).collect()
}

#[test]
fn npm_drops_the_first_folder_whatever_its_name() {
    let archive = Tarball::default()
        .file("package/package.json", "{}")
        .file("other/lib/a.js", "a")
        .file("loose.js", "never unpacked")
        .gzip();
    let contents = open(Client::Npm, &archive).unwrap();
    assert_eq!(paths(&contents), ["lib/a.js", "package.json"]);
    assert_eq!(kinds(&contents), [OddityKind::IgnoredFile]);
}

#[test]
fn tar_drops_only_a_folder_that_all_paths_share() {
    let shared = Tarball::default()
        .folder("A-1.0/")
        .file("./A-1.0/META.json", "{}")
        .file("A-1.0/lib/A.pm", "a")
        .gzip();
    let contents = open(Client::Tar, &shared).unwrap();
    assert_eq!(paths(&contents), ["META.json", "lib/A.pm"]);
    let loose = Tarball::default()
        .file("META.json", "{}")
        .file("lib/A.pm", "a");
    let contents = open(Client::Tar, &loose.gzip()).unwrap();
    assert_eq!(paths(&contents), ["META.json", "lib/A.pm"]);
}

#[test]
fn the_last_of_several_entries_with_one_path_is_unpacked() {
    for client in [Client::Npm, Client::Tar] {
        let archive = Tarball::default()
            .file("package/package.json", "first")
            .file("package/package.json", "last")
            .gzip();
        let contents = open(client, &archive).unwrap();
        assert_eq!(contents.content("package.json"), Some(&b"last"[..]));
        assert_eq!(kinds(&contents), [OddityKind::Duplicate]);
        assert!(contents.first_hostile().is_none());
    }
}

#[test]
fn paths_that_merge_when_the_first_folder_is_dropped_are_duplicates() {
    let archive = Tarball::default()
        .file("a/index.js", "first")
        .file("b/index.js", "last")
        .gzip();
    let contents = open(Client::Npm, &archive).unwrap();
    assert_eq!(contents.content("index.js"), Some(&b"last"[..]));
    assert_eq!(kinds(&contents), [OddityKind::Duplicate]);
}

#[test]
fn npm_unpacks_no_links_and_tar_does() {
    let archive = Tarball::default()
        .file("p/a", "content")
        .link(b'2', "p/soft", "a")
        .link(b'1', "p/hard", "p/a")
        .gzip();
    let npm = open(Client::Npm, &archive).unwrap();
    assert_eq!(paths(&npm), ["a"]);
    assert_eq!(kinds(&npm), [OddityKind::IgnoredLink; 2]);
    let tar = open(Client::Tar, &archive).unwrap();
    assert_eq!(paths(&tar), ["a", "hard", "soft"]);
    assert_eq!(tar.files["hard"].id, tar.files["a"].id);
    assert_eq!(tar.files["soft"].kind, FileKind::Link);
    assert!(tar.oddities.is_empty());
}

#[test]
fn long_names_come_from_pax_and_gnu_headers() {
    let long = format!("package/{}/a.js", "x".repeat(150));
    let inner = format!("{}/a.js", "x".repeat(150));
    let gnu = [long.as_bytes(), b"\0"].concat();
    let size = gnu.len() as u64;
    let by_gnu = Tarball::default()
        .entry(b'L', b"././@LongLink", 0o644, (size, &gnu))
        .file("package/short", "a");
    let by_pax = Tarball::default()
        .pax(b'x', "path", &long)
        .file("package/short", "a");
    for archive in [by_gnu, by_pax] {
        let contents = open(Client::Npm, &archive.gzip()).unwrap();
        assert_eq!(paths(&contents), [&*inner]);
    }
}

#[test]
fn names_that_differ_in_case_are_reported() {
    let archive = Tarball::default()
        .file("package/Index.js", "a")
        .file("package/index.js", "b")
        .gzip();
    let contents = open(Client::Npm, &archive).unwrap();
    assert_eq!(contents.files.len(), 2);
    assert_eq!(kinds(&contents), [OddityKind::CaseCollision]);
}

#[test]
fn a_name_that_is_not_utf8_is_kept() {
    let archive = Tarball::default()
        .entry(b'0', b"p/caf\xe9", 0o644, (1, b"x"))
        .file("p/b", "y")
        .gzip();
    let contents = open(Client::Tar, &archive).unwrap();
    assert_eq!(paths(&contents), ["b", "caf\u{fffd}"]);
    let raw = contents.files["caf\u{fffd}"].raw_path.as_deref();
    assert_eq!(raw, Some(&b"caf\xe9"[..]));
}
