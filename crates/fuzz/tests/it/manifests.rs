//! Cargo's files and a package.json alone: the fixtures, changed.

use bomtrail_fuzz::cpan_documents;
use bomtrail_testkit::fixtures;

use crate::bytes;
use crate::locks::invalid;
use crate::random::Random;
use crate::tried::{iterations, must_hold};

/// Tries every fixture's file of a name, and changes of them.
fn hold(folder: &str, name: &str) {
    let entries = std::fs::read_dir(fixtures().join(folder)).unwrap();
    let mut paths: Vec<_> = entries.map(|it| it.unwrap().path().join(name)).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths
        .iter()
        .filter_map(|it| std::fs::read(it).ok())
        .collect();
    assert!(seeds.len() > 1, "there are no fixtures with {name}");
    let check = |input: &[u8]| {
        must_hold(name, input, || {
            for document in cpan_documents(name, input) {
                let found = invalid(&document);
                assert!(found.is_empty(), "{:?}: {found:#?}", document.format);
            }
        });
    };
    let mut random = Random::new(5);
    for _ in 0..iterations() {
        let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
        check(&bytes::changed(&mut random, &seed, &other));
    }
    for it in &seeds {
        check(it);
    }
}

#[test]
fn changed_lockfiles_of_cargo_hold() {
    hold("cargo", "Cargo.lock");
}

#[test]
fn changed_metadata_of_cargo_holds() {
    hold("cargo", "cargo-metadata.json");
}

#[test]
fn changed_manifests_hold() {
    hold("npm", "package.json");
}
