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
fn folders_with_perl_are_inputs_and_members_of_pnpm_are_not_projects() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    put(root, "app/pnpm-workspace.yaml", "packages:\n  - 'pk/*'\n");
    put(root, "app/pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
    put(root, "app/package.json", "{}");
    put(root, "app/pk/one/package.json", "{}");
    put(root, "app/pk/one/node_modules/a/package.json", "{}");
    put(
        root,
        "tool/local/lib/perl5/x-y/.meta/A-1/install.json",
        "{}",
    );
    put(root, "tool/cpanfile", "");
    put(
        root,
        "perl/lib/site_perl/5.36.0/x-y/.meta/A-1/install.json",
        "{}",
    );
    put(root, "empty/lib/perl5/A.pm", "");
    let status = "Package: liba-perl\nStatus: install ok installed\nVersion: 1-1\n";
    put(root, "image/var/lib/dpkg/status", status);
    let list = "/usr/share/perl5/A.pm\n";
    put(root, "image/var/lib/dpkg/info/liba-perl.list", list);
    let found = Discovery::below(root, &DiscoveryOptions::default()).unwrap();
    let inputs: Vec<(&str, String)> = found
        .projects
        .iter()
        .map(|it| (&*it.folder, it.inputs.join(" ")))
        .collect();
    let expected = [
        ("app", "pnpm-lock.yaml"),
        ("image", "var/lib/dpkg"),
        ("perl", "lib/site_perl"),
        ("tool", "cpanfile local/lib/perl5"),
    ];
    assert_eq!(inputs, expected.map(|(it, inputs)| (it, inputs.to_owned())));
    let member = SkipReason::Member("app".to_owned());
    let reasons: Vec<&SkipReason> = found.skipped.iter().map(|it| &it.reason).collect();
    assert_eq!(reasons, [&member]);
}

#[test]
fn what_is_excluded_is_not_searched_and_an_invalid_pattern_is_reported() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    put(root, "a/package-lock.json", "{}");
    put(root, "b/test/fixtures/package-lock.json", "{}");
    let options = DiscoveryOptions {
        exclude: vec!["**/fixtures".to_owned(), "[".to_owned()],
        ..DiscoveryOptions::default()
    };
    let found = Discovery::below(root, &options).unwrap();
    assert_eq!(folders(&found), ["a"]);
    assert_eq!(found.skipped[0].reason, SkipReason::InvalidPattern);
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
