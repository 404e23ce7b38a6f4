use bomtrail_graph::NoFiles;

use super::*;

/// The deviations of a lockfile: line and message.
fn found(text: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "pnpm-lock.yaml",
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    audit(&input, &mut diagnostics);
    let shown = diagnostics.iter().map(|it| {
        assert_eq!(it.code.id, "npm/not-as-manager-writes");
        format!("{} {}", it.place.line.unwrap_or(0), it.message)
    });
    shown.collect()
}

const HONEST: &str = "lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution: {integrity: sha512-AA==}

snapshots:

  a@1.0.0: {}
";

/// What is replaced in the honest lockfile, by what, and the deviation that follows.
const TRICKS: [(&str, &str, &str); 28] = [
    (
        "  a@1.0.0: {}",
        "  a@1.0.0:\n    <<: {optional: true}",
        "merge keys",
    ),
    (
        "'9.0'",
        "'9.0'\nscripts: {}",
        "`scripts` is not a field of the lockfile",
    ),
    (
        "lockfileVersion: '9.0'",
        "settings: {}",
        "`lockfileVersion` is missing",
    ),
    ("lockfileVersion: '9.0'", "- x", "not valid YAML"),
    (
        "resolution: {",
        "name: b\n    resolution: {",
        "`name` is not a field of a package",
    ),
    (
        "resolution: {",
        "version: 2.0.0\n    resolution: {",
        "`version` is `2.0.0`, but the key says `1.0.0`",
    ),
    (
        "resolution: {",
        "dependencies: {b: 1.0.0}\n    resolution: {",
        "`dependencies` is not a field of a package",
    ),
    (
        "resolution: {",
        "requiresBuild: true\n    resolution: {",
        "`requiresBuild` is not a field of a package",
    ),
    (
        "resolution: {",
        "resolution: {}\n    resolution: {",
        "duplicate key `resolution`",
    ),
    (
        "resolution: {integrity",
        "resolution: {\"integr\\x69ty\": sha512-BB==, integrity",
        "duplicate key `integrity`",
    ),
    (
        "resolution: {",
        "resolution: {tarball: [x], ",
        "`tarball` must be a string",
    ),
    (
        "resolution: {",
        "resolution: {type: directory, directory: x, ",
        "the key names a package of a registry, but its resolution does not",
    ),
    (
        "resolution: {",
        "resolution: {type: git, repo: x, commit: y, ",
        "the key names a package of a registry, but its resolution does not",
    ),
    (
        "resolution: {",
        "resolution: {shasum: x, ",
        "`shasum` is not a field of a resolution",
    ),
    (
        "{integrity: sha512-AA==}",
        "{}",
        "a package of a registry has no `integrity`",
    ),
    (
        "    resolution: {integrity: sha512-AA==}",
        "    hasBin: true",
        "`resolution` is missing",
    ),
    (
        "{integrity: sha512-AA==}",
        "&r {integrity: sha512-AA==}",
        "it has anchors",
    ),
    (
        "{integrity: sha512-AA==}",
        "!!js/function 'x'",
        "unknown tag",
    ),
    (
        "specifier: ^1.0.0\n",
        "",
        "`a` has no specifier or no version",
    ),
    (
        "        version: 1.0.0",
        "        version: 2.0.0",
        "`a` leads to no entry",
    ),
    (
        "        version: 1.0.0",
        "        version: 1.0.0\n        resolved: x",
        "`resolved` is not a field of a dependency",
    ),
    (
        "  a@1.0.0: {}",
        "  a@1.0.0:\n    dependencies: {b: 1.0.0}",
        "`b` leads to no entry",
    ),
    (
        "  a@1.0.0: {}",
        "  a@1.0.0:\n    resolution: {}",
        "`resolution` is not a field of a snapshot",
    ),
    (
        "  a@1.0.0: {}",
        "  a@1.0.0: {}\n  b@1.0.0: {}",
        "`b@1.0.0` has no entry in `packages`",
    ),
    (
        "snapshots:",
        "  b@1.0.0:\n    resolution: {integrity: sha512-AA==}\nsnapshots:",
        "`b@1.0.0` has no snapshot",
    ),
    (
        "packages:\n",
        "packages:\n  a:\n    resolution: {integrity: sha512-AA==}\n",
        "the key is not a name and a version",
    ),
    (
        "lockfileVersion",
        "---\nlockfileVersion: '9.0'\n---\nlockfileVersion",
        "its first document is not about pnpm itself",
    ),
    (
        "    dependencies:\n      a:",
        "    scripts: {x: y}\n    dependencies:\n      a:",
        "`scripts` is not a field of an importer",
    ),
];

#[test]
fn an_honest_lockfile_has_no_deviations() {
    assert_eq!(found(HONEST), [""; 0]);
}

#[test]
fn every_trick_is_a_deviation() {
    for (from, to, expected) in TRICKS {
        let text = HONEST.replacen(from, to, 1);
        assert_ne!(text, HONEST, "{from}");
        let all = found(&text);
        assert!(all.iter().any(|it| it.contains(expected)), "{to}: {all:?}");
    }
}

#[test]
fn bytes_and_conflicts_are_deviations() {
    let conflict = HONEST.replacen("  a@1.0.0: {}", "<<<<<<< a\n=======\n>>>>>>> b", 1);
    assert_eq!(found(&conflict).len(), 1);
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "pnpm-lock.yaml",
        bytes: b"lockfileVersion: '9.0\xff'",
        files: &NoFiles,
    };
    audit(&input, &mut diagnostics);
    assert_eq!(diagnostics.len(), 1);
}
