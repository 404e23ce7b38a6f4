//! Lockfiles of pnpm, Yarn and Bun: their fixtures, changed.

use std::fmt::Write as _;

use bomtrail_fuzz::{Bundle, documents_of};
use bomtrail_testkit::{fixtures, sample};

use crate::bytes;
use crate::locks::invalid;
use crate::random::Random;
use crate::tried::{iterations, many, must_hold};

const LOCKS: [(&str, &str); 3] = [
    ("npm", "pnpm-lock.yaml"),
    ("yarn", "yarn.lock"),
    ("bun", "bun.lock"),
];

/// Every fixture of a manager as one run of bytes.
fn seeds(folder: &str, name: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(fixtures().join(folder)).unwrap();
    let mut folders: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    folders.sort();
    let pack = |folder: std::path::PathBuf| {
        let lock = std::fs::read(folder.join(name)).ok()?;
        Some(Bundle::pack(|path| {
            if path == "package-lock.json" {
                Some(lock.clone())
            } else {
                std::fs::read(folder.join(path)).ok()
            }
        }))
    };
    let seeds: Vec<Vec<u8>> = folders.into_iter().filter_map(pack).collect();
    assert!(
        seeds.len() > 5,
        "the fixtures of {folder} are not where they are looked for"
    );
    seeds
}

fn check(name: &'static str, input: &[u8]) {
    must_hold(name, input, || {
        for document in documents_of(name, input) {
            let found = invalid(&document);
            assert!(
                found.is_empty(),
                "{:?} is not valid: {found:#?}",
                document.format
            );
        }
    });
}

#[test]
fn every_seed_holds() {
    for (folder, name) in LOCKS {
        for seed in sample(seeds(folder, name), 4) {
            check(name, &seed);
        }
    }
}

#[test]
fn changed_bytes_hold() {
    for (folder, name) in LOCKS {
        let seeds = seeds(folder, name);
        let mut random = Random::new(3);
        for _ in 0..iterations() / 4 {
            let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
            check(name, &bytes::changed(&mut random, &seed, &other));
        }
    }
}

#[test]
fn depth_length_and_cycles_hold() {
    let blocks: String = (0..many() / 4).map(|it| "  ".repeat(it) + "a:\n").collect();
    let keys = vec!["a@npm:1"; many()].join(", ");
    let cyclic = "a@1 \"b@1\"\n\nb@1 \"a@1\"\n";
    let patches = "a@patch:".repeat(many() / 4) + "a@npm%3A1#x";
    let berry = |key: &str, resolution: &str| {
        format!(
            "__metadata:\n  version: 8\n\n\"{key}\":\n  version: 1\n  resolution: \"{resolution}\"\n"
        )
    };
    let mut aliases = String::new();
    for it in 1..40 {
        writeln!(aliases, "a{it}: &a{it} [*a{0}, *a{0}]", it - 1).unwrap();
    }
    for input in [
        blocks.clone(),
        format!("__metadata:\n{blocks}"),
        format!("__metadata:\n  version: 8\na0: &a0 [x]\n{aliases}"),
        format!(
            "__metadata:\nx: {}{}\n",
            "[".repeat(many()),
            "]".repeat(many())
        ),
        format!("__metadata:\nx: {}\n", "{a: ".repeat(many())),
        cyclic.to_owned(),
        berry(&keys, "a@npm:1"),
        berry("a@npm:1", &patches),
        "\"".repeat(many()),
        ", ".repeat(many()),
    ] {
        check("yarn.lock", input.as_bytes());
    }
    let path = vec!["a"; many()].join("/");
    for input in [
        format!("{{\"packages\": {}", "[".repeat(many())),
        format!("{{\"packages\": {{\"{path}\": [\"a@1.0.0\", \"\", {{\"dependencies\": {{\"b\": \"1\"}}}}]}}}}"),
        "{\"workspaces\": {\"\": {\"dependencies\": {\"a\": \"1\"}}}, \"packages\": {\"a\": [\"a@link:.\", {\"dependencies\": {\"a\": \"1\"}}]}}".to_owned(),
        "/*".repeat(many()),
        ",".repeat(many()),
    ] {
        check("bun.lock", input.as_bytes());
    }
}

#[test]
fn bombs_and_cycles_of_pnpm_hold() {
    let mut aliases = "a0: &a0 [x, x]\n".to_owned();
    for it in 1..40 {
        writeln!(aliases, "a{it}: &a{it} [*a{0}, *a{0}]", it - 1).unwrap();
    }
    let blocks: String = (0..many() / 4).map(|it| "  ".repeat(it) + "a:\n").collect();
    let deep_key = format!(
        "a@1.0.0{}{}",
        "(b@1".repeat(many() / 4),
        ")".repeat(many() / 4)
    );
    let cycle = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: link:., version: link:.}\n      b: {specifier: ^1, version: 1.0.0}\npackages:\n  b@1.0.0: {resolution: {integrity: sha512-AA==}}\nsnapshots:\n  b@1.0.0:\n    dependencies:\n      b: 1.0.0\n      c: link:../..\n";
    for input in [
        blocks,
        aliases.clone(),
        format!("lockfileVersion: '9.0'\n{aliases}packages: *a39\n"),
        format!(
            "lockfileVersion: '9.0'\npackages: {}\n",
            "{a: ".repeat(many())
        ),
        format!(
            "lockfileVersion: '9.0'\npackages: {}{}\n",
            "[".repeat(many()),
            "]".repeat(many())
        ),
        format!(
            "lockfileVersion: '9.0'\npackages:\n  ? '{deep_key}'\n  : {{}}\nsnapshots:\n  ? '{deep_key}'\n  : {{}}\n"
        ),
        cycle.to_owned(),
        "---\n".repeat(many()),
        "a: &a\n  b: *a\n".to_owned(),
        "a: 1\n".repeat(many()),
        "? ".repeat(many()),
        "- ".repeat(many()),
    ] {
        check("pnpm-lock.yaml", input.as_bytes());
    }
}
