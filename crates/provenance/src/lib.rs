//! Verifies attestations and signatures without a network, and fills the provenance side table.
//!
//! [`check`] judges one bundle: its signature, log and certificate by the Sigstore crates, and on top of that everything
//! they leave to the caller. What no signature covers is never reported as a fact.
//!
//! This crate opens no file and no connection. It knows the time of day only where the Sigstore crates refuse a time in
//! the future.

mod annotate;
mod bundle;
mod combine;
mod cpan;
mod diags;
mod registry;
mod sign;
mod time;

pub use annotate::annotate;
pub use annotate::changes::{SignerChange, signer_changes};
pub use bundle::check::{check, sha512};
pub use bundle::outcome::{Outcome, Signer};
pub use bundle::request::Request;
pub use bundle::sigstore::{PublicKey, Subject};
pub use bundle::trust::{Material, Trust, TrustError};
pub use cpan::archive::Archive;
pub use cpan::checksums::{Checksums, ListedFile};
#[cfg(feature = "openpgp")]
pub use cpan::openpgp::Keyring;
pub use registry::sidecar::{Answer, Objection, Package, Published, Sidecar, Wrapped};
pub use sign::attest::{
    AttestError, StatementSubject, TypeForm, sbom_statement, signed_bundle, signed_envelope,
};
pub use sign::envelope::envelope_bundle;
pub use sign::key::{KeyError, KeyKind, PrivateKey};

/// Bytes in lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    let pairs = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    pairs.map(digit).collect()
}
