//! Archives that are made to harm: each is refused, or read with the attack named, in bounded time and memory.

use std::time::{Duration, Instant};

use bomtrail_archive::{ArchiveError, ArchiveKind, Client, Limits, ReadOptions, read};
use proptest::prelude::*;

use super::open;
use bomtrail_testkit::{HostileArchive, Tarball, cases, compressed, hostile_archives};

/// Those that need their manifest to be looked at are refused by the reader of it.
#[test]
fn every_attack_is_named() {
    let all = hostile_archives();
    assert!(all.len() >= 55, "{}", all.len());
    for HostileArchive {
        name,
        package_type,
        bytes,
        about,
    } in all
    {
        let start = Instant::now();
        let kind = ArchiveKind::of_type(package_type).unwrap();
        let message = match open(kind.client, &bytes) {
            Err(error) => error.to_string(),
            Ok(contents) => {
                for path in contents.files.keys() {
                    assert!(!path.starts_with('/') && !path.split('/').any(|it| it == ".."));
                }
                let hostile = contents.first_hostile().map(ToString::to_string);
                let manifest = kind.manifest(&contents).map(|_| "it was read".to_owned());
                let without = || "it has no readable manifest".to_owned();
                hostile.or(manifest).unwrap_or_else(without)
            }
        };
        assert!(message.contains(about), "{name}: {message}");
        assert!(start.elapsed() < Duration::from_secs(20), "{name}");
    }
}

/// Folders of which each has its own names, all as deep as is allowed: their identifiers need no memory for all of them.
#[test]
fn many_deep_folders_end() {
    let start = Instant::now();
    let deep = "d/".repeat(120);
    let mut archive = Tarball::default();
    let folders = cases(500, 4000);
    for number in 0..folders {
        let path = format!("package/{number}/{deep}x");
        archive = archive.pax(b'x', "path", &path).file("package/x", "");
    }
    let contents = open(Client::Npm, &archive.gzip()).unwrap();
    assert_eq!(u32::try_from(contents.file_count()), Ok(folders));
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// What looks odd and is not: a second part of a gzip file, zeros after it, dots before every path.
#[test]
fn what_clients_accept_is_read() {
    let tar = Tarball::default()
        .file("package/a", "a")
        .file("package/b", "b")
        .tar();
    let (one, other) = tar.split_at(700);
    let end = [0; 1024];
    let parts = [
        compressed(one),
        compressed(&[other, &end].concat()),
        vec![0; 100],
    ];
    let contents = open(Client::Npm, &parts.concat()).unwrap();
    assert_eq!(contents.file_count(), 2);
    let dotted = Tarball::default()
        .folder("./")
        .file("./a", "a")
        .file("./d/b", "b");
    let contents = open(Client::Npm, &dotted.gzip()).unwrap();
    assert_eq!(contents.files.keys().collect::<Vec<_>>(), ["a", "d/b"]);
    assert_eq!(contents.first_hostile(), None);
}

#[test]
fn a_bomb_stops_at_its_limit() {
    let start = Instant::now();
    let bomb = Tarball::default().entry(b'0', b"p/zeros", 0o644, (200 << 20, b""));
    let mut bytes = bomb.tar();
    bytes.resize(4 << 20, 0);
    let archive = compressed(&bytes);
    let size = archive.len() as u64;
    for limits in [
        Limits::default().with(|it| it.free = 1 << 20),
        Limits::default().with(|it| it.unpacked = 1 << 20),
    ] {
        let options = ReadOptions::of(Client::Npm).with(|it| it.limits = limits);
        let error = read(&*archive, size, &options).unwrap_err();
        assert!(matches!(error, ArchiveError::Bomb { .. }), "{error}");
    }
    assert!(start.elapsed() < Duration::from_mins(1));
}

#[test]
fn counts_are_limited() {
    let mut many = Tarball::default();
    for number in 0..20 {
        many = many.file(&format!("p/{number}"), "");
    }
    let archive = many.gzip();
    let size = archive.len() as u64;
    let refused = |set: &dyn Fn(&mut Limits)| {
        let limits = Limits::default().with(|it| set(it));
        let options = ReadOptions::of(Client::Npm).with(|it| it.limits = limits);
        read(&*archive, size, &options).unwrap_err().to_string()
    };
    assert!(refused(&|it| it.entries = 10).contains("more than 10 entries"));
    assert!(refused(&|it| it.names = 10).contains("more than 10 bytes together"));
    assert!(refused(&|it| it.size = 10).contains("the limit is 10"));
}

#[test]
fn an_archive_that_grows_while_it_is_read_is_refused() {
    let archive = Tarball::default().file("p/a", "a").gzip();
    let longer = [&*archive, b"\0\0"].concat();
    let options = ReadOptions::of(Client::Npm);
    let error = read(&*longer, archive.len() as u64, &options).unwrap_err();
    assert!(matches!(error, ArchiveError::Changed), "{error}");
}

#[test]
fn kept_contents_are_limited() {
    let archive = Tarball::default()
        .file("p/a", "1234")
        .file("p/b", "5678")
        .gzip();
    let limits = Limits::default().with(|it| it.kept = 5);
    let options = ReadOptions::of(Client::Npm).with(|it| {
        it.limits = limits;
        it.keep = &|_, _| true;
    });
    let contents = read(&*archive, archive.len() as u64, &options).unwrap();
    assert_eq!(contents.content("a"), Some(&b"1234"[..]));
    assert_eq!(contents.content("b"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(32, 4096)))]

    /// Whatever is compressed, reading ends.
    #[test]
    fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..2048)) {
        let _ = open(Client::Tar, &bytes);
        let _ = open(Client::Npm, &compressed(&bytes));
    }

    /// A changed byte of a good archive never makes a path that leads out.
    #[test]
    fn a_changed_byte_never_leads_out(at in 0_usize..4096, value in any::<u8>()) {
        let mut tar = Tarball::default()
            .folder("package/")
            .file("package/package.json", "{}")
            .link(b'2', "package/l", "package.json")
            .file("package/index.js", "x")
            .tar();
        let at = at % tar.len();
        tar[at] = value;
        if let Ok(contents) = open(Client::Tar, &compressed(&tar)) {
            for path in contents.files.keys() {
                prop_assert!(!path.split('/').any(|it| it == ".."));
            }
        }
    }
}
