//! The npm reader against its fixtures: each folder of `fixtures/npm/` is named after the rule it proves.

use bomtrail_npm::{PackageLock, PnpmLock};
use bomtrail_testkit::run_fixtures;

#[test]
fn fixtures() {
    run_fixtures("npm", |case| case.read(&[&PackageLock, &PnpmLock]));
}
