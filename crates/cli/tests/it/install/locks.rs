//! Lockfiles that the npm of this machine writes are as the strict view expects them, whatever a project has.

use std::path::Path;

use serde_json::Value;

use super::registry::{Registry, Source, npm, pack};
use super::tricks::with_registry;
use crate::run::{bomtrail, put};

/// A project with each kind of dependency: aliases, overrides, optional and peer dependencies, folders, archives, workspaces
/// and a package that bundles another.
const FILES: [(&str, &str); 5] = [
    (
        "package.json",
        r#"{
            "name": "app", "version": "1.0.0", "workspaces": ["packages/*"],
            "dependencies": {"good": "^1.0.0", "alias": "npm:good@1.0.0", "other": "^1.0.0", "carrier": "*", "host": "1",
                "lib": "file:lib", "packed": "file:vendor/packed.tgz"},
            "devDependencies": {"tool": "*"},
            "optionalDependencies": {"native": "^1.0.0"},
            "overrides": {"other": {"good": "1.0.0"}}
        }"#,
    ),
    (
        "lib/package.json",
        r#"{"name": "called-otherwise", "version": "1.0.0", "dependencies": {"good": "*"}}"#,
    ),
    (
        "packages/a/package.json",
        r#"{"name": "@app/a", "version": "1.0.0", "dependencies": {"good": "^1.0.0", "self": "^1.0.0"}, "bin": "a.js"}"#,
    ),
    ("packages/a/a.js", ""),
    (
        "packages/b/package.json",
        r#"{"name": "self", "version": "1.0.0", "devDependencies": {"self": "*", "tool": "1"}}"#,
    ),
];

fn source(name: &'static str, version: &'static str, fields: &'static str) -> Source {
    Source {
        name,
        version,
        fields,
        files: vec![("index.js", "")],
    }
}

fn sources() -> Vec<Source> {
    let mut carrier = source(
        "carrier",
        "1.0.0",
        r#", "dependencies": {"inner": "*"}, "bundleDependencies": ["inner"]"#,
    );
    carrier.files.push((
        "node_modules/inner/package.json",
        r#"{"name": "inner", "version": "1.0.0"}"#,
    ));
    vec![
        source("good", "1.0.0", ""),
        source("good", "1.0.1", r#", "license": "MIT""#),
        source("other", "1.0.0", r#", "dependencies": {"good": "^1.0.0"}"#),
        carrier,
        source("inner", "1.0.0", ""),
        source(
            "host",
            "1.0.0",
            r#", "peerDependencies": {"good": "*", "maybe": "*"}, "peerDependenciesMeta": {"maybe": {"optional": true}}"#,
        ),
        source(
            "tool",
            "1.0.0",
            r#", "bin": {"tool": "./index.js"}, "scripts": {"postinstall": "true"}"#,
        ),
        source(
            "native",
            "1.0.0",
            r#", "os": ["aix"], "engines": {"node": ">=1"}"#,
        ),
        source("packed", "1.0.0", r#", "funding": "https://example.com""#),
    ]
}

/// The findings that only a lockfile gets which npm did not write.
fn deviations(folder: &Path) -> Vec<String> {
    let output = bomtrail(folder)
        .args(["check", "-f", "json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report.get("findings").and_then(Value::as_array).unwrap();
    let text = |it: &Value, key| {
        it.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let rules = [
        "lock/not-as-npm-writes",
        "lock/out-of-sync",
        "lock/identity-mismatch",
    ];
    let found = findings
        .iter()
        .filter(|it| rules.contains(&&*text(it, "rule")));
    found.map(|it| text(it, "message")).collect()
}

#[test]
fn what_npm_writes_is_what_the_strict_view_expects() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let Some(packages) = pack(home, &sources()) else {
        return;
    };
    let registry = Registry::serve(&packages, &[]);
    let versions = bomtrail_testkit::sample(vec!["3", "2", "1"], 3);
    for version in versions {
        let folder = home.join(version);
        for (path, text) in FILES {
            put(&folder, path, text);
        }
        let archive = folder.join("vendor/packed.tgz");
        bomtrail::write::make_folder(archive.parent().unwrap()).unwrap();
        let packed = &packages.last().unwrap().tarball;
        bomtrail::write::write_atomic::<std::io::Error>(&archive, |out| out.write_all(packed))
            .unwrap();
        let mut install = npm(home).unwrap();
        install
            .current_dir(&folder)
            .args(["install", "--package-lock-only"]);
        install.arg(format!("--lockfile-version={version}"));
        let (code, shown) = with_registry(install, home, registry.port);
        assert_eq!(code, 0, "{shown}");
        let lock = crate::run::get(&folder, "package-lock.json");
        assert!(
            lock.contains(&format!("\"lockfileVersion\": {version}")),
            "{lock}"
        );
        assert_eq!(deviations(&folder), [""; 0], "{lock}");

        let changed = lock.replace("\"license\": \"MIT\"", "\"license\": null");
        put(&folder, "package-lock.json", &changed);
        assert!(version == "1" || !deviations(&folder).is_empty());
    }
}
