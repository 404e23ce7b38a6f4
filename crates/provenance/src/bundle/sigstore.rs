//! The only module that uses the Sigstore crates: parses a bundle and verifies its cryptography.
//!
//! A [`Proof`] holds only content that a verified signature covers. Policy (permitted signers, required content of the
//! statement) is in other modules.

mod claims;
mod refusal;

use sigstore_trust_root::TrustedRoot;
use sigstore_verify::crypto::SigningScheme;
use sigstore_verify::types::bundle::VerificationMaterialContent;
use sigstore_verify::types::{
    Artifact, ArtifactDigest, Bundle, DerPublicKey, HashAlgorithm as Algorithm, SignatureBytes,
    SignatureContent,
};
use sigstore_verify::{
    Error, PublicKeyVerificationPolicy, VerificationPolicy, VerificationResult, Verifier,
};

use bomtrail_graph::{Hash, HashAlgorithm, Timestamp};

pub(crate) use claims::Certificate;
pub(crate) use refusal::Refusal;

/// The trusted root that comes with the program: the Sigstore public-good instance.
pub(crate) const EMBEDDED_ROOT: &str = sigstore_trust_root::SIGSTORE_PRODUCTION_TRUSTED_ROOT;

/// Certificate authorities, logs and time-stamping authorities that are trusted.
pub(crate) struct Root {
    verifier: Verifier,
    /// The logs, by their ids.
    logs: Vec<Vec<u8>>,
}

impl Root {
    /// Reads a `trusted_root.json`.
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let root = TrustedRoot::from_json(json).map_err(|error| error.to_string())?;
        let verifier = Verifier::new(&root).map_err(|error| error.to_string())?;
        let ids = root.tlogs.iter().map(|it| &it.log_id.key_id);
        let logs = ids.map(|it| it.as_bytes().to_vec()).collect();
        Ok(Self { verifier, logs })
    }
}

/// A public key.
#[derive(Clone, Debug)]
pub struct PublicKey(DerPublicKey);

impl PublicKey {
    /// A key in DER (`SubjectPublicKeyInfo`); `None` when it is of no known kind.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let key = DerPublicKey::new(der.to_vec());
        scheme_of(&key).map(|_| Self(key))
    }

    /// A key in PEM; `None` without a `PUBLIC KEY` block. A damaged key verifies nothing.
    pub fn from_pem(pem: &str) -> Option<Self> {
        let key = DerPublicKey::from_pem(pem);
        let is_block = pem.contains("-----BEGIN PUBLIC KEY-----");
        let damaged = || is_block.then(|| DerPublicKey::new(Vec::new()));
        key.ok().or_else(damaged).map(Self)
    }

    /// False for a key that is damaged, or of a kind that is not known.
    pub(crate) fn is_usable(&self) -> bool {
        scheme_of(&self.0).is_some()
    }

    /// The key in DER (`SubjectPublicKeyInfo`).
    pub fn der(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// True when `signature` (DER for ECDSA) is one of this key over `message`.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let signature = SignatureBytes::new(signature.to_vec());
        scheme_of(&self.0).is_some_and(|scheme| {
            sigstore_verify::crypto::verify_signature(&self.0, message, &signature, scheme).is_ok()
        })
    }
}

fn scheme_of(key: &DerPublicKey) -> Option<SigningScheme> {
    let algorithm = sigstore_verify::crypto::KeyAlgorithm::from_spki(key).ok()?;
    Some(algorithm.default_signing_scheme())
}

/// How a bundle is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Material<'b> {
    /// A short-lived certificate that comes with it.
    Certificate,
    /// A key that the reader must have, by its hint.
    Key { hint: &'b str },
}

/// The bytes that a bundle is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The bytes themselves.
    Bytes(&'a [u8]),
    /// Their digest (SHA-256 or SHA-512).
    Digest(&'a Hash),
}

/// A DSSE envelope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope<'b> {
    /// The media type of the payload.
    pub(crate) payload_type: &'b str,
    /// The signed bytes.
    pub(crate) payload: &'b [u8],
    /// A hint on the key, which no signature covers.
    pub(crate) key_id: &'b str,
}

/// A bundle that could be parsed; nothing in it is verified yet.
pub(crate) struct Parsed(Bundle);

/// The result of a successful verification.
pub(crate) struct Proof {
    /// The claims of the certificate, if there is one.
    pub(crate) certificate: Option<Certificate>,
    /// When it was signed at the earliest, as a log or a time-stamping authority signed it.
    pub(crate) signed_at: Option<Timestamp>,
    /// True when a transparency log vouches for it.
    pub(crate) logged: bool,
}

impl Parsed {
    /// Reads a bundle.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        Bundle::from_json(json)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// How it is signed.
    pub(crate) fn material(&self) -> Option<Material<'_>> {
        match &self.0.verification_material.content {
            VerificationMaterialContent::Certificate(_)
            | VerificationMaterialContent::X509CertificateChain { .. } => {
                Some(Material::Certificate)
            }
            VerificationMaterialContent::PublicKey(key) => Some(Material::Key { hint: &key.hint }),
            _ => None,
        }
    }

    /// Its envelope, when it has one.
    pub(crate) fn envelope(&self) -> Option<Envelope<'_>> {
        match &self.0.content {
            SignatureContent::DsseEnvelope(it) => Some(Envelope {
                payload_type: &it.payload_type,
                payload: it.payload.as_bytes(),
                key_id: it.signature.keyid.as_str(),
            }),
            _ => None,
        }
    }

    /// The number of its log entry, where the log's own signature (the promise) covers it.
    pub(crate) fn log_index(&self) -> Option<u64> {
        match self.0.verification_material.tlog_entries.as_slice() {
            [entry] if entry.inclusion_promise.is_some() => Some(entry.log_index.get()),
            _ => None,
        }
    }

    /// Why it was refused. Entries of an untrusted log cannot be verified, whichever check fails first.
    fn refusal(&self, root: &Root, error: &Error) -> Refusal {
        let entries = self.0.verification_material.tlog_entries.iter();
        let mut ids = entries.map(|it| it.log_id.key_id.as_bytes());
        let knows_logs = ids.all(|id| root.logs.iter().any(|known| known == id));
        Refusal::of(error, knows_logs)
    }

    /// True when neither a log nor a time-stamping authority is asked to vouch for it.
    fn stands_alone(&self) -> bool {
        let material = &self.0.verification_material;
        material.tlog_entries.is_empty()
            && material
                .timestamp_verification_data
                .rfc3161_timestamps
                .is_empty()
    }

    /// Verifies it with the certificate it brings.
    pub(crate) fn verify(&self, root: &Root, subject: Subject<'_>) -> Result<Proof, Refusal> {
        let policy = VerificationPolicy::any_identity();
        let artifact = artifact(subject)?;
        let result = root.verifier.verify(artifact, &self.0, &policy);
        Ok(proof(&result.map_err(|it| self.refusal(root, &it))?))
    }

    /// Verifies it with a key of the reader's.
    pub(crate) fn verify_with_key(
        &self,
        root: &Root,
        key: &PublicKey,
        subject: Subject<'_>,
    ) -> Result<Proof, Refusal> {
        if self.stands_alone() {
            return self.verify_alone(key, subject);
        }
        let policy = PublicKeyVerificationPolicy::new(key.0.clone());
        let artifact = artifact(subject)?;
        let result = root.verifier.verify(artifact, &self.0, &policy);
        Ok(proof(&result.map_err(|it| self.refusal(root, &it))?))
    }

    /// A signature without a log entry. For an envelope, the caller compares the subject with the statement.
    fn verify_alone(&self, key: &PublicKey, subject: Subject<'_>) -> Result<Proof, Refusal> {
        let holds = match &self.0.content {
            SignatureContent::DsseEnvelope(it) => {
                key.verifies(&it.pae(), it.signature.sig.as_bytes())
            }
            SignatureContent::MessageSignature(it) => match subject {
                Subject::Bytes(bytes) => key.verifies(bytes, it.signature.as_bytes()),
                Subject::Digest(_) => {
                    let why = "a signature over the artifact itself needs the artifact";
                    return Err(Refusal::Unverifiable(why.to_owned()));
                }
            },
            _ => false,
        };
        if !holds {
            return Err(Refusal::Failed("the signature is not the key's".to_owned()));
        }
        Ok(Proof {
            certificate: None,
            signed_at: None,
            logged: false,
        })
    }
}

fn artifact(subject: Subject<'_>) -> Result<Artifact<'_>, Refusal> {
    let hash = match subject {
        Subject::Bytes(bytes) => return Ok(Artifact::Blob(bytes)),
        Subject::Digest(hash) => hash,
    };
    let algorithm = match hash.algorithm() {
        HashAlgorithm::Sha256 => Algorithm::Sha2256,
        HashAlgorithm::Sha512 => Algorithm::Sha2512,
        other => {
            let why = format!("a digest by {} cannot be compared", other.name());
            return Err(Refusal::Unverifiable(why));
        }
    };
    ArtifactDigest::new(algorithm, hash.digest().to_vec())
        .map(Artifact::Digest)
        .map_err(|error| Refusal::Unverifiable(error.to_string()))
}

fn proof(result: &VerificationResult) -> Proof {
    let times = result.verified_timestamps().iter();
    Proof {
        certificate: result.certificate().map(Certificate::from),
        signed_at: times.min().and_then(|it| Timestamp::parse(&it.to_string())),
        logged: result.tlog_verified(),
    }
}
