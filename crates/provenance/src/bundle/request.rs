//! What a bundle is compared with.

use crate::bundle::sigstore::{PublicKey, Subject};

/// What a bundle is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The bytes it must be about.
    pub subject: Subject<'a>,
    /// The type that the registry's answer says it is of.
    pub wrapper: Option<&'a str>,
    /// The package it must be about, as name and version.
    pub package: Option<(&'a str, &'a str)>,
    /// The repository that the package declares.
    pub repository: Option<&'a str>,
    /// The key that must have signed it, instead of the registry's.
    pub key: Option<&'a PublicKey>,
    /// Who must have signed it (URI or e-mail address).
    pub identity: Option<&'a str>,
    /// Who must vouch for the signer (URL).
    pub issuer: Option<&'a str>,
}

impl<'a> Request<'a> {
    /// Any signer's attestation of some bytes.
    pub fn new(subject: Subject<'a>) -> Self {
        Self {
            subject,
            wrapper: None,
            package: None,
            repository: None,
            key: None,
            identity: None,
            issuer: None,
        }
    }
}
