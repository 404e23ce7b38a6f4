//! What must hold for any bytes: nothing panics, every promise of the graph is kept, every writer writes, and the same
//! bytes give the same documents. Fuzz targets and the mutation test of this crate call the same functions. Development
//! only: a broken promise is a panic. It does not know the rules of a format; tests ask the schemas.
//!
//! With coverage feedback (nightly, a C++ toolchain, cargo-fuzz): `cargo +nightly fuzz run --fuzz-dir crates/fuzz lock`.
//! Without: `BOMTRAIL_FUZZ_ITERATIONS=100000 cargo test --release -p bomtrail-fuzz`. A saved input is tried again with
//! `cargo run -p bomtrail-fuzz --bin lock -- FILE`.

#![expect(
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "broken promises panic, and an input is a file"
)]

mod advisories;
mod archive;
mod attestations;
mod bundle;
mod cpan;
mod lock;
mod manifests;
mod purl;

pub use advisories::advisories;
pub use archive::archive;
pub use attestations::attestations;
pub use bundle::Bundle;
pub use cpan::{cpan_documents, cpanfile, meta_json, meta_yml, snapshot, snapshot_documents};
pub use lock::{Document, bun_lock, documents, documents_of, lock, pnpm_lock, yarn_lock};
pub use manifests::{cargo_lock, cargo_metadata, package_json};
pub use purl::purl;

/// Runs a target on the files named on the command line.
pub fn replay(target: impl Fn(&[u8])) {
    for path in std::env::args_os().skip(1) {
        target(&std::fs::read(&path).unwrap());
        println!("{}: holds", path.display());
    }
}
