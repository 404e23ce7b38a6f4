//! Keys for our own statements: ECDSA on P-256, and Ed25519. A private key leaves this module only as PEM for its file, and
//! is never printed.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The kind of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyKind {
    /// ECDSA on P-256 with SHA-256, which every verifier knows.
    #[default]
    EcdsaP256,
    /// Ed25519.
    Ed25519,
}

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The system has no random numbers, or the algorithm is disabled.
    #[error("the key could not be generated")]
    Make,
    /// The text has no private key.
    #[error("no private key found; expected an unencrypted PKCS #8 key in PEM (`PRIVATE KEY`)")]
    NotAKey,
    /// The key is of an unsupported kind.
    #[error("the private key is neither ECDSA on P-256 nor Ed25519")]
    Kind,
    /// Signing failed.
    #[error("the key could not sign")]
    Sign,
}

enum Inner {
    EcdsaP256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A private key.
pub struct PrivateKey {
    inner: Inner,
    public: Vec<u8>,
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey")
            .field("hint", &self.hint())
            .finish_non_exhaustive()
    }
}

impl PrivateKey {
    /// A new key.
    ///
    /// # Errors
    /// [`KeyError::Make`] when the system has no random numbers.
    pub fn generate(kind: KeyKind) -> Result<Self, KeyError> {
        let inner = match kind {
            KeyKind::EcdsaP256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
                .map(Inner::EcdsaP256)
                .map_err(|_| KeyError::Make),
            KeyKind::Ed25519 => Ed25519KeyPair::generate()
                .map(Inner::Ed25519)
                .map_err(|_| KeyError::Make),
        };
        Self::new(inner?)
    }

    /// The key in a PEM text (PKCS #8, not encrypted).
    ///
    /// # Errors
    /// [`KeyError`] when the text has no key, or one of another kind.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let der = decode_pem(pem, "PRIVATE KEY").ok_or(KeyError::NotAKey)?;
        if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &der) {
            return Self::new(Inner::EcdsaP256(pair));
        }
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).map_err(|_| KeyError::Kind)?;
        Self::new(Inner::Ed25519(pair))
    }

    fn new(inner: Inner) -> Result<Self, KeyError> {
        let public: Result<PublicKeyX509Der<'_>, _> = match &inner {
            Inner::EcdsaP256(pair) => pair.public_key().as_der(),
            Inner::Ed25519(pair) => pair.public_key().as_der(),
        };
        let public = public.map_err(|_| KeyError::Make)?.as_ref().to_vec();
        Ok(Self { inner, public })
    }

    /// The private key in PEM (PKCS #8), for a file that only its owner reads.
    ///
    /// # Errors
    /// [`KeyError::Make`] when it cannot be encoded.
    pub fn to_private_pem(&self) -> Result<String, KeyError> {
        let document = match &self.inner {
            Inner::EcdsaP256(pair) => pair.to_pkcs8v1(),
            Inner::Ed25519(pair) => pair.to_pkcs8v1(),
        };
        let document = document.map_err(|_| KeyError::Make)?;
        Ok(encode_pem(document.as_ref(), "PRIVATE KEY"))
    }

    /// The public key in PEM (`SubjectPublicKeyInfo`).
    pub fn to_public_pem(&self) -> String {
        encode_pem(&self.public, "PUBLIC KEY")
    }

    /// The key hint in bundles: the SHA-256 of the public key (DER), in base64.
    pub fn hint(&self) -> String {
        STANDARD.encode(Sha256::digest(&self.public))
    }

    /// A signature of `message`; in DER for ECDSA.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        match &self.inner {
            Inner::EcdsaP256(pair) => pair
                .sign(&SystemRandom::new(), message)
                .map(|it| it.as_ref().to_vec())
                .map_err(|_| KeyError::Sign),
            Inner::Ed25519(pair) => pair
                .try_sign(message)
                .map(|it| it.as_ref().to_vec())
                .map_err(|_| KeyError::Sign),
        }
    }
}

fn encode_pem(der: &[u8], label: &str) -> String {
    let text = STANDARD.encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    for (index, letter) in text.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem.push_str("\n-----END ");
    pem.push_str(label);
    pem.push_str("-----\n");
    pem
}

fn decode_pem(pem: &str, label: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::sigstore::PublicKey;

    #[test]
    fn a_key_survives_its_file_and_its_signatures_are_its_own() {
        for kind in [KeyKind::EcdsaP256, KeyKind::Ed25519] {
            let key = PrivateKey::generate(kind).unwrap();
            let again = PrivateKey::from_pem(&key.to_private_pem().unwrap()).unwrap();
            assert_eq!(key.hint(), again.hint());
            let public = PublicKey::from_pem(&again.to_public_pem()).unwrap();
            let signature = again.sign(b"message").unwrap();
            assert!(public.verifies(b"message", &signature));
            assert!(!public.verifies(b"massage", &signature));
            let other = PrivateKey::generate(kind).unwrap();
            assert!(!public.verifies(b"message", &other.sign(b"message").unwrap()));
        }
    }

    #[test]
    fn a_private_key_is_not_printed() {
        let key = PrivateKey::generate(KeyKind::EcdsaP256).unwrap();
        let printed = format!("{key:?}");
        let secret = key.to_private_pem().unwrap();
        let body: String = secret.lines().filter(|it| !it.starts_with('-')).collect();
        assert!(
            !printed.contains(&body) && printed.contains(&key.hint()),
            "{printed}"
        );
    }

    #[test]
    fn other_text_is_not_a_private_key() {
        let public = PrivateKey::generate(KeyKind::Ed25519)
            .unwrap()
            .to_public_pem();
        let renamed = public.replace("PUBLIC", "PRIVATE");
        for bad in [
            "",
            "-----BEGIN PRIVATE KEY-----\n?\n-----END PRIVATE KEY-----",
            &public,
            &renamed,
        ] {
            assert!(PrivateKey::from_pem(bad).is_err(), "{bad}");
        }
    }
}
