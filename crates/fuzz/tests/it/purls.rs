//! Package URLs: those of the fixtures, changed.

use bomtrail_fuzz::purl;
use bomtrail_testkit::fixtures;
use serde_json::Value;

use crate::bytes;
use crate::random::Random;
use crate::tried::{iterations, must_hold};

/// Every text in the purl fixtures that looks like one.
fn seeds() -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(fixtures().join("purl")).unwrap();
    let mut paths: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "json"));
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let mut open =
            vec![serde_json::from_slice::<Value>(&std::fs::read(path).unwrap()).unwrap()];
        while let Some(value) = open.pop() {
            match value {
                Value::String(text) if text.starts_with("pkg:") => found.push(text.into_bytes()),
                Value::Array(list) => open.extend(list),
                Value::Object(map) => open.extend(map.into_iter().map(|(_, value)| value)),
                Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }
    assert!(
        found.len() > 20,
        "the purl fixtures are not where they are looked for"
    );
    found
}

#[test]
fn every_seed_holds() {
    for seed in seeds() {
        must_hold("purl", &seed, || purl(&seed));
    }
}

#[test]
fn changed_bytes_hold() {
    let seeds = seeds();
    let mut random = Random::new(3);
    for _ in 0..iterations() * 10 {
        let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
        let changed = bytes::changed(&mut random, &seed, &other);
        must_hold("purl", &changed, || purl(&changed));
    }
}
