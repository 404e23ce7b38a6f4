//! Each folder of `fixtures/cargo/` is named after the rule it proves.

use bomtrail_cargo::{CargoLock, CargoMetadata};
use bomtrail_testkit::run_fixtures;

#[test]
fn every_rule_holds() {
    run_fixtures("cargo", |case| case.read(&[&CargoLock, &CargoMetadata]));
}
