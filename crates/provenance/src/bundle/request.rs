//! The expectations that a bundle is checked against.

use crate::bundle::sigstore::{PublicKey, Subject};

/// The expectations that a bundle is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The expected subject.
    pub subject: Subject<'a>,
    /// The predicate type according to the registry's answer.
    pub wrapper: Option<&'a str>,
    /// The expected package: name and version.
    pub package: Option<(&'a str, &'a str)>,
    /// The repository that the package declares.
    pub repository: Option<&'a str>,
    /// The expected key, instead of the registry's.
    pub key: Option<&'a PublicKey>,
    /// The expected signer (URI or e-mail address).
    pub identity: Option<&'a str>,
    /// The expected issuer of the signer's identity (URL).
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
