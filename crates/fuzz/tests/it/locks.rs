//! Lockfiles: the npm fixtures, changed.

use std::path::Path;

use bomtrail_fuzz::{Bundle, Document, documents};
use bomtrail_testkit::{fixtures, sample, validate_cyclonedx, validate_spdx23};

use crate::random::Random;
use crate::tried::{iterations, many, must_hold};
use crate::{bytes, structure};

/// Reading must not depend on a fixture's lockfile being called so.
const LOCKS: [&str; 3] = [
    "package-lock.json",
    "npm-shrinkwrap.json",
    "node_modules/.package-lock.json",
];

/// Every npm fixture as one run of bytes, the small ones of which there is something to change.
fn seeds() -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(fixtures().join("npm")).unwrap();
    let mut folders: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    folders.sort();
    let pack = |folder: &Path, lock: &str| {
        let lock = std::fs::read(folder.join(lock)).ok()?;
        Some(Bundle::pack(|path| {
            if path == "package-lock.json" {
                Some(lock.clone())
            } else {
                std::fs::read(folder.join(path)).ok()
            }
        }))
    };
    let packed = folders
        .iter()
        .flat_map(|folder| LOCKS.iter().filter_map(move |lock| pack(folder, lock)));
    let seeds: Vec<Vec<u8>> = packed.collect();
    assert!(
        seeds.len() > 10,
        "the npm fixtures are not where they are looked for"
    );
    seeds
}

/// What the official schemas say; `None` without them.
pub(crate) fn invalid(document: &Document) -> Vec<String> {
    let found = match document.format.name {
        "cyclonedx-json" => validate_cyclonedx(document.format.version, &document.text),
        "spdx-json" if document.format.version == "2.3" => validate_spdx23(&document.text),
        // The schema of SPDX 3 takes a thousand times longer; the writer's own tests hold it to it.
        _ => None,
    };
    found.unwrap_or_default()
}

fn check(input: &[u8]) {
    must_hold("lock", input, || {
        for document in documents(input) {
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
    for seed in sample(seeds(), 4) {
        check(&seed);
    }
}

#[test]
fn changed_bytes_hold() {
    let seeds = seeds();
    let mut random = Random::new(1);
    for _ in 0..iterations() {
        let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
        check(&bytes::changed(&mut random, &seed, &other));
    }
}

#[test]
fn changed_values_hold() {
    let seeds = seeds();
    let mut random = Random::new(2);
    for _ in 0..iterations() {
        let seed = random.pick(&seeds).clone();
        let other = random.pick(&seeds).clone();
        let mut parts: Vec<Vec<u8>> = seed.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
        let which = random.below(parts.len());
        let part = &mut parts[which];
        let other = other.split(|byte| *byte == 0).next().unwrap_or_default();
        if let Some(changed) = structure::changed(&mut random, part, other) {
            *part = changed;
            check(&parts.join(&0));
        }
    }
}

#[test]
fn depth_and_length_hold() {
    let deep = |open: &str, close: &str| open.repeat(many()) + "1" + &close.repeat(many());
    let nested = |inside: &str| format!(r#"{{"lockfileVersion":3,"packages":{inside}}}"#);
    let places = |path: &str| nested(&format!(r#"{{"":{{}},"{path}a":{{"version":"1.0.0"}}}}"#));
    for input in [
        deep("[", "]"),
        deep(r#"{"a":"#, "}"),
        nested(&deep(r#"{"a":"#, "}")),
        format!(
            r#"{{"lockfileVersion":1,"dependencies":{}}}"#,
            deep(r#"{"a":{"dependencies":"#, "}}")
        ),
        places(&"node_modules/a/".repeat(many() / 10)),
        places(&"node_modules/".repeat(many() / 10)),
        places(&"../".repeat(many() / 10)),
        String::new(),
        "\0\0\0".to_owned(),
    ] {
        check(input.as_bytes());
    }
}
