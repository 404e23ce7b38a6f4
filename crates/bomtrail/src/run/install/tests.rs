use std::path::Path;

use super::*;

const LOCK: &str = r#"{"lockfileVersion": 3, "packages": {
  "": {"name": "app", "workspaces": ["packages/a"]},
  "packages/a": {"name": "a", "version": "1.0.0"},
  "node_modules/a": {"resolved": "packages/a", "link": true},
  "node_modules/good": {"version": "1.0.0", "integrity": "sha512-AA==", "bin": {"good": "cli.js"},
    "resolved": "https://npmjs.org/good/-/good-1.0.0.tgz", "bundleDependencies": ["inner"]},
  "node_modules/good/node_modules/inner": {"version": "2.0.0", "inBundle": true},
  "node_modules/@scope/alias": {"name": "real", "version": "3.0.0", "integrity": "sha512-BB==",
    "resolved": "https://npmjs.org/real/-/real-3.0.0.tgz"}}}"#;

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    crate::write::make_folder(path.parent().unwrap()).unwrap();
    crate::write::write_atomic::<io::Error>(&path, |out| out.write_all(text.as_bytes())).unwrap();
}

fn package(folder: &Path, place: &str, manifest: &str) {
    put(folder, &format!("{place}/package.json"), manifest);
}

/// An honest installation of the lockfile.
fn installed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(here, "package-lock.json", LOCK);
    package(here, "packages/a", r#"{"name": "a", "version": "1.0.0"}"#);
    let good = r#"{"name": "good", "version": "1.0.0", "bin": "./cli.js"}"#;
    package(here, "node_modules/good", good);
    let inner = r#"{"name": "inner", "version": "v2.0.0+build"}"#;
    package(here, "node_modules/good/node_modules/inner", inner);
    let alias = r#"{"name": "real", "version": "3.0.0"}"#;
    package(here, "node_modules/@scope/alias", alias);
    put(here, "node_modules/.cache/anything", "");
    put(here, HIDDEN_LOCKFILE, LOCK);
    #[cfg(unix)]
    {
        crate::write::make_folder(&here.join("node_modules/.bin")).unwrap();
        link(here, "../good/cli.js", "node_modules/.bin/good");
        link(here, "../packages/a", "node_modules/a");
    }
    folder
}

#[cfg(unix)]
fn link(folder: &Path, target: &str, name: &str) {
    std::os::unix::fs::symlink(target, folder.join(name)).unwrap();
}

fn found(folder: &Path) -> Vec<(String, What)> {
    let all = differences(folder).unwrap().into_iter();
    all.map(|it| (it.place, it.what)).collect()
}

fn one(place: &str, what: What) -> Vec<(String, What)> {
    vec![(place.to_owned(), what)]
}

#[cfg(unix)]
#[test]
fn an_honest_installation_has_no_differences() {
    let folder = installed();
    assert_eq!(found(folder.path()), []);
    // npm replaces the host of a registry, and may leave out addresses.
    let other = LOCK.replace("https://npmjs.org/good", "https://npm.example.com/npm/good");
    put(folder.path(), HIDDEN_LOCKFILE, &other);
    assert_eq!(found(folder.path()), []);
}

#[cfg(unix)]
#[test]
fn what_is_not_locked_is_found() {
    let folder = installed();
    let here = folder.path();
    package(here, "node_modules/good/node_modules/evil", "{}");
    put(here, "packages/a/node_modules/evil/index.js", "");
    put(here, "node_modules/evil.js", "");
    crate::write::make_folder(&here.join("node_modules/empty")).unwrap();
    link(here, "../packages", "node_modules/linked");
    let places = [
        "node_modules/evil.js",
        "node_modules/good/node_modules/evil",
        "node_modules/linked",
        "packages/a/node_modules/evil",
    ];
    let all = found(here);
    let names: Vec<&str> = all.iter().map(|(place, _)| &**place).collect();
    assert_eq!(names, places);
}

#[cfg(unix)]
#[test]
fn other_packages_and_links_are_found() {
    let folder = installed();
    let here = folder.path();
    package(
        here,
        "node_modules/good",
        r#"{"name": "good", "version": "6.6.6", "bin": "cli.js"}"#,
    );
    let what = What::OtherPackage {
        installed: "good@6.6.6".to_owned(),
        locked: "good@1.0.0".to_owned(),
    };
    assert_eq!(found(here), one("node_modules/good", what));
    let folder = installed();
    let here = folder.path();
    std::fs::remove_file(here.join("node_modules/a")).unwrap();
    link(here, "good", "node_modules/a");
    assert_eq!(found(here), one("node_modules/a", What::OtherLink));
}

#[cfg(unix)]
#[test]
fn commands_lead_to_packages_that_declare_them() {
    for target in [
        "../@scope/alias/cli.js",
        "../good/other.js",
        "../../package-lock.json",
        "/bin/sh",
    ] {
        let folder = installed();
        link(folder.path(), target, "node_modules/.bin/tsc");
        assert_eq!(
            found(folder.path()),
            one("node_modules/.bin/tsc", What::StrayCommand),
            "{target}"
        );
    }
    let folder = installed();
    put(folder.path(), "node_modules/.bin/tsc", "");
    assert_eq!(
        found(folder.path()),
        one("node_modules/.bin/tsc", What::StrayCommand)
    );
}

#[cfg(unix)]
#[test]
fn what_npm_recorded_is_compared_by_place() {
    let inner = "node_modules/good/node_modules/inner";
    for (from, to, place, what) in [
        (
            "\"inBundle\": true",
            "\"resolved\": \"https://npmjs.org/inner/-/inner-2.0.0.tgz\"",
            inner,
            What::FetchedOnItsOwn,
        ),
        (
            "sha512-AA==",
            "sha512-CC==",
            "node_modules/good",
            What::OtherDigest,
        ),
        (
            "\"integrity\": \"sha512-AA==\", ",
            "",
            "node_modules/good",
            What::OtherDigest,
        ),
        (
            "/good/-/good-1.0.0.tgz",
            "/evil/-/good-1.0.0.tgz",
            "node_modules/good",
            What::OtherSource,
        ),
    ] {
        let folder = installed();
        assert!(LOCK.contains(from), "{from}");
        put(folder.path(), HIDDEN_LOCKFILE, &LOCK.replace(from, to));
        assert_eq!(found(folder.path()), one(place, what), "{to}");
    }
    let folder = installed();
    std::fs::remove_file(folder.path().join(HIDDEN_LOCKFILE)).unwrap();
    assert_eq!(found(folder.path()), one(HIDDEN_LOCKFILE, What::NoRecord));
}

#[test]
fn nothing_to_install_needs_no_record() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "package-lock.json",
        r#"{"lockfileVersion": 3, "packages": {"": {}, "node_modules/x": {"dev": true}}}"#,
    );
    assert_eq!(found(folder.path()), []);
}

#[test]
fn the_tree_of_version_1_has_places() {
    let folder = tempfile::tempdir().unwrap();
    let lock = r#"{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "dependencies": {
      "b": {"version": "npm:@real/b@2.0.0"}, "c": {"version": "https://npm.example.com/c.tgz"}}}}}"#;
    put(folder.path(), "package-lock.json", lock);
    let entries = locked::read(&disk(folder.path()).unwrap(), "package-lock.json").unwrap();
    let labels: Vec<String> = entries
        .iter()
        .map(|(place, it)| format!("{place} {}", it.label()))
        .collect();
    assert_eq!(
        labels,
        [
            "node_modules/a a@1.0.0",
            "node_modules/a/node_modules/b @real/b@2.0.0",
            "node_modules/a/node_modules/c c"
        ]
    );
}

#[test]
fn npm_installs_the_workspace_of_a_member() {
    let folder = tempfile::tempdir().unwrap();
    let here = std::fs::canonicalize(folder.path()).unwrap();
    put(&here, "package.json", r#"{"workspaces": ["packages/*"]}"#);
    put(&here, "packages/a/package.json", "{}");
    put(&here, "packages/a/src/index.js", "");
    put(&here, "other/package.json", "{}");
    assert_eq!(npm_folder(&here).unwrap(), here);
    assert_eq!(npm_folder(&here.join("packages/a")).unwrap(), here);
    assert_eq!(npm_folder(&here.join("packages/a/src")).unwrap(), here);
    assert_eq!(npm_folder(&here.join("packages")).unwrap(), here);
    assert_eq!(npm_folder(&here.join("other")).unwrap(), here.join("other"));
}

#[test]
fn changed_files_are_found() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", "{}");
    let mut taken = Fingerprints::take(folder.path()).unwrap();
    assert_eq!(taken.changed(folder.path()).unwrap(), [""; 0]);
    put(folder.path(), ".npmrc", "");
    assert_eq!(taken.changed(folder.path()).unwrap(), [".npmrc"]);
    let read = crate::source::Recorder::default();
    read.note("package-lock.json", b"another state");
    read.note("node_modules/a/package.json", b"replaced by npm");
    taken.add(&read);
    assert_eq!(
        taken.changed(folder.path()).unwrap(),
        [".npmrc", "package-lock.json"]
    );
}
