//! The readers against their fixtures: each folder of `fixtures/npm/`, `fixtures/yarn/` and `fixtures/bun/` is named after the rule
//! it proves.

#![expect(clippy::disallowed_methods, reason = "tests read files")]

mod doubts;
mod folder;
mod honest;

use bomtrail_npm::{BunLock, PackageLock, PnpmLock, YarnLock};
use bomtrail_testkit::run_fixtures;

#[test]
fn npm() {
    run_fixtures("npm", |case| case.read(&[&PackageLock, &PnpmLock]));
}

#[test]
fn yarn() {
    run_fixtures("yarn", |case| case.read(&[&YarnLock]));
}

#[test]
fn bun() {
    run_fixtures("bun", |case| case.read(&[&BunLock]));
}
