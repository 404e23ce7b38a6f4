//! Archives that are made to harm: each is refused, or read with the attack named, in bounded time and memory.

use std::time::{Duration, Instant};

use bomtrail_archive::{ArchiveError, Client, Limits, OddityKind, ReadOptions, read};
use proptest::prelude::*;

use super::tarball::{Tarball, compressed, open};

/// Archives that are read, with the attack that is named.
#[test]
fn attacks_on_paths_are_named_and_unpack_nothing_outside() {
    let file = |path: &str| Tarball::default().file("package/a", "a").file(path, "x");
    let deep = format!("package/{}x", "d/".repeat(140));
    let cases = [
        ("parent", file("package/../../x"), OddityKind::Traversal),
        ("parent first", file("../x"), OddityKind::Traversal),
        ("parent last", file("package/b/.."), OddityKind::Traversal),
        ("absolute", file("/etc/passwd"), OddityKind::Absolute),
        ("backslash", file("package/..\\..\\x"), OddityKind::Name),
        ("line break", file("package/a\nb"), OddityKind::Name),
        ("escape", file("package/\x1b[2J"), OddityKind::Name),
        (
            "deep",
            Tarball::default()
                .pax(b'x', "path", &deep)
                .file("package/d", "x"),
            OddityKind::Name,
        ),
        (
            "link out",
            file("package/b").link(b'2', "package/l", "../../etc"),
            OddityKind::LinkOutside,
        ),
        (
            "absolute link",
            file("package/b").link(b'2', "package/l", "/etc"),
            OddityKind::LinkOutside,
        ),
        (
            "hard link out",
            file("package/b").link(b'1', "package/l", "/etc/passwd"),
            OddityKind::LinkOutside,
        ),
        (
            "write through a link",
            Tarball::default()
                .link(b'2', "package/l", "a")
                .file("package/l/x", "x"),
            OddityKind::UnderLink,
        ),
        (
            "file as a folder",
            Tarball::default()
                .file("package/a", "a")
                .file("package/a/b", "b"),
            OddityKind::UnderLink,
        ),
        (
            "device",
            file("package/b").entry(b'3', b"package/dev", 0o644, (0, b"")),
            OddityKind::Device,
        ),
        (
            "pipe",
            file("package/b").entry(b'6', b"package/pipe", 0o644, (0, b"")),
            OddityKind::Device,
        ),
        (
            "unknown kind",
            file("package/b").entry(b'Z', b"package/z", 0o644, (0, b"")),
            OddityKind::Device,
        ),
    ];
    for (name, archive, wanted) in cases {
        let contents = open(Client::Tar, &archive.gzip()).unwrap();
        let first = contents.first_hostile().map(|it| it.kind);
        assert_eq!(first, Some(wanted), "{name}: {:?}", contents.oddities);
        for path in contents.files.keys() {
            assert!(!path.starts_with('/') && !path.split('/').any(|it| it == ".."));
        }
    }
}

/// An archive that is refused: what it is, its bytes, and a part of the message.
type Refused = (&'static str, Vec<u8>, &'static str);

fn refuses(cases: Vec<Refused>) {
    for (name, archive, wanted) in cases {
        let error = open(Client::Npm, &archive).expect_err(name).to_string();
        assert!(error.contains(wanted), "{name}: {error}");
    }
}

#[test]
fn what_is_damaged_is_refused() {
    let half = {
        let whole = Tarball::default()
            .file("package/a", &"a".repeat(9000))
            .gzip();
        whole[..whole.len() / 2].to_vec()
    };
    let mut wrong_sum = Tarball::default().file("package/a", "a").tar();
    wrong_sum[0] = b'q';
    refuses(vec![
        ("empty", Vec::new(), "not in gzip format"),
        ("zip", b"PK\x03\x04".to_vec(), "not in gzip format"),
        (
            "plain tar",
            Tarball::default().file("p/a", "a").tar(),
            "not in gzip format",
        ),
        ("cut", half, "cannot be unpacked"),
        (
            "only a gzip header",
            b"\x1f\x8b\x08\0\0\0\0\0\0\0".to_vec(),
            "cannot be unpacked",
        ),
        ("no tar", compressed(&[b'x'; 2048]), "cannot be unpacked"),
        (
            "wrong checksum",
            compressed(&wrong_sum),
            "cannot be unpacked",
        ),
        (
            "size beyond the end",
            Tarball::default()
                .entry(b'0', b"p/a", 0o644, (1 << 40, b"a"))
                .gzip(),
            "cannot be unpacked",
        ),
    ]);
}

#[test]
fn what_programs_read_differently_is_refused() {
    let longlink = |name: &'static [u8]| {
        let size = name.len() as u64;
        Tarball::default().entry(b'L', b"l", 0o644, (size, name))
    };
    refuses(vec![
        (
            "pax size",
            Tarball::default()
                .pax(b'x', "size", "1")
                .file("p/a", "abc")
                .gzip(),
            "two different sizes",
        ),
        (
            "pax size that is not a number",
            Tarball::default()
                .pax(b'x', "size", "-1")
                .file("p/a", "abc")
                .gzip(),
            "two different sizes",
        ),
        (
            "two long names",
            longlink(b"p/one\0")
                .pax(b'x', "path", "p/two")
                .file("p/a", "a")
                .gzip(),
            "two different names",
        ),
        (
            "two link targets",
            Tarball::default()
                .pax(b'x', "linkpath", "one")
                .pax(b'x', "linkpath", "two")
                .link(b'2', "p/l", "x")
                .gzip(),
            "two different link targets",
        ),
        (
            "name for all",
            Tarball::default()
                .pax(b'g', "path", "p/b")
                .file("p/a", "a")
                .gzip(),
            "global header",
        ),
    ]);
}

#[test]
fn what_no_package_needs_is_refused() {
    let long = "n".repeat(5000);
    refuses(vec![
        (
            "long name",
            Tarball::default()
                .pax(b'x', "path", &long)
                .file("p/a", "a")
                .gzip(),
            "a path of 5000 bytes",
        ),
        (
            "huge header",
            Tarball::default()
                .entry(b'L', b"l", 0o644, (1 << 33, b""))
                .gzip(),
            "a path of 8589934592 bytes",
        ),
        (
            "sparse",
            Tarball::default()
                .entry(b'S', b"p/s", 0o644, (0, b""))
                .gzip(),
            "sparse file",
        ),
        (
            "pax sparse",
            Tarball::default()
                .pax(b'x', "GNU.sparse.major", "1")
                .file("p/a", "a")
                .gzip(),
            "sparse file",
        ),
    ]);
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
    let longer = [&*archive, b"more"].concat();
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
    #![proptest_config(ProptestConfig::with_cases(bomtrail_testkit::cases(32, 4096)))]

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
