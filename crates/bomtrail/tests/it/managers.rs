//! The lockfiles of yarn and bun in the commands that compare: a change of a version is listed, whichever manager wrote it.

use bomtrail::source::Memory;
use bomtrail::{diff, scan};

const MANIFEST: &[u8] = br#"{"name": "app", "version": "1.0.0", "dependencies": {"a": "^1.0.0"}}"#;

/// How `name` with `old` differs from the same with version 1.2.0 of its package.
fn changes(name: &str, old: &str) -> String {
    let graph = |text: &str| {
        let files = Memory::new()
            .file("package.json", MANIFEST)
            .file(name, text.as_bytes());
        scan(files).unwrap().into_parts().0
    };
    let mut out = Vec::new();
    let new = old.replace("1.1.0", "1.2.0");
    diff(&graph(old), &graph(&new))
        .write_text(&mut out)
        .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_version_that_changes_in_a_lockfile_of_any_manager_is_listed() {
    let classic = "# yarn lockfile v1\n\n\na@^1.0.0:\n  version \"1.1.0\"\n  resolved \"https://npmjs.org/a/-/a-1.1.0.tgz\"\n";
    let berry = "__metadata:\n  version: 8\n\n\"a@npm:^1.0.0\":\n  version: 1.1.0\n  resolution: \"a@npm:1.1.0\"\n\n\"app@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"app@workspace:.\"\n  dependencies:\n    a: \"npm:^1.0.0\"\n";
    let bun = r#"{"lockfileVersion": 1, "workspaces": {"": {"name": "app", "dependencies": {"a": "^1.0.0"}}}, "packages": {"a": ["a@1.1.0", "", {}, ""]}}"#;
    let pnpm = "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.1.0\n\npackages:\n\n  a@1.1.0:\n    resolution: {integrity: sha512-AA==}\n\nsnapshots:\n\n  a@1.1.0: {}\n";
    for (name, text) in [
        ("pnpm-lock.yaml", pnpm),
        ("yarn.lock", classic),
        ("yarn.lock", berry),
        ("bun.lock", bun),
    ] {
        assert_eq!(
            changes(name, text),
            "version pkg:npm/a 1.1.0 -> 1.2.0 (minor) (through a)\n",
            "{text}"
        );
    }
}
