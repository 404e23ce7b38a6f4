//! CPAN archives, their CHECKSUMS lists, and the `OpenPGP` signatures of these.

pub(crate) mod archive;
pub(crate) mod checksums;
pub(crate) mod cleartext;
#[cfg(feature = "openpgp")]
pub(crate) mod openpgp;
