//! Verifies attestations and signatures without a network, and fills the provenance side table.
//!
//! [`check`] verifies one bundle: its signature, log and certificate with the Sigstore crates, and everything that these
//! leave to the caller. Content that no signature covers is never reported as a fact.
//!
//! This crate opens no file and no connection. It uses the clock only where the Sigstore crates reject a time in
//! the future.

mod annotate;
mod bundle;
mod combine;
mod cpan;
mod diags;
mod registry;
mod sign;

pub use annotate::annotate;
pub use annotate::changes::{SignerChange, signer_changes};
pub use bundle::check::{check, sha512};
pub use bundle::outcome::{Outcome, Signer};
pub use bundle::repository::same as same_repository;
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
