//! Our own statements: an SBOM about an artifact, as an in-toto statement in a signed envelope. No clock and no
//! transparency log is used: for a logged signature, sign the statement with another tool.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_graph::hex;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256, Sha512};

use crate::bundle::statement::PAYLOAD_TYPE;
use crate::sign::envelope::bundle;
use crate::sign::key::{KeyError, PrivateKey};

/// Why a statement could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AttestError {
    /// The SBOM is not JSON.
    #[error("the SBOM is not readable as JSON: {0}")]
    Json(String),
    /// It is JSON, and neither of the formats.
    #[error("the SBOM is neither CycloneDX nor SPDX in JSON")]
    Format,
    /// There is nothing that it is about.
    #[error("a statement needs at least one subject")]
    NoSubject,
    /// The key fails.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// How the type of the predicate is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TypeForm {
    /// As the formats' own specifications name it (`https://spdx.dev/Document/v2.3`).
    #[default]
    Specification,
    /// As cosign names it (`https://spdx.dev/Document`).
    Cosign,
}

/// An artifact that an SBOM is about.
#[derive(Clone, Debug, Serialize)]
pub struct StatementSubject {
    name: String,
    digest: Digests,
}

#[derive(Clone, Debug, Serialize)]
struct Digests {
    sha256: String,
    sha512: String,
}

impl StatementSubject {
    /// An artifact by its name and its bytes.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            digest: Digests {
                sha256: hex(&Sha256::digest(bytes)),
                sha512: hex(&Sha512::digest(bytes)),
            },
        }
    }
}

#[derive(Serialize)]
struct StatementView<'a> {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: &'a [StatementSubject],
    #[serde(rename = "predicateType")]
    predicate_type: &'static str,
    predicate: &'a RawValue,
}

/// The in-toto statement (JSON) that `sbom` (JSON) describes `subjects`.
///
/// # Errors
/// [`AttestError`] when the SBOM is not JSON, or no subject is given.
pub fn sbom_statement(
    sbom: &str,
    subjects: &[StatementSubject],
    form: TypeForm,
) -> Result<String, AttestError> {
    if subjects.is_empty() {
        return Err(AttestError::NoSubject);
    }
    let json = |error: serde_json::Error| AttestError::Json(error.to_string());
    let sbom = sbom.trim_start_matches('\u{feff}');
    let predicate: &RawValue = serde_json::from_str(sbom).map_err(json)?;
    let statement = StatementView {
        kind: "https://in-toto.io/Statement/v1",
        subject: subjects,
        predicate_type: predicate_type(sbom, form)?,
        predicate,
    };
    serde_json::to_string(&statement).map_err(json)
}

#[derive(Deserialize)]
struct Head {
    #[serde(rename = "bomFormat")]
    bom_format: Option<String>,
    #[serde(rename = "spdxVersion")]
    spdx_version: Option<String>,
    #[serde(rename = "@context")]
    context: Option<serde_json::Value>,
}

fn predicate_type(sbom: &str, form: TypeForm) -> Result<&'static str, AttestError> {
    let head: Head = serde_json::from_str(sbom).map_err(|_| AttestError::Format)?;
    if head.bom_format.as_deref() == Some("CycloneDX") {
        return Ok("https://cyclonedx.org/bom");
    }
    let context = head.context.as_ref().and_then(serde_json::Value::as_str);
    let is_v3 = context.is_some_and(|it| it.starts_with("https://spdx.org/rdf/3."));
    match (form, head.spdx_version.as_deref(), is_v3) {
        (_, None, false) => Err(AttestError::Format),
        (TypeForm::Specification, _, true) => Ok("https://spdx.dev/Document/v3"),
        (TypeForm::Specification, Some("SPDX-2.3"), false) => Ok("https://spdx.dev/Document/v2.3"),
        (TypeForm::Cosign, _, _) | (TypeForm::Specification, Some(_), false) => {
            Ok("https://spdx.dev/Document")
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EnvelopeView<'a> {
    payload: String,
    payload_type: &'static str,
    signatures: [SignatureView<'a>; 1],
}

#[derive(Serialize)]
struct SignatureView<'a> {
    sig: String,
    keyid: &'a str,
}

/// The DSSE envelope (JSON) of a statement, signed with `key`.
///
/// # Errors
/// [`AttestError::Key`] when the key cannot sign.
pub fn signed_envelope(statement: &str, key: &PrivateKey) -> Result<String, AttestError> {
    let signature = key.sign(&pae(statement.as_bytes()))?;
    let envelope = EnvelopeView {
        payload: STANDARD.encode(statement),
        payload_type: PAYLOAD_TYPE,
        signatures: [SignatureView {
            sig: STANDARD.encode(signature),
            keyid: &key.hint(),
        }],
    };
    serde_json::to_string(&envelope).map_err(|error| AttestError::Json(error.to_string()))
}

/// The Sigstore bundle (version 0.3, JSON) of a statement, signed with `key`.
///
/// # Errors
/// [`AttestError::Key`] when the key cannot sign.
pub fn signed_bundle(statement: &str, key: &PrivateKey) -> Result<String, AttestError> {
    let envelope = signed_envelope(statement, key)?;
    let json = |error: serde_json::Error| AttestError::Json(error.to_string());
    let envelope: &RawValue = serde_json::from_str(&envelope).map_err(json)?;
    bundle(envelope, &key.hint()).ok_or(AttestError::Key(KeyError::Sign))
}

/// The signed bytes: type and body, each with its length (DSSE 1.0, "PAE").
fn pae(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "DSSEv1 {} {PAYLOAD_TYPE} {} ",
        PAYLOAD_TYPE.len(),
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[cfg(test)]
mod tests;
