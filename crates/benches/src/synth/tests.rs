//! A synthetic lock is what it claims to be: exact in size, the same each time, and whole: every need has its entry.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Lock, Plan};

fn packages(count: u32) -> BTreeMap<String, Value> {
    let text = serde_json::to_string(&Lock(Plan::new(count))).unwrap();
    let lock: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(lock["lockfileVersion"], 3);
    serde_json::from_value(lock["packages"].clone()).unwrap()
}

/// Where node would find `name` from `place`.
fn found(packages: &BTreeMap<String, Value>, place: &str, name: &str) -> Option<String> {
    let mut from = place;
    loop {
        let candidate = if from.is_empty() {
            format!("node_modules/{name}")
        } else {
            format!("{from}/node_modules/{name}")
        };
        if packages.contains_key(&candidate) {
            return Some(candidate);
        }
        if from.is_empty() {
            return None;
        }
        from = from
            .rsplit_once("node_modules/")
            .map_or("", |(outer, _)| outer.trim_end_matches('/'));
    }
}

fn needs(entry: &Value) -> Vec<(String, String)> {
    [
        "dependencies",
        "devDependencies",
        "optionalDependencies",
        "peerDependencies",
    ]
    .iter()
    .filter_map(|kind| entry[kind].as_object())
    .flatten()
    .map(|(name, range)| (name.clone(), range.as_str().unwrap().to_owned()))
    .collect()
}

#[test]
fn the_count_is_exact() {
    for count in [
        1, 2, 39, 40, 41, 42, 43, 99, 100, 1_000, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006, 1_007,
    ] {
        assert_eq!(packages(count).len(), count as usize + 1, "{count}");
    }
}

#[test]
fn every_need_finds_the_version_it_asks_for_and_every_entry_is_needed() {
    let packages = packages(5_000);
    let mut reached = BTreeSet::from([String::new()]);
    let mut pending = vec![String::new()];
    while let Some(place) = pending.pop() {
        for (name, range) in needs(&packages[&place]) {
            let target =
                found(&packages, &place, &name).unwrap_or_else(|| panic!("{place} needs {name}"));
            let version = packages[&target]["version"].as_str().unwrap();
            assert_eq!(range, format!("^{version}"), "{place} finds {target}");
            if reached.insert(target.clone()) {
                pending.push(target);
            }
        }
    }
    let unreached: Vec<&String> = packages
        .keys()
        .filter(|place| !reached.contains(*place))
        .collect();
    assert!(
        unreached.is_empty(),
        "{} of {}: {:?}",
        unreached.len(),
        packages.len(),
        unreached.first()
    );
}

#[test]
fn the_shape_is_that_of_a_real_lock() {
    let packages = packages(5_000);
    let count = |holds: &dyn Fn(&str, &Value) -> bool| {
        packages
            .iter()
            .filter(|(place, it)| holds(place, it))
            .count()
    };
    assert_eq!(
        count(&|place, _| place.matches("node_modules/").count() > 1),
        1_250
    );
    assert!(count(&|place, _| place.matches("node_modules/").count() > 2) > 200);
    assert!(count(&|place, _| place.contains("/@scope-")) > 1_000);
    for flag in ["dev", "optional", "peer"] {
        assert!(count(&|_, it| it[flag] == true) > 50, "{flag}");
    }
    for (place, entry) in packages.iter().filter(|(place, _)| !place.is_empty()) {
        assert_eq!(
            entry["integrity"].as_str().unwrap().len(),
            "sha512-".len() + 88,
            "{place}"
        );
    }
}

#[test]
fn the_same_name_and_version_is_the_same_package() {
    let mut digests: BTreeMap<String, String> = BTreeMap::new();
    for entry in packages(5_000)
        .values()
        .filter(|it| it["resolved"].is_string())
    {
        let digest = entry["integrity"].as_str().unwrap().to_owned();
        let resolved = entry["resolved"].as_str().unwrap().to_owned();
        let first = digests.entry(resolved).or_insert_with(|| digest.clone());
        assert_eq!(*first, digest);
    }
}

#[test]
fn a_snapshot_has_as_many_distributions_as_asked_for() {
    let text = super::snapshot::text(40);
    let heads = text.lines().filter(|it| it.starts_with("  Acme-"));
    assert_eq!(heads.count(), 40);
    assert_eq!(text.matches(" Acme::D00009 1.0\n").count(), 3);
    assert_eq!(text, super::snapshot::text(40));
}

#[test]
fn every_shape_is_a_project_that_grows_with_its_size() {
    for (name, _, write) in super::SHAPES {
        let [less, more] = [100, 200].map(|count| {
            let folder = tempfile::tempdir().unwrap();
            write(count, folder.path()).unwrap();
            let files = folder.path().read_dir().unwrap();
            let sizes = files.map(|it| it.unwrap().metadata().unwrap().len());
            sizes.sum::<u64>()
        });
        assert!(less > 1_000, "{name}");
        assert!(
            (less * 3 / 2..less * 3).contains(&more),
            "{name}: {less} and {more}"
        );
    }
}
