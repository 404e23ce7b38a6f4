//! Identifiers are those that git computes for the same files.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use bomtrail_archive::{Client, ObjectFormat, ObjectId, ReadOptions, read};

use bomtrail_testkit::{Tarball, compressed};

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(["-c", "maintenance.auto=false"])
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A folder with what git distinguishes: executables, links, and names around a folder's in the order of trees.
fn make_files(folder: &Path) {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("README", "hello\n");
    put("empty", "");
    put("lib/a/deep/x.js", "x");
    put("lib.js", "sorts before the folder");
    put("lib-2", "sorts before the folder too");
    put("lib0", "sorts after the folder");
    put("bin/run", "#!/bin/sh\n");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.join("bin/run"), mode).unwrap();
    symlink("../lib/a", folder.join("bin/link")).unwrap();
    put("ünïcode/ß", "ß");
}

fn add(builder: &mut tar::Builder<Vec<u8>>, folder: &Path) {
    builder.follow_symlinks(false);
    builder.append_dir_all("package", folder).unwrap();
}

#[test]
fn directory_and_content_identifiers_equal_those_of_git() {
    for format in [ObjectFormat::Sha1, ObjectFormat::Sha256] {
        let folder = tempfile::tempdir().unwrap();
        make_files(folder.path());
        let mut builder = tar::Builder::new(Vec::new());
        add(&mut builder, folder.path());
        let archive = compressed(&builder.into_inner().unwrap());

        let name = match format {
            ObjectFormat::Sha1 => "sha1",
            ObjectFormat::Sha256 => "sha256",
        };
        let object_format = format!("--object-format={name}");
        git(folder.path(), &["init", "-q", &object_format]);
        git(folder.path(), &["add", "-A"]);
        let tree = git(folder.path(), &["write-tree"]);
        let blob = git(folder.path(), &["hash-object", "README"]);

        let options = ReadOptions::of(Client::Tar).with(|it| it.format = format);
        let contents = read(&*archive, archive.len() as u64, &options).unwrap();
        assert_eq!(contents.directory_id.to_string(), tree, "{name}");
        assert_eq!(contents.files["README"].id.to_string(), blob, "{name}");
        assert_eq!(ObjectId::parse(&blob), Some(contents.files["README"].id));
    }
}

#[test]
fn the_archive_itself_is_a_content() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Tarball::default().file("package/a", "a").gzip();
    fs::write(folder.path().join("a.tgz"), &archive).unwrap();
    git(folder.path(), &["init", "-q"]);
    let blob = git(folder.path(), &["hash-object", "a.tgz"]);
    let options = ReadOptions::of(Client::Npm);
    let contents = read(&*archive, archive.len() as u64, &options).unwrap();
    let swhid = contents.archive_id.unwrap().content_swhid();
    assert_eq!(swhid, Some(format!("swh:1:cnt:{blob}")));
}

#[test]
fn the_identifier_of_nothing_is_known() {
    let empty = ObjectId::of_content(ObjectFormat::Sha1, b"");
    assert_eq!(
        empty.to_string(),
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    );
    let archive = Tarball::default().folder("package/").gzip();
    let options = ReadOptions::of(Client::Npm);
    let contents = read(&*archive, archive.len() as u64, &options).unwrap();
    let id = contents.directory_id.to_string();
    assert_eq!(id, "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
}
