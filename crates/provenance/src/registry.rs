//! What a registry publishes about a package: attestation files and signed metadata.

pub(crate) mod sidecar;
pub(crate) mod signature;
