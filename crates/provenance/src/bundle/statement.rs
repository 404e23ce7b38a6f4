//! In-toto statements: the content of an attestation and its subjects. Reads both versions; makes no decision on trust.

use bomtrail_graph::{Hash, HashAlgorithm};
use serde::Deserialize;
use serde_json::Value;

/// The media type of an in-toto statement in an envelope.
pub(crate) const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// The registry's attestation of a publication.
pub(crate) const PUBLISH: &str = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
/// Build provenance, first published form.
pub(crate) const SLSA_V02: &str = "https://slsa.dev/provenance/v0.2";
/// Build provenance.
pub(crate) const SLSA_V1: &str = "https://slsa.dev/provenance/v1";

/// The types of a statement.
const TYPES: [&str; 2] = [
    "https://in-toto.io/Statement/v0.1",
    "https://in-toto.io/Statement/v1",
];

/// A statement.
pub(crate) struct Statement {
    /// The type of its predicate.
    pub(crate) predicate_type: String,
    /// Its subjects.
    pub(crate) subjects: Vec<StatedSubject>,
    /// Its predicate.
    pub(crate) predicate: Value,
}

/// A subject of a statement.
pub(crate) struct StatedSubject {
    /// Its name; for npm a Package URL.
    pub(crate) name: String,
    /// SHA-256 and SHA-512, where stated and well formed.
    pub(crate) hashes: Vec<Hash>,
}

#[derive(Deserialize)]
struct Wire {
    #[serde(rename = "_type")]
    kind: String,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    subject: Vec<WireSubject>,
    #[serde(default)]
    predicate: Value,
}

#[derive(Deserialize)]
struct WireSubject {
    #[serde(default)]
    name: String,
    #[serde(default)]
    digest: WireDigest,
}

#[derive(Deserialize, Default)]
struct WireDigest {
    sha256: Option<String>,
    sha512: Option<String>,
}

impl Statement {
    /// Reads a payload.
    pub(crate) fn parse(payload: &[u8]) -> Result<Self, String> {
        let wire: Wire = serde_json::from_slice(payload)
            .map_err(|error| format!("the payload is not an in-toto statement: {error}"))?;
        if !TYPES.contains(&wire.kind.as_str()) {
            return Err(format!(
                "`{}` is not a type of in-toto statement",
                wire.kind
            ));
        }
        Ok(Self {
            predicate_type: wire.predicate_type,
            subjects: wire.subject.into_iter().map(StatedSubject::from).collect(),
            predicate: wire.predicate,
        })
    }
}

impl From<WireSubject> for StatedSubject {
    fn from(wire: WireSubject) -> Self {
        let stated = [
            (HashAlgorithm::Sha256, wire.digest.sha256),
            (HashAlgorithm::Sha512, wire.digest.sha512),
        ];
        let hashes = stated
            .into_iter()
            .filter_map(|(algorithm, hex)| Hash::from_hex(algorithm, &hex?));
        Self {
            name: wire.name,
            hashes: hashes.collect(),
        }
    }
}

impl StatedSubject {
    /// Its digest by one algorithm.
    pub(crate) fn hash(&self, algorithm: HashAlgorithm) -> Option<&Hash> {
        self.hashes.iter().find(|it| it.algorithm() == algorithm)
    }
}
