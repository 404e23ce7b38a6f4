//! `bomtrail exec -- npm ci` with the npm that is installed and a registry of our own on this machine: what is not approved
//! is not installed, and none of its scripts runs.

mod locks;
mod registry;
mod steps;
mod tricks;

use std::path::{Path, PathBuf};

use registry::{Package, Registry, Source};

use crate::run::{bomtrail, names, put};

/// Packs a package whose install script is `script`.
fn pack(home: &Path, name: &'static str, script: &'static str) -> Option<Package> {
    let source = Source {
        name,
        version: "1.0.0",
        fields: r#", "scripts": {"postinstall": "node script.js"}"#,
        files: vec![("script.js", script)],
    };
    registry::pack(home, &[source])?.pop()
}

/// A project that has one package locked, as npm writes it for the public registry.
fn project(home: &Path, package: &Package) -> PathBuf {
    let folder = home.join("project");
    let name = &package.name;
    // npm fetches what is locked under the public registry's own host from the registry that is configured.
    let host = ["registry", "npmjs.org"].join(".");
    let manifest =
        format!(r#""name": "app", "version": "1.0.0", "dependencies": {{"{name}": "1.0.0"}}"#);
    put(
        &folder,
        "package.json",
        &format!("{{{manifest}, \"private\": true}}"),
    );
    let entry = format!(
        r#"{{"version": "1.0.0", "resolved": "https://{host}/{name}/-/{name}-1.0.0.tgz", "integrity": "{}", "hasInstallScript": true}}"#,
        package.integrity
    );
    let lock = format!(
        r#"{{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {{"": {{{manifest}}}, "node_modules/{name}": {entry}}}}}"#
    );
    put(&folder, "package-lock.json", &lock);
    put(
        &folder,
        "package-approvals.json",
        "{\"version\": 1, \"packages\": {}}\n",
    );
    folder
}

/// Runs the program with npm within reach.
fn exec(home: &Path, folder: &Path, port: u16, arguments: &[&str]) -> (i32, String) {
    let mut command = bomtrail(folder);
    command
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", home);
    command.env("npm_config_registry", format!("http://127.0.0.1:{port}/"));
    command.env("npm_config_cache", home.join("cache"));
    for quiet in [
        "npm_config_audit",
        "npm_config_fund",
        "npm_config_update_notifier",
    ] {
        command.env(quiet, "false");
    }
    let output = command.args(arguments).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), shown)
}

#[test]
fn what_is_not_approved_is_neither_installed_nor_run() {
    let home = tempfile::tempdir().unwrap();
    let script = "require('fs').writeFileSync('../../marker', '')";
    let Some(package) = pack(home.path(), "leaves-a-marker", script) else {
        return;
    };
    let registry = Registry::serve(std::slice::from_ref(&package), &[]);
    let folder = project(home.path(), &package);
    let ci = ["exec", "--", "npm", "ci"];
    let (code, shown) = exec(home.path(), &folder, registry.port, &ci);
    assert_eq!(code, 1, "{shown}");
    assert!(
        shown.contains("leaves-a-marker@1.0.0: it is not in the approvals list"),
        "{shown}"
    );
    assert_eq!(
        names(&folder),
        [
            "package-approvals.json",
            "package-lock.json",
            "package.json"
        ]
    );
    assert!(registry.asked.lock().unwrap().is_empty());

    let (code, shown) = exec(
        home.path(),
        &folder,
        registry.port,
        &["approve", "leaves-a-marker@1.0.0"],
    );
    assert_eq!(code, 0, "{shown}");
    let (code, shown) = exec(home.path(), &folder, registry.port, &ci);
    assert_eq!(code, 0, "{shown}");
    assert!(
        folder
            .join("node_modules/leaves-a-marker/script.js")
            .exists()
    );
    assert!(!registry.asked.lock().unwrap().is_empty());
    assert!(folder.join("marker").exists(), "{shown}");
}

#[test]
fn a_lockfile_that_lies_installs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let Some(package) = pack(home.path(), "is-something-else", "") else {
        return;
    };
    let registry = Registry::serve(std::slice::from_ref(&package), &[]);
    let folder = project(home.path(), &package);
    let lock = crate::run::get(&folder, "package-lock.json");
    let lying = lock
        .replace("node_modules/is-something-else", "node_modules/is-number")
        .replace(
            "\"is-something-else\": \"1.0.0\"",
            "\"is-number\": \"1.0.0\"",
        );
    put(&folder, "package-lock.json", &lying);
    put(
        &folder,
        "package.json",
        r#"{"name": "app", "version": "1.0.0", "private": true, "dependencies": {"is-number": "1.0.0"}}"#,
    );
    put(
        &folder,
        "package-approvals.json",
        r#"{"version": 1, "packages": {"is-number": ["1.0.0"]}}"#,
    );
    let (code, shown) = exec(
        home.path(),
        &folder,
        registry.port,
        &["exec", "--", "npm", "ci"],
    );
    assert_eq!(code, 1, "{shown}");
    assert!(
        shown.contains("its `resolved` address says `is-something-else@1.0.0`"),
        "{shown}"
    );
    assert!(!folder.join("node_modules").exists());
    assert!(registry.asked.lock().unwrap().is_empty());
}

#[test]
fn what_changes_the_lockfile_while_it_is_installed_is_found() {
    let home = tempfile::tempdir().unwrap();
    let script = "require('fs').appendFileSync('../../package-lock.json', '\\n')";
    let Some(package) = pack(home.path(), "meddles", script) else {
        return;
    };
    let registry = Registry::serve(std::slice::from_ref(&package), &[]);
    let folder = project(home.path(), &package);
    let (code, shown) = exec(home.path(), &folder, registry.port, &["approve", "meddles"]);
    assert_eq!(code, 0, "{shown}");
    let (code, shown) = exec(
        home.path(),
        &folder,
        registry.port,
        &["exec", "--", "npm", "ci"],
    );
    assert_eq!(code, 1, "{shown}");
    assert!(
        shown.contains("`package-lock.json` changed while npm ran"),
        "{shown}"
    );
}

#[test]
fn what_an_install_script_adds_to_the_installation_is_found() {
    let scripts = vec![
        (
            "adds-a-package",
            "const fs = require('fs'); fs.mkdirSync('../evil'); fs.writeFileSync('../evil/package.json', '{}')",
            "`node_modules/evil` is installed, but is not in the lockfile",
        ),
        (
            "adds-a-command",
            "const fs = require('fs'); fs.mkdirSync('../.bin'); fs.symlinkSync('../adds-a-command/script.js', '../.bin/tsc')",
            "`node_modules/.bin/tsc` is a command that its package does not declare",
        ),
        (
            "becomes-another",
            "require('fs').writeFileSync('package.json', JSON.stringify({name: 'evil', version: '6.6.6'}))",
            "`node_modules/becomes-another` is `evil@6.6.6`, but the lockfile has `becomes-another@1.0.0`",
        ),
    ];
    for (name, script, place) in bomtrail_testkit::sample(scripts, 3) {
        let home = tempfile::tempdir().unwrap();
        let Some(package) = pack(home.path(), name, script) else {
            return;
        };
        let registry = Registry::serve(std::slice::from_ref(&package), &[]);
        let folder = project(home.path(), &package);
        let (code, shown) = exec(home.path(), &folder, registry.port, &["approve", name]);
        assert_eq!(code, 0, "{shown}");
        let ci = ["exec", "--", "npm", "ci"];
        let (code, shown) = exec(home.path(), &folder, registry.port, &ci);
        assert_eq!(code, 1, "{shown}");
        assert!(shown.contains(place), "{shown}");
    }
}

#[test]
fn only_a_clean_install_is_run() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("project");
    put(&folder, "package.json", "{}");
    for words in [
        ["install", "left-pad"],
        ["update", "--all"],
        ["ci", "--prefix=.."],
    ] {
        let arguments = [&["exec", "--", "npm"], &words[..]].concat();
        let (code, shown) = exec(home.path(), &folder, 1, &arguments);
        assert_eq!(code, 2, "{shown}");
        assert!(shown.contains("not checked"), "{shown}");
    }
    let (code, shown) = exec(home.path(), &folder, 1, &["exec", "--", "npm", "ci"]);
    assert_eq!(code, 2, "{shown}");
    assert!(
        shown.contains("neither npm-shrinkwrap.json nor package-lock.json"),
        "{shown}"
    );
}
