use std::fs;
use std::path::Path;

use super::{Discovery, DiscoveryOptions, SkipReason};
use crate::write::write_atomic;

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    write_atomic::<std::io::Error>(&path, |out| out.write_all(text.as_bytes())).unwrap();
}

fn folders(found: &Discovery) -> Vec<&str> {
    found.projects.iter().map(|it| &*it.folder).collect()
}

#[test]
fn every_project_is_found_once() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    put(root, "api/package-lock.json", "{}");
    put(
        root,
        "api/package.json",
        r#"{"workspaces": ["packages/*"]}"#,
    );
    put(root, "api/packages/a/package.json", "{}");
    put(root, "api/node_modules/x/package-lock.json", "{}");
    put(root, "perl/cpanfile", "");
    put(root, "rust/Cargo.lock", "");
    put(root, "rust/Cargo.toml", "[workspace]\nmembers = [\"in\"]\n");
    put(root, "rust/in/Cargo.toml", "");
    put(root, "rust/target/CACHEDIR.TAG", "");
    put(root, "rust/target/package/y/Cargo.lock", "");
    put(root, "image/node_modules/z/package.json", "{}");
    put(root, "loose/package.json", "{}");
    put(root, "go/go.mod", "");
    put(root, ".cache/package-lock.json", "{}");
    put(root, "built/.gitignore", "out\n");
    put(root, "built/out/package-lock.json", "{}");
    put(root, "examples/package-lock.json", "{}");
    let options = DiscoveryOptions {
        exclude: vec!["examples".to_owned()],
        ..DiscoveryOptions::default()
    };
    let found = Discovery::below(root, &options).unwrap();
    assert_eq!(folders(&found), ["api", "image", "perl", "rust"]);
    let skipped: Vec<(&str, &SkipReason)> = found
        .skipped
        .iter()
        .map(|it| (&*it.path, &it.reason))
        .collect();
    let member = |it: &str| SkipReason::Member(it.to_owned());
    assert_eq!(
        skipped,
        [
            ("api/packages/a/package.json", &member("api")),
            ("go/go.mod", &SkipReason::OtherTool("Go")),
            (
                "loose/package.json",
                &SkipReason::NotLocked("npm install --package-lock-only")
            ),
            ("rust/in/Cargo.toml", &member("rust")),
        ]
    );
}

#[test]
fn a_search_has_limits_and_says_so() {
    let scratch = tempfile::tempdir().unwrap();
    put(scratch.path(), "a/b/c/package-lock.json", "{}");
    let options = DiscoveryOptions {
        depth: 2,
        ..DiscoveryOptions::default()
    };
    let found = Discovery::below(scratch.path(), &options).unwrap();
    assert!(found.projects.is_empty());
    assert_eq!(found.skipped[0].reason, SkipReason::Limit);
    let options = DiscoveryOptions {
        entries: 2,
        ..DiscoveryOptions::default()
    };
    let found = Discovery::below(scratch.path(), &options).unwrap();
    assert_eq!(found.skipped[0].reason, SkipReason::Limit);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let scratch = tempfile::tempdir().unwrap();
    put(scratch.path(), "a/package-lock.json", "{}");
    std::os::unix::fs::symlink("..", scratch.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink("a", scratch.path().join("b")).unwrap();
    let found = Discovery::below(scratch.path(), &DiscoveryOptions::default()).unwrap();
    assert_eq!(folders(&found), ["a"]);
}
