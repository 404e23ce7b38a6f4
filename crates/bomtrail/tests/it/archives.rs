//! The archives of a project's packages: found in every kind of store, checked, compared with the lockfile, and used for facts.

#![expect(
    clippy::string_slice,
    clippy::cast_possible_truncation,
    reason = "digests are ASCII, and numbers are small"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail::approvals::Date;
use bomtrail::check::{CheckOptions, Checked, Verdict};
use bomtrail::graph::{ArchiveFacts, ArchiveState, Hash, HashAlgorithm};
use bomtrail::{ArchiveSources, Scan, ScanOptions};
use bomtrail_testkit::Zipfile;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha512};

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/archives/pinned")
}

fn options(folder: &Path) -> ScanOptions {
    ScanOptions::default().archives(Some(ArchiveSources::of(&[folder]).keep_texts(true)))
}

fn scan(project: &Path, folder: &Path) -> Scan {
    Scan::with(project, &options(folder)).unwrap()
}

fn facts<'s>(scan: &'s Scan, name: &str) -> &'s ArchiveFacts {
    let node = scan.graph().nodes().find(|it| it.name() == name).unwrap();
    scan.archives().unwrap().table.get(node.id()).unwrap()
}

fn states(scan: &Scan) -> Vec<(&str, &'static str)> {
    let table = &scan.archives().unwrap().table;
    let all = table.iter().map(|(id, it)| {
        let node = scan.graph().node(id).unwrap();
        (node.name(), it.state.name())
    });
    all.collect()
}

/// What the command that fetched an archive would have stored: the pinned archive, under its digest.
fn tiny_pad() -> (Vec<u8>, String) {
    let bytes = fs::read(project().join("mirror/tiny-pad-1.0.0.tgz")).unwrap();
    let hash = Hash::new(HashAlgorithm::Sha512, &Sha512::digest(&bytes)).unwrap();
    (bytes, hash.hex())
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn archives_are_checked_against_their_digests() {
    let scan = scan(&project(), &project().join("mirror"));
    let wanted = [
        ("absent", "missing"),
        ("swapped", "mismatch"),
        ("tiny-pad", "pinned"),
        ("two-faced", "pinned"),
    ];
    assert_eq!(states(&scan), wanted);
    assert!(
        facts(&scan, "swapped")
            .reason
            .starts_with("its SHA-512 is `")
    );
    let note = scan.diagnostics().iter().map(ToString::to_string);
    let note = note
        .filter(|it| it.contains("bomtrail/archives"))
        .collect::<Vec<_>>();
    assert_eq!(note.len(), 1);
    assert!(
        note[0].ends_with("licences unknown before 1, now 0"),
        "{note:?}"
    );
}

#[test]
fn an_archive_completes_its_component() {
    let scan = scan(&project(), &project().join("mirror"));
    let node = scan
        .graph()
        .nodes()
        .find(|it| it.name() == "tiny-pad")
        .unwrap();
    let component = node.component();
    assert_eq!(component.licenses.known().unwrap()[0].text(), "MIT");
    let details = component.details.as_deref().unwrap();
    assert_eq!(&*details.authors[0].name, "Ann Author");
    assert_eq!(
        details.copyright.as_deref(),
        Some("Copyright (c) 2024 Ann Author")
    );
    assert_eq!(
        details.repository.as_deref(),
        Some("git+https://github.com/example/tiny-pad.git")
    );
    let facts = facts(&scan, "tiny-pad");
    assert_eq!(facts.files, 3);
    assert_eq!(&*facts.license_texts[0].0, "LICENSE");
    assert!(facts.swhids[0].starts_with("swh:1:cnt:") && facts.swhids[1].starts_with("swh:1:dir:"));
}

#[test]
fn what_the_archive_says_otherwise_than_the_lockfile_fails_the_check() {
    let today = Date::parse("2026-11-28").unwrap();
    let options = CheckOptions::on(today).scan(options(&project().join("mirror")));
    let options = options.verdict("approvals/no-list", Verdict::Allow);
    let checked = Checked::run(project(), &options).unwrap();
    let of = |rule: &str| {
        let found = checked.findings.iter().filter(|it| it.rule.id == rule);
        found.map(|it| it.message.as_str()).collect::<Vec<_>>()
    };
    let wanted = fs::read_to_string(project().join("expected-contradictions.txt")).unwrap();
    let wanted: Vec<&str> = wanted.lines().collect();
    assert_eq!(of("archive/manifest-mismatch"), wanted);
    assert_eq!(of("archive/digest-mismatch").len(), 1);
    assert_eq!(of("archive/missing").len(), 1);
    assert!(checked.failed);
    let without = CheckOptions::on(today).verdict("approvals/no-list", Verdict::Allow);
    let without = Checked::run(project(), &without).unwrap();
    assert!(
        without
            .findings
            .iter()
            .all(|it| !it.rule.id.starts_with("archive/"))
    );
}

#[test]
fn an_archive_is_found_by_its_digest_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    put(&folder.path().join("deep/x.tgz"), &tiny_pad().0);
    assert_eq!(
        facts(&scan(&project(), folder.path()), "tiny-pad").state,
        ArchiveState::Pinned
    );
}

#[test]
fn the_cache_of_npm_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, hex) = tiny_pad();
    let path = format!(
        "_cacache/content-v2/sha512/{}/{}/{}",
        &hex[..2],
        &hex[2..4],
        &hex[4..]
    );
    put(&folder.path().join(path), &bytes);
    assert_eq!(
        facts(&scan(&project(), folder.path()), "tiny-pad").state,
        ArchiveState::Pinned
    );
}

/// npm itself fills the cache.
#[test]
fn a_cache_that_npm_wrote_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let archive = project().join("mirror/tiny-pad-1.0.0.tgz");
    let mut npm = Command::new("npm");
    npm.args(["cache", "add", "--offline", "--cache"])
        .arg(folder.path())
        .arg(archive);
    let Ok(output) = npm.output() else {
        eprintln!("skipped: npm is not installed");
        return;
    };
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        facts(&scan(&project(), folder.path()), "tiny-pad").state,
        ArchiveState::Pinned
    );
}

/// A project with one package, whose entry in the lockfile has these fields.
fn put_project(folder: &Path, name: &str, fields: &str) {
    let lock = format!(
        r#"{{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {{"": {{"name": "app", "version": "1.0.0",
        "dependencies": {{"{name}": "1.0.0"}}}}, "node_modules/{name}": {{"version": "1.0.0", {fields}}}}}}}"#
    );
    put(&folder.join("package-lock.json"), lock.as_bytes());
}

/// npm stores an archive under its SHA-512, and asks the registry of its settings, whatever the lockfile names.
#[test]
fn the_cache_of_npm_is_searched_by_address() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, hex) = tiny_pad();
    let (integrity, _) = sri(&bytes);
    let sha1 = bomtrail_archive::digests(&*bytes, &[HashAlgorithm::Sha1]).unwrap();
    let root = folder.path().join("cache/_cacache");
    let content = format!(
        "content-v2/sha512/{}/{}/{}",
        &hex[..2],
        &hex[2..4],
        &hex[4..]
    );
    put(&root.join(content), &bytes);
    let entry = format!(
        "\n0\t{{\"key\": \"make-fetch-happen:request-cache:https://npm.example.com/mirror/tiny-pad/-/tiny-pad-1.0.0.tgz\", \
         \"integrity\": \"{integrity}\"}}"
    );
    put(&root.join("index-v5/00/11/22"), entry.as_bytes());
    for (pinned, wanted) in [
        (sha1[0].hex(), ArchiveState::Pinned),
        ("0".repeat(40), ArchiveState::Mismatch),
    ] {
        let digest = STANDARD.encode(
            Hash::from_hex(HashAlgorithm::Sha1, &pinned)
                .unwrap()
                .digest(),
        );
        let fields = format!(
            r#""resolved": "https://other.example.com/tiny-pad/-/tiny-pad-1.0.0.tgz", "integrity": "sha1-{digest}""#
        );
        put_project(folder.path(), "tiny-pad", &fields);
        let scan = scan(folder.path(), &folder.path().join("cache"));
        assert_eq!(facts(&scan, "tiny-pad").state, wanted);
    }
}

/// The file name of an archive in a registry has no scope.
#[test]
fn the_archive_of_a_namesake_is_not_a_mismatch() {
    let folder = tempfile::tempdir().unwrap();
    put(
        &folder.path().join("mirror/tiny-pad-1.0.0.tgz"),
        &tiny_pad().0,
    );
    let (integrity, _) = sri(b"other");
    let fields = format!(
        r#""resolved": "https://npm.example.com/@scope/tiny-pad/-/tiny-pad-1.0.0.tgz", "integrity": "{integrity}""#
    );
    put_project(folder.path(), "@scope/tiny-pad", &fields);
    let scan = scan(folder.path(), &folder.path().join("mirror"));
    assert_eq!(facts(&scan, "@scope/tiny-pad").state, ArchiveState::Missing);
}

#[test]
fn a_damaged_cache_is_a_mismatch() {
    let folder = tempfile::tempdir().unwrap();
    let (mut bytes, hex) = tiny_pad();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let path = format!(
        "_cacache/content-v2/sha512/{}/{}/{}",
        &hex[..2],
        &hex[2..4],
        &hex[4..]
    );
    put(&folder.path().join(path), &bytes);
    let scan = scan(&project(), folder.path());
    assert_eq!(facts(&scan, "tiny-pad").state, ArchiveState::Mismatch);
    assert_eq!(
        states(&scan)
            .iter()
            .filter(|(_, it)| *it == "missing")
            .count(),
        3
    );
}

/// The integrity of bytes, and their SHA-512 in hexadecimal.
fn sri(bytes: &[u8]) -> (String, String) {
    let digest = Sha512::digest(bytes);
    let hash = Hash::new(HashAlgorithm::Sha512, &digest).unwrap();
    (format!("sha512-{}", STANDARD.encode(digest)), hash.hex())
}

#[test]
fn the_store_of_pnpm_is_read() {
    let manifest = br#"{"name": "tiny-pad", "version": "1.0.0", "license": "MIT"}"#;
    let (integrity, hex) = sri(manifest);
    let list = format!(
        r#"{{"files": {{"package.json": {{"integrity": "{integrity}", "mode": 420, "size": 58}}}}}}"#
    );
    let (_, archive) = tiny_pad();
    for index in [
        format!("v3/files/{}/{}-index.json", &archive[..2], &archive[2..]),
        format!(
            "v10/index/{}/{}-tiny-pad@1.0.0.json",
            &archive[..2],
            &archive[2..64]
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join(index.split('/').next().unwrap());
        put(&folder.path().join(&index), list.as_bytes());
        put(
            &root.join(format!("files/{}/{}", &hex[..2], &hex[2..])),
            manifest,
        );
        let scan = scan(&project(), folder.path());
        let found = facts(&scan, "tiny-pad");
        assert_eq!(found.state, ArchiveState::Unpacked, "{index}: {found:?}");
        assert_eq!(found.evidence().state.name(), "unverifiable");
        // A file of the store that was changed is not used.
        put(
            &root.join(format!("files/{}/{}", &hex[..2], &hex[2..])),
            b"{}",
        );
        let scan = self::scan(&project(), folder.path());
        assert_eq!(facts(&scan, "tiny-pad").state, ArchiveState::Refused);
    }
}

/// A database of `SQLite` with one table of one row, as pnpm keeps it.
fn database(key: &str, data: &[u8]) -> Vec<u8> {
    let varint = |number: usize| [0x80 | (number >> 7) as u8, (number & 0x7f) as u8];
    let row = |columns: &[(usize, &[u8])]| {
        let kinds: Vec<u8> = columns.iter().flat_map(|(kind, _)| varint(*kind)).collect();
        let body = columns.iter().flat_map(|(_, it)| it.to_vec());
        let header = [&varint(kinds.len() + 2)[..], &kinds].concat();
        header.into_iter().chain(body).collect::<Vec<u8>>()
    };
    let text = |it: &'static str| (13 + 2 * it.len(), it.as_bytes());
    let table = row(&[
        text("table"),
        text("package_index"),
        text("package_index"),
        (1, &[2]),
    ]);
    let entry = row(&[
        (13 + 2 * key.len(), key.as_bytes()),
        (12 + 2 * data.len(), data),
    ]);
    let mut file = vec![0; 8192];
    file[..16].copy_from_slice(b"SQLite format 3\0");
    file[16] = 0x10;
    let table = [&varint(table.len())[..], &[1], &table].concat();
    let entry = [&varint(entry.len())[..], &entry].concat();
    for (page, start, kind, cell) in [(0, 100, 0x0d, table), (4096, 0, 0x0a, entry)] {
        let at = 4096 - cell.len();
        file[page + start..][..5].copy_from_slice(&[kind, 0, 0, 0, 1]);
        let header = page + start + 8;
        file[header..][..2].copy_from_slice(&(at as u16).to_be_bytes());
        file[page + at..][..cell.len()].copy_from_slice(&cell);
    }
    file
}

#[test]
fn the_database_of_pnpm_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = br#"{"name": "tiny-pad", "version": "1.0.0", "license": "MIT"}"#;
    let (_, hex) = sri(manifest);
    let (bytes, _) = tiny_pad();
    let fields = b"\xd4r@\x91\xa5files\x81\xacpackage.json\xd4rA\x92\xa6digest\xa4mode\xd9\x80";
    let data = [&fields[..], hex.as_bytes(), b"\xcd\x01\xa4"].concat();
    let key = format!("{}\ttiny-pad@1.0.0", sri(&bytes).0);
    put(&folder.path().join("v11/index.db"), &database(&key, &data));
    let content = folder
        .path()
        .join(format!("v11/files/{}/{}", &hex[..2], &hex[2..]));
    put(&content, manifest);
    let scan = scan(&project(), folder.path());
    let found = facts(&scan, "tiny-pad");
    assert_eq!(found.state, ArchiveState::Unpacked, "{found:?}");
    assert_eq!(facts(&scan, "absent").state, ArchiveState::Missing);
    put(&content, b"{}");
    let scan = self::scan(&project(), folder.path());
    assert_eq!(facts(&scan, "tiny-pad").state, ArchiveState::Refused);
}

/// A lockfile of pnpm with a package, and a dependency that pnpm adds to it.
fn pnpm_lock(integrity: &str) -> String {
    format!(
        "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      tiny-pad:\n        specifier: 1.0.0\n        \
         version: 1.0.0\npackages:\n  added@1.0.0:\n    resolution: {{integrity: {integrity}}}\n  tiny-pad@1.0.0:\n    \
         resolution: {{integrity: {integrity}}}\nsnapshots:\n  added@1.0.0: {{}}\n  tiny-pad@1.0.0:\n    dependencies:\n      \
         added: 1.0.0\n"
    )
}

/// The edges of a package in two lockfiles are those of both, so that what one manager adds is in the other one's.
#[test]
fn what_pnpm_adds_is_no_contradiction_in_another_project() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    let manifest = r#"{"name": "tiny-pad", "version": "1.0.0"}"#;
    let bytes = packed(&[("package/package.json", manifest)]);
    put(&folder.path().join("mirror/tiny-pad-1.0.0.tgz"), &bytes);
    let (integrity, _) = sri(&bytes);
    let fields = format!(
        r#""resolved": "https://npmjs.org/tiny-pad/-/tiny-pad-1.0.0.tgz", "integrity": "{integrity}""#
    );
    put_project(&one, "tiny-pad", &fields);
    put(
        &other.join("pnpm-lock.yaml"),
        pnpm_lock(&integrity).as_bytes(),
    );
    let own = br#"{"name": "b", "version": "1.0.0", "dependencies": {"tiny-pad": "1.0.0"}}"#;
    put(&other.join("package.json"), own);
    let sources = [one, other].map(bomtrail::Source::at);
    let scan = bomtrail::merge(
        sources.into(),
        None,
        &options(&folder.path().join("mirror")),
    )
    .unwrap();
    let node = scan
        .graph()
        .nodes()
        .find(|it| it.name() == "tiny-pad")
        .unwrap();
    assert_eq!(node.instances().len(), 2);
    assert_eq!(facts(&scan, "tiny-pad").contradictions, []);
}

/// pnpm adds dependencies that it knows to be missing; what only the archive asks for stays a contradiction.
#[test]
fn what_pnpm_adds_is_no_contradiction() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = r#"{"name": "tiny-pad", "version": "1.0.0", "dependencies": {"hidden": "1"}}"#;
    let bytes = packed(&[("package/package.json", manifest)]);
    put(&folder.path().join("mirror/tiny-pad-1.0.0.tgz"), &bytes);
    let lock = pnpm_lock(&sri(&bytes).0);
    put(&folder.path().join("pnpm-lock.yaml"), lock.as_bytes());
    put(
        &folder.path().join("package.json"),
        br#"{"name": "app", "version": "1.0.0", "dependencies": {"tiny-pad": "1.0.0"}}"#,
    );
    let contradicted = || {
        let scan = scan(folder.path(), &folder.path().join("mirror"));
        let found = &facts(&scan, "tiny-pad").contradictions;
        found
            .iter()
            .map(|it| it.key.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(contradicted(), ["hidden"]);
    let changed = format!("{lock}pnpmfileChecksum: sha256-x\n");
    put(&folder.path().join("pnpm-lock.yaml"), changed.as_bytes());
    assert!(contradicted().is_empty());
}

/// An archive with these files.
fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        let text = text.as_bytes();
        archive.append_data(&mut header, path, text).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// What the archive of a package contradicts in a lockfile whose entry has these fields.
fn contradicted(fields: &str, files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let bytes = packed(files);
    put(&folder.path().join("mirror/a-1.0.0.tgz"), &bytes);
    let (integrity, _) = sri(&bytes);
    let fields = format!(
        r#""resolved": "https://npm.example.com/a/-/a-1.0.0.tgz", "integrity": "{integrity}"{fields}"#
    );
    put_project(folder.path(), "a", &fields);
    let scan = scan(folder.path(), &folder.path().join("mirror"));
    let found = &facts(&scan, "a").contradictions;
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_package_that_is_hidden_in_an_archive_is_a_contradiction() {
    let manifest = r#"{"name": "a", "version": "1.0.0"}"#;
    let files = [
        ("package/package.json", manifest),
        ("package/node_modules/left-pad/index.js", "x"),
    ];
    let wanted =
        "`bundleDependencies.left-pad` is nothing in the lockfile and `bundled` in the archive";
    assert_eq!(contradicted("", &files), [wanted]);
}

#[test]
fn a_folder_of_commands_is_what_the_lockfile_lists() {
    let manifest = r#"{"name": "a", "version": "1.0.0", "directories": {"bin": "tools"}}"#;
    let files = [
        ("package/package.json", manifest),
        ("package/tools/run.js", "x"),
    ];
    assert!(contradicted(r#", "bin": {"run.js": "tools/run.js"}"#, &files).is_empty());
    let wanted = "`bin.run.js` is nothing in the lockfile and `tools/run.js` in the archive";
    assert_eq!(contradicted("", &files), [wanted]);
}

/// A distribution in a mirror, with the snapshot that names it.
fn cpan(folder: &Path, version: &str) {
    let snapshot = "# carton snapshot format: version 1.0\nDISTRIBUTIONS\n  Tiny-Pad-1.0\n    \
                    pathname: A/AU/AUTHOR/Tiny-Pad-1.0.tar.gz\n    provides:\n      Tiny::Pad 1.0\n    \
                    requirements:\n      perl 5.006\n";
    put(&folder.join("cpanfile.snapshot"), snapshot.as_bytes());
    put(&folder.join("cpanfile"), b"requires 'Tiny::Pad';\n");
    let meta = format!(
        r#"{{"name": "Tiny-Pad", "version": "{version}", "license": ["perl_5"], "abstract": "pads", "author": ["Ann"],
        "dynamic_config": 0, "generated_by": "x", "release_status": "stable", "meta-spec": {{"version": 2}}}}"#
    );
    let bytes = packed(&[
        ("Tiny-Pad-1.0/META.json", &meta),
        ("Tiny-Pad-1.0/Makefile.PL", "1;"),
        ("Tiny-Pad-1.0/LICENSE", "(c) 2020 Ann\n"),
    ]);
    put(
        &folder.join("mirror/authors/id/A/AU/AUTHOR/Tiny-Pad-1.0.tar.gz"),
        &bytes,
    );
}

#[test]
fn a_mirror_of_cpan_is_read() {
    let folder = tempfile::tempdir().unwrap();
    cpan(folder.path(), "1.0");
    let scan = scan(folder.path(), &folder.path().join("mirror"));
    let found = facts(&scan, "Tiny-Pad");
    assert_eq!(found.state, ArchiveState::Unpinned, "{found:?}");
    assert_eq!(found.contradictions, []);
    let node = scan
        .graph()
        .nodes()
        .find(|it| it.name() == "Tiny-Pad")
        .unwrap();
    assert!(!node.component().licenses.is_unknown());
    let details = node.component().details.as_deref().unwrap();
    assert_eq!(details.copyright.as_deref(), Some("(c) 2020 Ann"));
}

/// Yarn keeps a zip file of each package, whose digest the lockfile pins; its name ends with the digest or the format's version.
#[test]
fn the_cache_of_yarn_is_read() {
    let manifest = r#"{"name": "@s/a", "version": "1.0.0", "license": "MIT"}"#;
    let zip = Zipfile::default().file("node_modules/@s/a/package.json", manifest);
    let zip = zip.finish();
    let (_, hex) = sri(&zip);
    let states = |name: &str, pinned: &str, key: &str| {
        let folder = tempfile::tempdir().unwrap();
        let lock = format!(
            "__metadata:\n  version: 8\n  cacheKey: 10c0\n\n\"@s/a@npm:^1.0.0\":\n  version: 1.0.0\n  resolution: \"@s/a@npm:1.0.0\"\n  \
             checksum: {key}{pinned}\n  languageName: node\n  linkType: hard\n\n\"app@workspace:.\":\n  version: 0.0.0-use.local\n  \
             resolution: \"app@workspace:.\"\n  dependencies:\n    \"@s/a\": \"npm:^1.0.0\"\n  languageName: unknown\n  linkType: soft\n"
        );
        put(&folder.path().join("yarn.lock"), lock.as_bytes());
        let own = br#"{"name": "app", "dependencies": {"@s/a": "^1.0.0"}}"#;
        put(&folder.path().join("package.json"), own);
        put(&folder.path().join("cache").join(name), &zip);
        let scan = scan(folder.path(), &folder.path().join("cache"));
        let node = scan.graph().nodes().find(|it| it.name() == "@s/a").unwrap();
        let known = !node.component().licenses.is_unknown();
        let facts = facts(&scan, "@s/a");
        assert_eq!(facts.contradictions, []);
        (facts.state, known)
    };
    let own = format!("@s-a-npm-1.0.0-0123456789-{}.zip", &hex[..10]);
    let other = "0".repeat(128);
    let global = "@s-a-npm-1.0.0-0123456789-10c0.zip";
    let used = (ArchiveState::Pinned, true);
    let changed = (ArchiveState::Mismatch, false);
    let missing = (ArchiveState::Missing, false);
    assert_eq!(states(&own, &hex, "10c0/"), used);
    assert_eq!(states(global, &hex, "10c0/"), used);
    assert_eq!(states(global, &hex, ""), used);
    assert_eq!(states(global, &other, "10c0/"), changed);
    // Of another format, and of another archive.
    assert_eq!(states(global, &hex, "8/"), missing);
    assert_eq!(states(&own, &other, "10c0/"), missing);
}

/// Another author of the mirror has a distribution of the same name.
#[test]
fn the_archive_of_another_author_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    cpan(folder.path(), "1.0");
    let others = folder
        .path()
        .join("mirror/authors/id/A/AA/AAA/Tiny-Pad-1.0.tar.gz");
    let meta = r#"{"name": "Tiny-Pad", "version": "9", "license": ["mit"]}"#;
    put(&others, &packed(&[("Tiny-Pad-1.0/META.json", meta)]));
    let mirror = folder.path().join("mirror");
    assert_eq!(
        facts(&scan(folder.path(), &mirror), "Tiny-Pad").contradictions,
        []
    );
    fs::remove_dir_all(mirror.join("authors/id/A/AU")).unwrap();
    let scan = scan(folder.path(), &mirror);
    assert_eq!(facts(&scan, "Tiny-Pad").state, ArchiveState::Missing);
}

#[test]
fn a_distribution_that_is_another_version_is_a_contradiction() {
    let folder = tempfile::tempdir().unwrap();
    cpan(folder.path(), "2.0");
    let scan = scan(folder.path(), &folder.path().join("mirror"));
    let found = facts(&scan, "Tiny-Pad");
    assert_eq!(found.contradictions.len(), 1);
    assert_eq!(found.evidence().state.name(), "failed");
}

#[test]
fn a_folder_that_is_not_there_is_an_error_and_an_empty_one_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Scan::with(project(), &options(&folder.path().join("gone"))).is_err());
    let scan = scan(&project(), folder.path());
    let mut ids = scan.diagnostics().iter().map(|it| it.code.id);
    assert!(ids.any(|it| it == "bomtrail/no-archives"));
}

#[test]
fn sboms_have_swhids_and_verdicts() {
    let scan = scan(&project(), &project().join("mirror"));
    for (format, wanted) in [
        (
            "cyclonedx-json@1.6",
            &[
                "\"swhid\":",
                "bomtrail:provenance:archive-checked",
                "bomtrail:archive:contradiction",
            ][..],
        ),
        ("cyclonedx-json@1.5", &["\"bomtrail:swhid\""][..]),
        ("cyclonedx-xml@1.6", &["<swhid>swh:1:cnt:"][..]),
        ("spdx-json@2.3", &["PERSISTENT-ID", "swh:1:dir:"][..]),
        ("spdx-json@3.0.1", &["\"swhid\""][..]),
    ] {
        let mut out = Vec::new();
        let mut losses = bomtrail::Diagnostics::new();
        let bom = scan
            .bom(bomtrail::TOOL)
            .timestamp(Some("2026-11-28T00:00:00Z"));
        bomtrail::writer(format)
            .unwrap()
            .write(&bom, &mut out, &mut losses)
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        for it in wanted {
            assert!(text.contains(it), "{format}: {it}");
        }
    }
}

/// Two projects with inputs of the same name.
#[test]
fn the_archives_of_several_projects_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, _) = tiny_pad();
    let (integrity, _) = sri(&bytes);
    put(&folder.path().join("mirror/tiny-pad-1.0.0.tgz"), &bytes);
    for (name, package) in [("one", "tiny-pad"), ("other", "absent")] {
        let fields = format!(
            r#""resolved": "https://npm.example.com/{package}/-/{package}-1.0.0.tgz", "integrity": "{integrity}""#
        );
        put_project(&folder.path().join(name), package, &fields);
    }
    let sources = ["one", "other"].map(|it| bomtrail::Source::at(folder.path().join(it)));
    let options = options(&folder.path().join("mirror"));
    let scan = bomtrail::merge(sources.into(), None, &options).unwrap();
    let tiny = facts(&scan, "tiny-pad");
    assert_eq!(
        tiny.state,
        ArchiveState::Pinned,
        "{:?}",
        tiny.contradictions
    );
    // It pins the archive of the other package.
    let absent = &facts(&scan, "absent").contradictions;
    assert_eq!(absent.len(), 1);
    assert_eq!(absent[0].field, "name");
    let node = scan
        .graph()
        .nodes()
        .find(|it| it.name() == "tiny-pad")
        .unwrap();
    assert_eq!(node.component().licenses.known().unwrap()[0].text(), "MIT");
}
