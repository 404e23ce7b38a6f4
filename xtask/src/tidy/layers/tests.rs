//! Arrows that point the wrong way are found, tests are exempt.

use super::super::packages::{Dependency, Package};
use super::{arrows, shared_lints};

fn package(name: &str, uses: &str, dev: bool) -> Package {
    let dependency = Dependency {
        name: uses.to_owned(),
        alias: uses.to_owned(),
        dev,
        own: true,
    };
    let text = format!("[package]\n[dependencies]\n{uses}.workspace = true\n");
    Package {
        name: name.to_owned(),
        manifest: "crates/x/Cargo.toml".to_owned(),
        text,
        dependencies: vec![dependency],
    }
}

#[test]
fn a_sibling_may_not_be_used() {
    let found = arrows(&package("bomtrail-npm", "bomtrail-spdx", false));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, 3);
    assert!(
        found[0]
            .message
            .contains("`bomtrail-npm` may not use `bomtrail-spdx`")
    );
}

#[test]
fn only_tests_may_use_the_testkit() {
    assert_eq!(
        arrows(&package("bomtrail-npm", "bomtrail-testkit", false)).len(),
        1
    );
    assert_eq!(
        arrows(&package("bomtrail-npm", "bomtrail-testkit", true)),
        []
    );
}

#[test]
fn what_lies_below_may_be_used_and_never_what_lies_above() {
    assert_eq!(arrows(&package("bomtrail-cli", "bomtrail", false)), []);
    assert_eq!(arrows(&package("bomtrail", "bomtrail-cli", false)).len(), 1);
    assert_eq!(
        arrows(&package("bomtrail-report", "bomtrail-policy", false)),
        []
    );
    assert_eq!(
        arrows(&package("bomtrail-policy", "bomtrail-report", false)).len(),
        1
    );
}

#[test]
fn a_crate_without_a_row_is_refused() {
    assert!(
        arrows(&package("bomtrail-new", "bomtrail-purl", false))[0]
            .message
            .contains("no layer")
    );
}

#[test]
fn a_crate_without_the_shared_lints_is_refused() {
    let mut package = package("bomtrail-npm", "bomtrail-purl", false);
    assert_eq!(shared_lints(&package).len(), 1);
    package.text.push_str("[lints]\nworkspace = true\n");
    assert_eq!(shared_lints(&package), []);
}
