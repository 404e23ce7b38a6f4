//! Files of advisories: those of the fixtures, changed.

use bomtrail_fuzz::advisories;
use bomtrail_testkit::{fixtures, shared};

use crate::bytes;
use crate::random::Random;
use crate::tried::{iterations, must_hold};

const CPANSA: &str = r#"{"meta":{"epoch":1767225600},"module2dist":{"Some::Module":"Some-Dist"},"dists":{"Some-Dist":{"advisories":[
    {"id":"CPANSA-Some-1","affected_versions":[">=1.0,<2.0","0.9"],"fixed_versions":[">=2.0"],"cves":["CVE-0000-0001"],
    "embedded_vulnerability":{"name":"libsome"},"severity":"high","description":"Invented"}]}}}"#;
const EXPLOITED: &str = r#"{"catalogVersion":"1","dateReleased":"2026-01-01T00:00:00Z","vulnerabilities":[{"cveID":"CVE-0000-0001"}]}"#;

/// Small ones of our own, and documents of others where the corpus is.
fn seeds() -> Vec<Vec<u8>> {
    let folder = fixtures().join("advisories/decision-counts-while-it-holds");
    let mut seeds: Vec<Vec<u8>> = [CPANSA, EXPLOITED].map(|it| it.as_bytes().to_vec()).into();
    for name in [
        "advisories/x_SHOP-1.json",
        "project/package-advisories.json",
    ] {
        seeds.push(std::fs::read(folder.join(name)).unwrap());
    }
    for path in [
        "corpus/vex/openvex/valid/two-statements.json",
        "corpus/vex/cyclonedx/valid/made-not-affected.json",
        "corpus/vex/csaf/valid/2022-evd-uc-03-ms-001.json",
        "corpus/advisories/edge/npm-in-a-zip/advisories.zip",
    ] {
        seeds.extend(shared(path).map(|path| std::fs::read(path).unwrap()));
    }
    seeds
}

#[test]
fn every_seed_holds() {
    for seed in seeds() {
        must_hold("advisories", &seed, || advisories(&seed));
    }
}

#[test]
fn changed_bytes_hold() {
    let seeds = seeds();
    let mut random = Random::new(19);
    for _ in 0..iterations() {
        let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
        let changed = bytes::changed(&mut random, &seed, &other);
        must_hold("advisories", &changed, || advisories(&changed));
    }
}
