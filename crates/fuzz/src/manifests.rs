//! The ways of Cargo's files and of a package.json alone through the program: as for those of CPAN, without features.

use crate::cpan::cpan_documents;

/// Checks everything that must hold for a `Cargo.lock` of these bytes.
pub fn cargo_lock(data: &[u8]) {
    cpan_documents("Cargo.lock", data);
}

/// Checks everything that must hold for the output of `cargo metadata` of these bytes.
pub fn cargo_metadata(data: &[u8]) {
    cpan_documents("cargo-metadata.json", data);
}

/// Checks everything that must hold for a `package.json` of these bytes.
pub fn package_json(data: &[u8]) {
    cpan_documents("package.json", data);
}
