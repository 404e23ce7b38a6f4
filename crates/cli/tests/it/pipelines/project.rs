//! A repository with workspaces, to run pipelines in.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::run::put;

const LOCK: &str = r#"{"name":"shop","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{
"":{"name":"shop","version":"1.0.0","workspaces":["packages/*"],"dependencies":{"a":"^1.0.0"}},
"node_modules/a":{"version":"1.0.0","resolved":"https://npmjs.org/a/-/a-1.0.0.tgz","integrity":"sha512-31L8L1CsQoQtLoav1gHk8a53WV5TBKr1otAmwTCsYhp447BBbK98rJoa//uTWnfTXoW0/8xqM5uZnESOVK0Gwg=="},
"node_modules/cart":{"resolved":"packages/cart","link":true},
"packages/cart":{"version":"1.0.0"}}}"#;

/// The most bytes that an attestation holds, as it is written in our files.
pub(super) const LIMIT: &str = "16777216";

/// The repository: its last commit is one version of `a` ahead of `origin/main`.
pub(super) fn repository() -> TempDir {
    /// Git runs once; the others are copies.
    static FIRST: LazyLock<TempDir> = LazyLock::new(first);
    let folder = tempfile::tempdir().unwrap();
    copy(FIRST.path(), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn first() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(
        root,
        "package.json",
        r#"{"name":"shop","version":"1.0.0","workspaces":["packages/*"],"dependencies":{"a":"^1.0.0"}}"#,
    );
    put(
        root,
        "packages/cart/package.json",
        r#"{"name":"cart","version":"1.0.0"}"#,
    );
    put(
        root,
        "package-lock.json",
        &LOCK
            .replace("1.0.0.tgz", "1.0.9.tgz")
            .replace(r#"a":{"version":"1.0.0","#, r#"a":{"version":"1.0.9","#),
    );
    git(root, &["init", "--quiet", "--initial-branch", "main"]);
    commit(root);
    git(root, &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    put(root, "package-lock.json", LOCK);
    commit(root);
    folder
}

/// Approves the locked packages.
pub(super) fn approve(root: &Path) {
    let approved = crate::run::bomtrail(root)
        .args(["approve", "--all-current-packages", "--yes", "--by", "test"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&approved.stderr).into_owned();
    assert!(approved.status.success(), "{told}");
}

fn commit(root: &Path) {
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", "state"]);
}

fn git(root: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=test", "-c", "user.email=test@example.com"])
        .args(["-c", "maintenance.auto=false"])
        .args(arguments)
        .current_dir(root)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .status()
        .unwrap();
    assert!(done.success());
}
