//! Mutations of the fixtures with a fixed seed, so that a plain `cargo test` tries hostile input too.
//! `BOMTRAIL_FUZZ_ITERATIONS` says how many for each test.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod advisories;
mod archives;
mod attestations;
mod bytes;
mod cpan;
mod locks;
mod managers;
mod manifests;
mod purls;
mod random;
mod structure;
mod tried;
