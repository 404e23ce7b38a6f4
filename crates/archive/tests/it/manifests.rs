//! What manifests state, and what licence files say.

use bomtrail_archive::{
    ArchiveKind, Client, Manifest, RequirementKind, copyright_lines, license_files,
};

use super::open;
use bomtrail_testkit::Tarball;

fn npm(manifest: &str, others: &[(&str, &str)]) -> Option<Manifest> {
    let mut archive = Tarball::default().file("package/package.json", manifest);
    for (path, content) in others {
        archive = archive.file(&format!("package/{path}"), content);
    }
    let contents = open(Client::Npm, &archive.gzip()).unwrap();
    ArchiveKind::of_type("npm").unwrap().manifest(&contents)
}

#[test]
fn the_last_of_equal_keys_counts() {
    let manifest = npm(r#"{"name": "a", "version": "1.0.0", "name": "b"}"#, &[]).unwrap();
    assert_eq!(manifest.name.as_deref(), Some("b"));
}

#[test]
fn an_optional_dependency_wins_over_a_required_one() {
    let text = r#"{"dependencies": {"x": "1"}, "optionalDependencies": {"x": "2"},
                   "peerDependencies": {"y": "3", "z": 4}}"#;
    let wanted = npm(text, &[]).unwrap().requirements.unwrap();
    let x = (RequirementKind::Optional, "2".to_owned());
    let y = (RequirementKind::Peer, "3".to_owned());
    assert_eq!(
        wanted.into_iter().collect::<Vec<_>>(),
        [("x".to_owned(), x), ("y".to_owned(), y)]
    );
}

#[test]
fn commands_are_an_object_or_one_file() {
    let one = npm(r#"{"name": "@s/tool", "bin": "./bin/../run.js"}"#, &[]).unwrap();
    assert_eq!(one.commands["tool"], "run.js");
    let many = npm(r#"{"bin": {"a": "/a.js", "b": 1}}"#, &[]).unwrap();
    assert_eq!(
        many.commands.into_iter().collect::<Vec<_>>(),
        [("a".into(), "a.js".into())]
    );
}

#[test]
fn a_build_description_is_an_install_script() {
    let gyp = [("binding.gyp", "{}")];
    let implicit = npm("{}", &gyp).unwrap();
    let commands: Vec<_> = implicit.install_commands().collect();
    assert_eq!(commands, [("install", "node-gyp rebuild")]);
    let stated = npm(r#"{"scripts": {"preinstall": "x", "test": "y"}}"#, &gyp).unwrap();
    assert_eq!(stated.install_scripts, ["preinstall"]);
    assert!(
        npm(r#"{"gypfile": false}"#, &gyp)
            .unwrap()
            .install_scripts
            .is_empty()
    );
}

#[test]
fn a_folder_of_commands_counts_where_no_command_is_stated() {
    let files = [
        ("tools/run.js", ""),
        ("tools/.hidden", ""),
        ("lib/x.js", ""),
    ];
    let text = r#"{"name": "a", "directories": {"bin": "./tools"}}"#;
    let found = npm(text, &files).unwrap().commands.into_iter();
    let wanted = [("run.js".to_owned(), "tools/run.js".to_owned())];
    assert_eq!(found.collect::<Vec<_>>(), wanted);
    let text = r#"{"name": "a", "bin": "lib/x.js", "directories": {"bin": "tools"}}"#;
    assert_eq!(npm(text, &files).unwrap().commands["a"], "lib/x.js");
}

#[test]
fn packages_in_an_archive_are_known_by_their_folders() {
    let files = [
        ("node_modules/x/index.js", ""),
        ("node_modules/@s/y/index.js", ""),
        ("node_modules/.bin/z", ""),
        ("test/node_modules/w/index.js", ""),
    ];
    let found = npm("{}", &files).unwrap().embedded;
    assert_eq!(found.iter().collect::<Vec<_>>(), ["@s/y", "x"]);
}

#[test]
fn what_is_not_an_object_is_no_manifest() {
    for text in ["", "[]", "{", "null", &"[".repeat(100_000)] {
        assert!(npm(text, &[]).is_none(), "{text:.20}");
    }
}

#[test]
fn metadata_of_cpan_is_read_in_both_forms() {
    let json =
        r#"{"name": "A-B", "version": 1.5, "resources": {"repository": {"url": "git://x/y"}}}"#;
    let yaml = "---\nname: A-B\nversion: '1.50'\nresources:\n  repository: git://x/y\n";
    for (path, text, version) in [("META.json", json, "1.5"), ("META.yml", yaml, "1.50")] {
        let archive = Tarball::default()
            .file(&format!("A-B-1.5/{path}"), text)
            .file("A-B-1.5/Makefile.PL", "")
            .file("A-B-1.5/bin/ab", "");
        let contents = open(Client::Tar, &archive.gzip()).unwrap();
        let manifest = ArchiveKind::of_type("cpan")
            .unwrap()
            .manifest(&contents)
            .unwrap();
        assert_eq!(manifest.name.as_deref(), Some("A-B"));
        assert_eq!(manifest.version.as_deref(), Some(version));
        assert_eq!(manifest.repository.as_deref(), Some("git://x/y"));
        assert_eq!(manifest.install_scripts, ["Makefile.PL"]);
        assert_eq!(manifest.commands["ab"], "bin/ab");
    }
}

#[test]
fn copyright_lines_are_notices_and_no_sentences_about_them() {
    let text = "MIT License\n\nCopyright (c) 2020 Ann\n * (c) 2021-2023, Bob\n© 2024 Eve\n\
                Copyright 2019 The Authors\nCopyright [yyyy] [name of copyright owner]\n\
                copyright holders be liable\nThe above copyright notice\nCopyright (c) 2020 Ann\n";
    let archive = Tarball::default()
        .file("package/LICENSE", text)
        .file("package/license.js", "code")
        .file("package/node_modules/x/LICENSE", "of another package")
        .gzip();
    let files = license_files(&open(Client::Npm, &archive).unwrap());
    assert_eq!(
        files.iter().map(|it| &*it.path).collect::<Vec<_>>(),
        ["LICENSE"]
    );
    assert_eq!(
        copyright_lines(&files),
        [
            "Copyright (c) 2020 Ann",
            "(c) 2021-2023, Bob",
            "© 2024 Eve",
            "Copyright 2019 The Authors"
        ]
    );
}
