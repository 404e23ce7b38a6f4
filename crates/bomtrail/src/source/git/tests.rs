use std::process::Command;

use bomtrail_graph::Files;

use super::*;
use crate::write::{make_folder, write_atomic};

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.com"]);
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn put(path: &Path, text: &str) {
    make_folder(path.parent().unwrap()).unwrap();
    write_atomic::<std::io::Error>(path, |out| out.write_all(text.as_bytes())).unwrap();
}

/// A repository with a project in a folder of it.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("x/shop");
    put(&shop.join("package.json"), "manifest");
    put(&shop.join("packages/a/package.json"), "member");
    put(&folder.path().join("x/beside/package.json"), "beside");
    std::os::unix::fs::symlink("packages/a", shop.join("link")).unwrap();
    std::os::unix::fs::symlink("../beside", shop.join("away")).unwrap();
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-q", "-m", "first"]);
    git(folder.path(), &["tag", "v1"]);
    folder
}

#[test]
fn a_folder_of_a_commit_is_read_as_one_on_the_disk() {
    let folder = repository();
    let files = GitTree::parse("git:v1:x/shop", folder.path()).unwrap();
    assert_eq!(files.folder_name(), Some("shop"));
    assert_eq!(files.list(""), ["away", "link", "package.json", "packages"]);
    assert_eq!(
        files.read("./packages/../package.json").unwrap(),
        b"manifest"
    );
    assert_eq!(files.read("link/package.json").unwrap(), b"member");
    assert_eq!(files.read("../beside/package.json").unwrap(), b"beside");
    assert!(
        files.read("away/package.json").is_none(),
        "a link leads out"
    );
    assert!(files.is_dir("packages/a") && !files.is_dir("package.json"));
    assert!(matches!(
        files.load("packages", 10),
        Err(ReadError::NotAFile)
    ));
    assert!(matches!(
        files.load("package.json", 3),
        Err(ReadError::TooLarge { limit: 3 })
    ));
    assert!(files.read("../../../package.json").is_none());
}

#[test]
fn a_path_is_of_the_repository_or_of_the_folder() {
    let folder = repository();
    let shop = folder.path().join("x/shop");
    for text in [
        "git:v1:x/shop",
        "git:v1:x/shop/",
        "git:v1:.",
        "git:v1:./",
        "git:v1",
        "git:HEAD",
    ] {
        let files = GitTree::parse(text, &shop).unwrap();
        assert_eq!(files.read("package.json").unwrap(), b"manifest", "{text}");
        assert_eq!(files.input(), None);
    }
    let top = GitTree::parse("git:v1:", &shop).unwrap();
    assert_eq!(top.list(""), ["x"]);
    let file = GitTree::parse("git:v1:x/shop/package.json", folder.path()).unwrap();
    assert_eq!(file.input(), Some("package.json"));
    assert_eq!(file.label(), "git:v1:x/shop/package.json");
}

#[test]
fn what_is_not_there_is_an_error() {
    let folder = repository();
    let open = |text: &str| GitTree::parse(text, folder.path()).unwrap_err();
    assert!(matches!(open("git::x"), GitError::Malformed { .. }));
    assert!(matches!(open("git:v2"), GitError::UnknownCommit { .. }));
    assert!(matches!(open("git:--all"), GitError::UnknownCommit { .. }));
    assert!(matches!(open("git:v1:gone"), GitError::NotFound { .. }));
}

#[test]
fn replaced_objects_are_not_taken() {
    let folder = repository();
    let old = git(folder.path(), &["rev-parse", "v1:x/shop/package.json"]);
    let new = git(folder.path(), &["rev-parse", "v1:x/beside/package.json"]);
    git(folder.path(), &["replace", &old, &new]);
    let files = GitTree::parse("git:v1:x/shop", folder.path()).unwrap();
    assert_eq!(files.read("package.json").unwrap(), b"manifest");
}
