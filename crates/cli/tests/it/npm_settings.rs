//! Settings of npm from outside of a project, as `check` sees them: a registry that is used instead of the public one is
//! reported wherever it is set.

use std::path::Path;

use crate::run::{bomtrail, put};

/// A project with an approved package that is in the lockfile without its address, as npm can be shown to write it.
fn project(folder: &Path) {
    put(
        folder,
        "package.json",
        r#"{"name": "app", "version": "1.0.0", "private": true, "dependencies": {"@s/a": "^1.0.0"}}"#,
    );
    put(
        folder,
        "package-lock.json",
        r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
            "": {"name": "app", "version": "1.0.0", "dependencies": {"@s/a": "^1.0.0"}},
            "node_modules/@s/a": {"version": "1.0.0",
                "integrity": "sha512-AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=="}}}"#,
    );
    put(
        folder,
        "package-approvals.json",
        r#"{"version": 1, "packages": {"@s/a": ["1.0.0"]}, "reviews": {"pkg:npm/%40s/a@1.0.0": {
            "integrity": ["sha512-AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=="]}}}"#,
    );
}

/// The exit code of `check`, and both outputs.
fn check(folder: &Path, variables: &[(&str, &str)]) -> (i32, String) {
    let mut command = bomtrail(&folder.join("project"));
    command.envs(variables.iter().copied()).arg("check");
    command.env("HOME", folder).env("USERPROFILE", folder);
    let output = command.output().unwrap();
    let all = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(all).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn registries_are_reported_wherever_they_are_set() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    project(&folder.join("project"));
    let (code, shown) = check(folder, &[]);
    assert_eq!(
        (code, shown.contains("npm.example.com")),
        (0, false),
        "{shown}"
    );

    let address = "https://user:password@npm.example.com/";
    let variable = [("NPM_CONFIG_REGISTRY", address)];
    for (npmrc, variables, source) in [
        (
            "registry=https://user:password@npm.example.com/",
            &[][..],
            "the user's .npmrc:1",
        ),
        (
            "# mine\n@s:registry=https://npm.example.com/",
            &[],
            "the user's .npmrc:2",
        ),
        ("", &variable, "NPM_CONFIG_REGISTRY"),
        (
            "registry=https://npm.example.com/${TOKEN}",
            &[("TOKEN", "password")],
            "the user's .npmrc:1",
        ),
    ] {
        put(folder, ".npmrc", npmrc);
        let (code, shown) = check(folder, variables);
        // Without an address in the lockfile, npm fetches it from that registry: it is another package.
        assert_eq!(code, 1, "{shown}");
        assert!(
            shown.contains("it is from the registry `https://npm.example.com"),
            "{shown}"
        );
        assert!(shown.contains(source), "{shown}");
        assert!(!shown.contains("password"), "{shown}");
    }
    // Packages with an address in the public registry are still those packages.
    let host = ["registry", "npmjs.org"].join(".");
    let lock = crate::run::get(&folder.join("project"), "package-lock.json");
    let resolved = format!(r#""resolved": "https://{host}/@s/a/-/a-1.0.0.tgz", "integrity""#);
    put(
        &folder.join("project"),
        "package-lock.json",
        &lock.replace(r#""integrity""#, &resolved),
    );
    put(folder, ".npmrc", "registry=https://npm.example.com/");
    let (code, shown) = check(folder, &[]);
    let message = "fetched from `https://npm.example.com/` (set by the user's .npmrc:1)";
    assert_eq!((code, shown.contains(message)), (0, true), "{shown}");

    put(folder, ".npmrc", "@other:registry=https://npm.example.com/");
    let (code, shown) = check(folder, &[]);
    assert_eq!(code, 0, "{shown}");
    let unreadable = [("npm_config_userconfig", folder.to_str().unwrap())];
    let (code, shown) = check(folder, &unreadable);
    let message = "the user's .npmrc cannot be read";
    assert_eq!((code, shown.contains(message)), (0, true), "{shown}");
}
