//! Verifies attestations and signatures without a network, and fills the provenance side table.
//!
//! [`check`] judges one bundle: its signature, log and certificate by the Sigstore crates, and on top of that everything
//! they leave to the caller. What no signature covers is never reported as a fact.
//!
//! This crate opens no file and no connection. It knows the time of day only where the Sigstore crates refuse a time in
//! the future.

mod annotate;
mod archive;
mod attest;
mod build_level;
mod changes;
mod check;
mod checksums;
mod cleartext;
mod consistency;
mod diags;
mod envelope;
mod key;
#[cfg(feature = "openpgp")]
mod openpgp;
mod predicate;
mod registry_signature;
mod repository;
mod several;
mod sidecar;
mod sigstore;
mod statement;
mod time;
mod trust;

pub use annotate::annotate;
pub use archive::Archive;
pub use attest::{
    AttestError, StatementSubject, TypeForm, sbom_statement, signed_bundle, signed_envelope,
};
pub use changes::{SignerChange, signer_changes};
pub use check::{Outcome, Request, Signer, check, sha512};
pub use checksums::{Checksums, ListedFile};
pub use envelope::envelope_bundle;
pub use key::{KeyError, KeyKind, PrivateKey};
#[cfg(feature = "openpgp")]
pub use openpgp::Keyring;
pub use sidecar::{Answer, Objection, Package, Published, Sidecar, Wrapped};
pub use sigstore::{PublicKey, Subject};
pub use trust::{Material, Trust, TrustError};

/// Bytes in lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    let pairs = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    pairs.map(digit).collect()
}
