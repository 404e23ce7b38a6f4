//! A dependency without a reason is found.

use super::super::packages::{Dependency, Package};
use super::named;

fn package(dependency: &str, dev: bool) -> Package {
    let dependency = Dependency {
        name: dependency.to_owned(),
        alias: dependency.to_owned(),
        dev,
        own: false,
    };
    Package {
        manifest: "crates/npm/Cargo.toml".to_owned(),
        dependencies: vec![dependency],
        ..Package::default()
    }
}

#[test]
fn an_unexplained_dependency_is_found_once_even_if_tests_only() {
    let packages = [
        package("serde", false),
        package("insta", true),
        package("insta", true),
    ];
    let found = named(
        &packages,
        "* `serde`: reading and writing JSON. insta is only a word here",
    );
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("`insta`"));
}
