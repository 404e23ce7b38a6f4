use bomtrail_graph::{Diagnostics, Input, NoFiles};

use super::audit;

/// The messages about a lockfile, with their places.
fn found(lock: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "package-lock.json",
        bytes: lock.as_bytes(),
        files: &NoFiles,
    };
    audit(&input, "", &mut diagnostics);
    let all = diagnostics.iter();
    all.map(|it| {
        let entry = it.place.entry.as_deref().unwrap_or_default();
        format!("{entry}: {}", it.message)
    })
    .collect()
}

/// A lockfile of version 3 with one entry more.
fn with_entry(entry: &str) -> String {
    format!(
        r#"{{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {{
            "": {{"name": "app", "version": "1.0.0", "dependencies": {{"a": "^1.0.0"}}}},
            {entry}
        }}}}"#
    )
}

#[test]
fn an_honest_lockfile_has_no_deviation() {
    for entry in [
        r#""node_modules/a": {"version": "1.0.0", "resolved": "https://npmjs.org/a/-/a-1.0.0.tgz", "integrity": "sha512-AA==",
            "bin": {"a": "a.js"}, "os": ["linux"], "license": "MIT", "hasInstallScript": true, "peer": true}"#,
        r#""node_modules/@s/a": {"version": "1.0.0", "engines": ["node >= 1"], "deprecated": true}"#,
        r#""node_modules/a": {"resolved": "packages/a", "link": true}, "packages/a": {"version": "1.0.0"}"#,
        r#""node_modules/a": {"version": "1.0.0", "bundleDependencies": ["b"]},
            "node_modules/a/node_modules/b": {"version": "1.0.0", "inBundle": true}"#,
    ] {
        assert_eq!(found(&with_entry(entry)), [""; 0], "{entry}");
    }
}

#[test]
fn folders_of_links_are_written_by_early_versions_of_npm_7() {
    let lock = |packages: &str, name: &str| {
        format!(
            r#"{{"lockfileVersion": 2, "packages": {{"": {{}}, {packages}}},
                "dependencies": {{"{name}": {{"dependencies": {{"b": {{"version": "1.0.0"}}}}}}}}}}"#
        )
    };
    let honest = r#""packages/a": {}, "packages/a/node_modules/b": {"version": "1.0.0"}"#;
    assert_eq!(found(&lock(honest, "packages/a")), [""; 0]);
    let other = r#""packages/a": {}, "packages/a/node_modules/b": {"version": "2.0.0"}"#;
    let place = "packages/a/node_modules/b";
    let message = "`dependencies` and `packages` have another `version`";
    assert_eq!(
        found(&lock(other, "packages/a")),
        [format!("{place}: {message}")]
    );
    assert_eq!(found(&lock(honest, "packages/c")).len(), 3);
}

#[test]
fn npm_writes_links_out_of_the_project() {
    let lock = |target: &str| {
        let link = format!(r#""node_modules/a": {{"resolved": "{target}", "link": true}}"#);
        with_entry(&format!(r#""{target}": {{"version": "1.0.0"}}, {link}"#))
    };
    assert_eq!(found(&lock("../a")), [""; 0]);
    assert_eq!(found(&lock("../../a")), [""; 0]);
    assert_eq!(found(&lock("../a/../b")).len(), 2);
    assert_eq!(found(&lock("../node_modules/.b")).len(), 2);
}

#[test]
fn a_pair_of_packages_that_claim_commands_is_reported_once() {
    let lock = |a: &str, b: &str| {
        with_entry(&format!(
            r#""node_modules/a": {{"version": "1.0.0", {a}, "bin": {{"x": "x.js", "y": "y.js"}}}},
                "node_modules/b": {{"version": "1.0.0", {b}, "bin": {{"y": "y.js", "x": "x.js"}}}},
                "node_modules/b/node_modules/c": {{"version": "1.0.0", "bin": {{"x": "x.js"}}}}"#
        ))
    };
    let (one, two) = (
        r#""integrity": "sha512-AA==""#,
        r#""integrity": "sha512-BB==""#,
    );
    let message = "`node_modules/b` and `node_modules/a` both install the commands `y`, `x`";
    assert_eq!(
        found(&lock(one, two)),
        [format!("node_modules/b: {message}")]
    );
    let platforms = lock(r#""os": ["linux"]"#, r#""os": ["win32"]"#);
    assert_eq!(found(&platforms), [""; 0]);
}

#[test]
fn commands_are_compared_under_the_names_that_npm_installs() {
    let lock = |command: &str| {
        with_entry(&format!(
            r#""node_modules/a": {{"version": "1.0.0", "bin": {{"tsc": "x.js"}}}},
                "node_modules/b": {{"version": "1.0.0", "bin": {{"{command}": "y.js"}}}}"#
        ))
    };
    let message = |it: &str| {
        format!(
            "node_modules/b: `node_modules/b` and `node_modules/a` both install the command `{it}`"
        )
    };
    let odd =
        "node_modules/b: `bin` is an object with such keys or values, which npm never writes there";
    assert_eq!(found(&lock("TSC")), [message("TSC")]);
    assert_eq!(found(&lock("@s/tsc/")), [message("tsc"), odd.to_owned()]);
    assert_eq!(found(&lock("a:tsc")), [message("tsc"), odd.to_owned()]);
    assert_eq!(found(&lock("tsc2")), [""; 0]);
}

#[test]
fn every_deviation_of_an_entry_is_reported() {
    for (entry, message) in [
        (
            r#""scripts": {"install": "x"}"#,
            "`scripts` is not a field of a package, but npm runs it",
        ),
        (
            r#""_resolved": "x""#,
            "`_resolved` is not a field of a package, but npm reads it",
        ),
        (
            r#""directories": {}"#,
            "`directories` is not a field of a package",
        ),
        (
            r#""resolved": null"#,
            "`resolved` is `null`, which npm never writes there",
        ),
        (
            r#""optional": false"#,
            "`optional` is `false`, which npm never writes there",
        ),
        (
            r#""integrity": """#,
            "`integrity` is an empty text, which npm never writes there",
        ),
        (
            r#""integrity": "a", "\u0069ntegrity": "b""#,
            "`integrity` is repeated",
        ),
        (
            r#""bundleDependencies": true"#,
            "`bundleDependencies` is `true`, which npm never writes there",
        ),
        (
            r#""dependencies": {"b": 1}"#,
            "`dependencies` is an object with such keys or values, which npm never writes there",
        ),
        (
            r#""bin": {"../x": "x"}"#,
            "`bin` is an object with such keys or values, which npm never writes there",
        ),
        (
            r#""engines": {"node": "1", "node": "2"}"#,
            "`node` is repeated",
        ),
    ] {
        let lock = with_entry(&format!(
            r#""node_modules/a": {{"version": "1.0.0", {entry}}}"#
        ));
        assert_eq!(
            found(&lock),
            [format!("node_modules/a: {message}")],
            "{entry}"
        );
    }
}

#[test]
fn places_are_spelled_as_npm_does() {
    for place in [
        "./node_modules/a",
        "node_modules//a",
        "node_modules/a/",
        "node_modules/.a",
        "node_modules/%61",
        "node_modules/\u{ff41}",
        "node_modules/a/b",
        "node_modules/@s",
        "node_modules/node_modules/a",
        "x/../node_modules/a",
    ] {
        let lock = with_entry(&format!(r#""{place}": {{"version": "1.0.0"}}"#));
        assert!(!found(&lock).is_empty(), "{place}");
    }
    let twice = r#""node_modules/a": {"version": "1.0.0"}, "node_modules/A": {"version": "1.0.0"}"#;
    let message = "node_modules/A: the place is the same folder as `node_modules/a` for npm";
    assert_eq!(found(&with_entry(twice)), [message]);
}

#[test]
fn links_lead_to_folders_of_their_own() {
    for target in ["", ".", "node_modules/a", "packages/../a"] {
        let lock = with_entry(&format!(
            r#""node_modules/a": {{"resolved": "{target}", "link": true}}"#
        ));
        assert!(!found(&lock).is_empty(), "{target}");
    }
    let named = r#""node_modules/a": {"resolved": "a", "link": true, "version": "1.0.0"}, "a": {}"#;
    assert_eq!(
        found(&with_entry(named)),
        ["node_modules/a: `version` is not a field of a link"]
    );
}

#[test]
fn sections_belong_to_the_version() {
    let packages = r#""packages": {"": {}}"#;
    for (lock, honest) in [
        (
            r#"{"lockfileVersion": 1, "dependencies": {}}"#.to_owned(),
            true,
        ),
        (r#"{"dependencies": {}}"#.to_owned(), true),
        (
            format!(r#"{{"lockfileVersion": 2, {packages}, "dependencies": {{}}}}"#),
            true,
        ),
        (
            format!(r#"{{"lockfileVersion": 3, {packages}, "dependencies": {{}}}}"#),
            false,
        ),
        (format!(r#"{{"lockfileVersion": 1, {packages}}}"#), false),
        (format!(r#"{{"lockfileVersion": "3", {packages}}}"#), false),
        (format!(r#"{{"lockfileVersion": 2.5, {packages}}}"#), false),
        (format!(r"{{{packages}}}"), false),
        (r#"{"lockfileVersion": 3}"#.to_owned(), false),
        (
            format!(r#"{{"lockfileVersion": 3, {packages}, "x": 1}}"#),
            false,
        ),
    ] {
        assert_eq!(found(&lock).is_empty(), honest, "{lock}");
    }
}

#[test]
fn the_two_sections_of_version_2_agree() {
    let lock = |version: &str, integrity: &str| {
        format!(
            r#"{{"lockfileVersion": 2, "packages": {{"": {{}}, "node_modules/a": {{"version": "1.0.0", "integrity": "sha512-AA=="}}}},
                "dependencies": {{"a": {{"version": "{version}", "integrity": "{integrity}"}}}}}}"#
        )
    };
    assert_eq!(found(&lock("1.0.0", "sha512-AA==")), [""; 0]);
    assert_eq!(found(&lock("2.0.0", "sha512-AA==")).len(), 1);
    assert_eq!(found(&lock("1.0.0", "sha512-BB==")).len(), 1);
    let absent = r#"{"lockfileVersion": 2, "packages": {"": {}}, "dependencies": {"a": {"version": "1.0.0"}}}"#;
    assert_eq!(found(absent).len(), 1);
}

#[test]
fn conflict_markers_count_anywhere() {
    let lock = with_entry(
        r#""node_modules/a": {"version": "1.0.0", "license": "<<<<<<< ======= >>>>>>>"}"#,
    );
    assert_eq!(
        found(&lock),
        [": it has conflict markers: npm drops the lines that have one"]
    );
}

#[test]
fn two_packages_with_one_command_are_reported() {
    let bin = r#"{"version": "1.0.0", "bin": {"tsc": "x.js"}}"#;
    let lock = with_entry(&format!(
        r#""node_modules/a": {bin}, "node_modules/b": {bin}, "node_modules/b/node_modules/c": {bin}"#
    ));
    let message =
        "node_modules/b: `node_modules/b` and `node_modules/a` both install the command `tsc`";
    assert_eq!(found(&lock), [message]);
}
