use std::collections::BTreeSet;

use super::{NEWER, is_listed_license as is_listed};

#[test]
fn deprecated_identifiers_are_listed_and_guesses_are_not() {
    for id in [
        "MIT",
        "GPL-2.0",
        "GPL-2.0+",
        "GPL-2.0-only",
        "Artistic-1.0-Perl",
    ] {
        assert!(is_listed(id), "{id}");
    }
    for id in [
        "",
        "mit",
        "Apache-2.0+",
        "NOASSERTION",
        "MVT-1.1",
        "LicenseRef-x",
    ] {
        assert!(!is_listed(id), "{id}");
    }
    assert!(NEWER.is_sorted());
}

#[test]
fn the_difference_between_the_lists_is_the_data() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpus/schemas/cyclonedx/spdx.schema.json"
    );
    let Ok(file) = std::fs::File::open(path) else {
        println!("skipped: no ../shared/corpus/schemas");
        return;
    };
    let schema: serde_json::Value = serde_json::from_reader(file).unwrap();
    let pinned: BTreeSet<&str> = schema["enum"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|id| id.as_str())
        .collect();
    let known = spdx::identifiers::LICENSES.iter().map(|it| it.name);
    let newer: Vec<&str> = known.filter(|id| !pinned.contains(id)).collect();
    assert_eq!(newer, NEWER);
}
