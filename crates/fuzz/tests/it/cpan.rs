//! CPAN's files: the fixtures, changed.

use std::path::PathBuf;

use bomtrail_fuzz::{cpan_documents, snapshot_documents};
use bomtrail_testkit::{fixtures, sample, shared};

use crate::bytes;
use crate::locks::invalid;
use crate::random::Random;
use crate::tried::{iterations, must_hold};

/// Every fixture's file of a name.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(fixtures().join("cpan")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|it| it.unwrap().path().join(name)).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths
        .iter()
        .filter_map(|it| std::fs::read(it).ok())
        .collect();
    assert!(
        seeds.len() > 1,
        "the fixtures with {name} are not where they are looked for"
    );
    seeds
}

fn check(name: &str, input: &[u8]) {
    must_hold(name, input, || {
        let documents = match name {
            "cpanfile.snapshot" => snapshot_documents(input),
            _ => cpan_documents(name, input),
        };
        for document in documents {
            let found = invalid(&document);
            assert!(
                found.is_empty(),
                "{:?} is not valid: {found:#?}",
                document.format
            );
        }
    });
}

/// Tries the seeds, and changes of them.
fn hold(name: &str) {
    let seeds = seeds(name);
    for seed in &seeds {
        check(name, seed);
    }
    let mut random = Random::new(3);
    for _ in 0..iterations() {
        let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
        check(name, &bytes::changed(&mut random, &seed, &other));
    }
}

#[test]
fn changed_yaml_holds() {
    hold("META.yml");
}

#[test]
fn changed_json_holds() {
    hold("META.json");
}

#[test]
fn changed_cpanfiles_hold() {
    hold("cpanfile");
}

#[test]
fn every_case_of_the_corpus_gives_valid_documents() {
    let Some(corpus) = shared("corpus/cpan") else {
        return;
    };
    let entries = std::fs::read_dir(corpus).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    folders.sort();
    for folder in sample(folders, 12) {
        for name in [
            "META.json",
            "META.yml",
            "cpanfile",
            "cpm.yml",
            "cpanfile.snapshot",
        ] {
            if let Ok(bytes) = std::fs::read(folder.join(name)) {
                check(name, &bytes);
            }
        }
    }
}

#[test]
fn changed_snapshots_hold() {
    hold("cpanfile.snapshot");
}
