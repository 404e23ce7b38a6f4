//! Archives that are made to harm: what they are, and what a reader has to say about them.

use crate::effort::cases;
use crate::tarball::{Tarball, compressed};

/// An archive that is made to harm.
pub struct HostileArchive {
    /// What it tries, in a few words.
    pub name: &'static str,
    /// The Package URL type of the packages whose client it attacks.
    pub package_type: &'static str,
    /// The archive.
    pub bytes: Vec<u8>,
    /// What the message about it contains.
    pub about: &'static str,
}

/// The manifest that the archives have, so that nothing else is wrong with them.
const MANIFEST: &str = r#"{"name": "a", "version": "1.0.0"}"#;
/// The manifest of the archives of distributions.
const META: &str = r#"{"name": "a", "version": "1.0.0", "meta-spec": {"version": 2}}"#;
/// The manifest that an attacker wants to be installed.
const EVIL: &str = r#"{"name": "a", "version": "1.0.0", "scripts": {"install": "node x"}}"#;

/// All of them; with `BOMTRAIL_THOROUGH`, also those that take a second to make.
pub fn hostile_archives() -> Vec<HostileArchive> {
    let groups = [
        paths(),
        links(),
        manifests(),
        two_readings(),
        contradictions(),
        compressions(),
        damaged(),
        unneeded(),
    ];
    let mut all: Vec<HostileArchive> = groups.into_iter().flatten().collect();
    if cases(0, 1) > 0 {
        all.extend(large());
    }
    all
}

fn hostile(name: &'static str, archive: Tarball, about: &'static str) -> HostileArchive {
    HostileArchive {
        name,
        package_type: "npm",
        bytes: archive.gzip(),
        about,
    }
}

/// A package with its manifest.
fn package() -> Tarball {
    Tarball::default().file("package/package.json", MANIFEST)
}

/// A distribution with its manifest.
fn distribution() -> Tarball {
    Tarball::default().file("a-1.0.0/META.json", META)
}

/// Paths that lead elsewhere.
fn paths() -> Vec<HostileArchive> {
    let deep = format!("package/{}x", "d/".repeat(140));
    let with = |path: &str| package().file(path, EVIL);
    let (out, absolute, name) = (
        "leads out of the folder",
        "is an absolute path",
        "has a control character, a backslash",
    );
    vec![
        hostile("parent", with("package/../../x"), out),
        hostile("parent first", with("../package.json"), out),
        hostile("parent last", with("package/b/.."), out),
        hostile("absolute", with("/etc/passwd"), absolute),
        hostile("drive", with("package/c:/package.json"), absolute),
        hostile(
            "drive without a slash",
            with("package/c:package.json"),
            absolute,
        ),
        hostile("backslash", with("package/..\\..\\x"), name),
        hostile("line break", with("package/a\nb"), name),
        hostile("escape sequence", with("package/\x1b[2J"), name),
        hostile(
            "deep",
            package().pax(b'x', "path", &deep).file("package/d", "x"),
            name,
        ),
        hostile(
            "nul in a long name",
            long_name(package(), b"package/a\0b\0").file("x/y", ""),
            name,
        ),
    ]
}

/// Links, devices, and what lies below them.
fn links() -> Vec<HostileArchive> {
    let (out, below, device) = (
        "is a link that leads out of the package",
        "lies below a link or a file",
        "is a device, a pipe",
    );
    let with = |kind: u8, target: &str| distribution().link(kind, "a-1.0.0/l", target);
    let special = |kind: u8| distribution().entry(kind, b"a-1.0.0/s", 0o644, (0, b""));
    let all = [
        ("link out", with(b'2', "../../etc"), out),
        ("absolute link", with(b'2', "/etc"), out),
        ("hard link out", with(b'1', "/etc/passwd"), out),
        ("hard link to a parent", with(b'1', "a-1.0.0/../../x"), out),
        (
            "write through a link",
            with(b'2', "lib").file("a-1.0.0/l/x", "x"),
            below,
        ),
        (
            "file as a folder",
            distribution()
                .file("a-1.0.0/f", "f")
                .file("a-1.0.0/f/x", "x"),
            below,
        ),
        (
            "manifest behind a link",
            Tarball::default().file("a-1.0.0/other.json", META).link(
                b'2',
                "a-1.0.0/META.json",
                "other.json",
            ),
            "it has no readable",
        ),
        ("device", special(b'3'), device),
        ("pipe", special(b'6'), device),
        ("unknown kind", special(b'Z'), device),
    ];
    let all = all
        .into_iter()
        .map(|(name, archive, about)| HostileArchive {
            package_type: "cpan",
            ..hostile(name, archive, about)
        });
    all.collect()
}

/// A second manifest, which some systems or programs would use.
fn manifests() -> Vec<HostileArchive> {
    let with = |path: &str| package().file(path, EVIL);
    let case = "differs only in case";
    vec![
        hostile("other case", with("package/Package.json"), case),
        hostile(
            "case that only Unicode knows",
            with("package/package.j\u{17f}on"),
            case,
        ),
        hostile("dot at the end", with("package/package.json."), case),
        hostile(
            "character without a width",
            with("package/pack\u{200c}age.json"),
            case,
        ),
        hostile(
            "file and folder",
            with("package/a").folder("package/package.json/"),
            "as a file and as a folder",
        ),
        hostile(
            "dot before the folder",
            with("./package.json"),
            "begins with a dot",
        ),
        hostile(
            "npm ignores links",
            Tarball::default().file("package/other.json", EVIL).link(
                b'2',
                "package/package.json",
                "other.json",
            ),
            "it has no readable",
        ),
        hostile(
            "not in the package's folder",
            Tarball::default().file("package/sub/package.json", EVIL),
            "it has no readable",
        ),
    ]
}

/// What programs read differently.
fn two_readings() -> Vec<HostileArchive> {
    let inner = Tarball::default().file("package/package.json", EVIL).tar();
    let smuggler = |name: &str| {
        let size = inner.len() as u64;
        package().entry(b'0', name.as_bytes(), 0o644, (size, b""))
    };
    let (kinds, names, sizes) = (
        "two different kinds",
        "two different names",
        "two different sizes",
    );
    let folder = package().entry(b'5', b"package/d/", 0o755, (inner.len() as u64, b""));
    vec![
        hostile(
            "entries in a file with a link target",
            smuggler("package/x").patched(157, b"l").raw(&inner),
            kinds,
        ),
        hostile(
            "link without a target",
            package().link(b'2', "package/l", "").file("package/x", ""),
            kinds,
        ),
        hostile("entries in a folder", folder.raw(&inner), sizes),
        hostile(
            "entries in a link",
            package()
                .link(b'2', "package/l", "x")
                .patched(124, b"00000001000\0")
                .raw(&inner),
            sizes,
        ),
        hostile(
            "entry after one block of zeros",
            package().raw(&[0; 512]).raw(&inner),
            "entries after its end",
        ),
        hostile(
            "name in a field that npm ignores",
            package()
                .file("x", "")
                .patched(257, &[0; 8])
                .patched(345, b"package"),
            names,
        ),
        hostile(
            "no name in the header",
            package()
                .pax(b'x', "path", "package/x")
                .file("y", "")
                .patched(0, &[0; 4]),
            names,
        ),
        hostile(
            "empty name",
            package().pax(b'x', "path", "").file("package/x", ""),
            names,
        ),
    ]
}

/// Headers before an entry that contradict each other.
fn contradictions() -> Vec<HostileArchive> {
    let (names, sizes) = ("two different names", "two different sizes");
    vec![
        hostile(
            "pax size",
            package().pax(b'x', "size", "1").file("package/a", "abc"),
            sizes,
        ),
        hostile(
            "pax size that is not a number",
            package().pax(b'x', "size", "-1").file("package/a", "abc"),
            sizes,
        ),
        hostile(
            "pax size before a long name",
            long_name(package().pax(b'x', "size", "512"), b"package/x\0").file("y", ""),
            sizes,
        ),
        hostile(
            "two long names",
            long_name(package(), b"package/one\0")
                .pax(b'x', "path", "package/two")
                .file("package/a", "a"),
            names,
        ),
        hostile(
            "two names in one header",
            package()
                .raw_pax("18 path=package/a\n18 path=package/b\n")
                .file("package/c", ""),
            names,
        ),
        hostile(
            "two link targets",
            package()
                .pax(b'x', "linkpath", "one")
                .pax(b'x', "linkpath", "two")
                .link(b'2', "package/l", "x"),
            "two different link targets",
        ),
        hostile(
            "name for all",
            package()
                .pax(b'g', "path", "package/b")
                .file("package/a", "a"),
            "global header",
        ),
        hostile(
            "long name without an entry",
            long_name(package(), b"package/x\0"),
            "cannot be unpacked",
        ),
    ]
}

/// A GNU header with the name of the next entry.
fn long_name(archive: Tarball, name: &[u8]) -> Tarball {
    archive.entry(b'L', b"././@LongLink", 0o644, (name.len() as u64, name))
}

/// What is done with compression.
fn compressions() -> Vec<HostileArchive> {
    let plain = |name, bytes, about| HostileArchive {
        name,
        package_type: "npm",
        bytes,
        about,
    };
    let mut bomb = package()
        .entry(b'0', b"package/zeros", 0o644, (1 << 28, b""))
        .tar();
    bomb.resize(40 << 20, 0);
    vec![
        plain("bomb", compressed(&bomb), "unpacks to more than"),
        plain(
            "text after the end",
            [package().gzip(), b"<script>".to_vec()].concat(),
            "cannot be unpacked",
        ),
        plain(
            "broken second part",
            [package().gzip(), b"\x1f\x8b\x08xx".to_vec()].concat(),
            "cannot be unpacked",
        ),
        plain("zip", b"PK\x03\x04".to_vec(), "not in gzip format"),
        plain("plain tar", package().tar(), "not in gzip format"),
        plain("empty", Vec::new(), "not in gzip format"),
    ]
}

/// Paths that are long together; they take a second to make.
fn large() -> Vec<HostileArchive> {
    let long = "n".repeat(4000);
    let mut names = package();
    for number in 0..4200 {
        let path = format!("package/{number}{long}");
        names = names.pax(b'x', "path", &path).file("package/n", "");
    }
    vec![hostile("bomb of names", names, "bytes together")]
}

/// What is cut or wrong.
fn damaged() -> Vec<HostileArchive> {
    let plain = |name, bytes| HostileArchive {
        name,
        package_type: "npm",
        bytes,
        about: "cannot be unpacked",
    };
    let whole = package().file("package/a", &"a".repeat(9000)).gzip();
    let half = whole[..whole.len() / 2].to_vec();
    let mut wrong_sum = package().tar();
    wrong_sum[0] = b'q';
    let mut wrong_check = package().gzip();
    let at = wrong_check.len() - 6;
    wrong_check[at] ^= 1;
    vec![
        plain("cut", half),
        plain("only a gzip header", b"\x1f\x8b\x08\0\0\0\0\0\0\0".to_vec()),
        plain("not a tar archive", compressed(&[b'x'; 2048])),
        plain("wrong checksum of a header", compressed(&wrong_sum)),
        plain("wrong checksum of the content", wrong_check),
        plain(
            "size beyond the end",
            package()
                .entry(b'0', b"package/a", 0o644, (1 << 40, b"a"))
                .gzip(),
        ),
    ]
}

/// What no package needs.
fn unneeded() -> Vec<HostileArchive> {
    let long = "n".repeat(5000);
    let special = |kind: u8, size: u64| package().entry(kind, b"package/s", 0o644, (size, b""));
    vec![
        hostile(
            "long name",
            package().pax(b'x', "path", &long).file("package/a", "a"),
            "a path of 5000 bytes",
        ),
        hostile(
            "huge header",
            special(b'L', 1 << 33),
            "a path of 8589934592 bytes",
        ),
        hostile("sparse", special(b'S', 0), "sparse file"),
        hostile(
            "pax sparse",
            package()
                .pax(b'x', "GNU.sparse.major", "1")
                .file("package/a", "a"),
            "sparse file",
        ),
    ]
}
