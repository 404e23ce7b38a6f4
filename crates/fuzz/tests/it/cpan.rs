//! CPAN's files: the fixtures, changed.

use std::path::PathBuf;

use bomtrail_fuzz::{cpanfile, meta_json, meta_yml};
use bomtrail_testkit::fixtures;

use crate::bytes;
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

/// Tries the seeds, and changes of them.
fn hold(name: &str, target: fn(&[u8])) {
    let seeds = seeds(name);
    let check = |input: &[u8]| must_hold(name, input, || target(input));
    for seed in &seeds {
        check(seed);
    }
    let mut random = Random::new(3);
    for _ in 0..iterations() {
        let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
        check(&bytes::changed(&mut random, &seed, &other));
    }
}

#[test]
fn changed_yaml_holds() {
    hold("META.yml", meta_yml);
}

#[test]
fn changed_json_holds() {
    hold("META.json", meta_json);
}

#[test]
fn changed_cpanfiles_hold() {
    hold("cpanfile", cpanfile);
}
