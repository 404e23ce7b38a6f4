//! `bomtrail fleet`: SBOMs of several tools in one store, files that are refused, kills, several writers, and other engines.

mod browser;
mod daily;
mod engines;
mod hostile;
mod interrupted;
mod page;
mod tools;

use std::path::Path;

use crate::run::{bomtrail, put};

/// A project of npm with a release, a chain of packages and one package of its own.
fn project(folder: &Path, name: &str, version: &str, own: &str) {
    let lock = format!(
        r#"{{"name": "{name}", "version": "{version}", "lockfileVersion": 3, "packages": {{
  "": {{"name": "{name}", "version": "{version}", "dependencies": {{"web": "^1.0.0", "{own}": "1.0.0"}},
    "devDependencies": {{"tests": "2.0.0"}}}},
  "node_modules/web": {{"version": "1.2.0", "license": "MIT", "dependencies": {{"log": "^1.0.0"}}}},
  "node_modules/log": {{"version": "1.0.3", "license": "ISC", "dependencies": {{"bad": "1.0.0"}}}},
  "node_modules/bad": {{"version": "1.0.0", "deprecated": "hijacked"}},
  "node_modules/tests": {{"version": "2.0.0", "dev": true, "dependencies": {{"bad": "1.0.0"}}}},
  "node_modules/{own}": {{"version": "1.0.0", "license": "Apache-2.0"}}}}}}
"#
    );
    put(folder, "package-lock.json", &lock);
}

/// Writes SBOMs with the numbers `first..end` into a folder, each of another product.
fn sboms(folder: &Path, first: usize, end: usize) {
    for number in first..end {
        let here = folder.join(format!("project-{number}"));
        project(
            &here,
            &format!("app-{number}"),
            "1.0.0",
            &format!("own-{number}"),
        );
        let out = folder.join(format!("{number:04}.cdx.json"));
        let written = bomtrail(&here)
            .args(["sbom", "-q", "-o"])
            .arg(&out)
            .status()
            .unwrap();
        assert!(written.success());
        std::fs::remove_dir_all(&here).unwrap();
    }
}

/// The answer of a question as JSON.
fn answer(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = bomtrail(folder)
        .arg("fleet")
        .args(arguments)
        .args(["-q", "-f", "json"])
        .output()
        .unwrap();
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {problems}");
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    value.get("answer").unwrap().clone()
}

/// How many SBOMs are in the store, after its digests were verified.
fn count(folder: &Path) -> usize {
    let verified = bomtrail(folder).args(["fleet", "verify"]).output().unwrap();
    let problems = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success(), "{problems}");
    let listed = answer(folder, &["ls"]);
    listed.get("sboms").unwrap().as_array().unwrap().len()
}
