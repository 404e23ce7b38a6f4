//! Packages' archives as inputs: what they ship.

use std::path::{Path, PathBuf};

use bomtrail::{Scan, ScanError, scan};

/// An archive at a path, with its files.
fn archive(folder: &Path, name: &str, files: &[(&str, &str)]) -> PathBuf {
    let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(encoder);
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        // The path is set as it is, because the builder refuses hostile ones.
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        archive.append(&header, text.as_bytes()).unwrap();
    }
    let bytes = archive.into_inner().unwrap().finish().unwrap();
    let path = folder.join(name);
    bomtrail::write::make_folder(path.parent().unwrap()).unwrap();
    bomtrail::write::write_atomic::<std::io::Error>(&path, |out| out.write_all(&bytes)).unwrap();
    path
}

fn ids(scan: &Scan) -> Vec<&str> {
    scan.diagnostics().iter().map(|it| it.code.id).collect()
}

/// The references of the nodes, each with what it requires.
fn shown(scan: &Scan) -> Vec<String> {
    let nodes = scan.graph().nodes();
    let shown = nodes.map(|it| {
        let below: Vec<String> = it
            .edges()
            .map(|edge| {
                let to = edge.to().map(|it| it.name().to_owned());
                to.unwrap_or_else(|| format!("?{}", edge.name()))
            })
            .collect();
        format!("{} -> {}", it.reference(), below.join(" "))
    });
    shown.collect()
}

#[test]
fn a_package_of_npm_ships_its_manifest_and_what_is_bundled() {
    let scratch = tempfile::tempdir().unwrap();
    let manifest = r#"{"name": "x", "version": "1.0.0", "license": "MIT",
        "dependencies": {"a": "^1.0.0", "b": "^2.0.0"}, "bundleDependencies": ["a"]}"#;
    let files = [
        ("package/package.json", manifest),
        ("package/index.js", ""),
        ("package/package-lock.json", "{"),
    ];
    let plain = archive(scratch.path(), "x-1.0.0.tgz", &files);
    let found = scan(&plain).unwrap();
    assert_eq!(shown(&found), ["pkg:npm/x@1.0.0 -> ?a ?b"]);
    assert_eq!(ids(&found), ["npm/not-resolved"]);
    let root = found.graph().roots().next().unwrap().component().clone();
    let digests: Vec<&str> = root.hashes.iter().map(|it| it.algorithm().name()).collect();
    assert_eq!(digests, ["SHA-256", "SHA-512"]);

    let inner = r#"{"name": "a", "version": "1.2.0", "dependencies": {"c": "1"}}"#;
    let c = r#"{"name": "c", "version": "1.0.0"}"#;
    let bundled = [
        &files[..],
        &[
            ("package/node_modules/a/package.json", inner),
            ("package/node_modules/a/node_modules/c/package.json", c),
        ],
    ]
    .concat();
    let bundled = archive(scratch.path(), "bundled.tgz", &bundled);
    let found = scan(&bundled).unwrap();
    assert_eq!(
        shown(&found),
        [
            "pkg:npm/a@1.2.0 -> c",
            "pkg:npm/c@1.0.0 -> ",
            "pkg:npm/x@1.0.0 -> ?b a"
        ]
    );
    assert_eq!(ids(&found), <[&str; 0]>::default());
    let flags = found.graph().nodes().next().unwrap().component().flags;
    assert!(flags.names().any(|it| it == "bundled"));
}

#[test]
fn the_shrinkwrap_of_a_package_says_what_is_installed_with_it() {
    let scratch = tempfile::tempdir().unwrap();
    let manifest = r#"{"name": "x", "version": "1.0.0", "dependencies": {"a": "^1.0.0"}}"#;
    let lock = r#"{"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": {
        "": {"name": "x", "version": "1.0.0", "dependencies": {"a": "^1.0.0"}},
        "node_modules/a": {"version": "1.2.0", "resolved": "https://npm.example.com/a/-/a-1.2.0.tgz"}}}"#;
    let files = [
        ("package/package.json", manifest),
        ("package/npm-shrinkwrap.json", lock),
    ];
    let path = archive(scratch.path(), "x-1.0.0.tgz", &files);
    let found = scan(&path).unwrap();
    assert_eq!(found.graph().nodes().len(), 2);
    assert_eq!(
        found
            .graph()
            .roots()
            .next()
            .unwrap()
            .component()
            .hashes
            .len(),
        2
    );
}

const META: &str = r#"{"name": "Foo-Bar", "version": "1.0", "license": ["mit"], "dynamic_config": 0,
    "meta-spec": {"version": 2}, "prereqs": {"runtime": {"requires": {"Other": "2"}}}}"#;

#[test]
fn a_distribution_ships_its_metadata_and_a_list_of_its_files() {
    let scratch = tempfile::tempdir().unwrap();
    let files = [
        ("Foo-Bar-1.0/META.json", META),
        ("Foo-Bar-1.0/Makefile.PL", ""),
        ("Foo-Bar-1.0/package.json", "{}"),
        ("Foo-Bar-1.0/lib/Foo/Bar.pm", ""),
        ("Foo-Bar-1.0/extra.pl", ""),
        (
            "Foo-Bar-1.0/MANIFEST",
            "MANIFEST\nMakefile.PL\npackage.json\nlib/Foo/Bar.pm The module\nt/gone.t\n",
        ),
    ];
    let name = "authors/id/E/EX/EXAMPLE/Foo-Bar-1.0.tar.gz";
    let path = archive(scratch.path(), name, &files);
    let found = scan(&path).unwrap();
    assert_eq!(
        shown(&found)[0],
        "pkg:cpan/Foo-Bar@1.0?author=EXAMPLE -> ?Other"
    );
    let ids = ids(&found);
    assert!(ids.contains(&"bomtrail/archive-file-missing"), "{ids:?}");
    assert!(ids.contains(&"bomtrail/archive-file-unlisted"), "{ids:?}");
}

#[test]
fn a_distribution_without_metadata_is_named_by_its_archive() {
    let scratch = tempfile::tempdir().unwrap();
    let files = [("Old-0.1/Makefile.PL", ""), ("Old-0.1/Old.pm", "")];
    let path = archive(scratch.path(), "Old-0.1.tar.gz", &files);
    let found = scan(&path).unwrap();
    assert_eq!(shown(&found), ["pkg:cpan/Old@0.1 -> "]);
    assert_eq!(ids(&found), ["bomtrail/archive-without-metadata"]);
}

#[test]
fn archives_that_are_hostile_damaged_or_no_packages_are_errors() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let manifest = r#"{"name": "x", "version": "1.0.0"}"#;
    let files = [("package/package.json", manifest), ("package/../../up", "")];
    let hostile = scan(archive(folder, "hostile.tgz", &files)).unwrap_err();
    assert!(
        matches!(hostile, ScanError::HostileArchive { .. }),
        "{hostile}"
    );
    let other = scan(archive(folder, "other.tgz", &[("a/b.txt", "")])).unwrap_err();
    assert!(matches!(other, ScanError::NothingToRead { .. }), "{other}");
    crate::fixture::put(folder, "text.tgz", "no archive");
    let damaged = scan(folder.join("text.tgz")).unwrap_err();
    assert!(matches!(damaged, ScanError::Archive { .. }), "{damaged}");
}
