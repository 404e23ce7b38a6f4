//! A signed statement that an SBOM describes an artifact.

use std::path::{Path, PathBuf};

use bomtrail_provenance::{
    AttestError, PrivateKey, StatementSubject, TypeForm, sbom_statement, signed_bundle,
    signed_envelope,
};

use super::{ProvenanceError, load, load_text, unreachable};
use crate::source::ReadError;

/// What is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A Sigstore bundle.
    #[default]
    Bundle,
    /// A DSSE envelope.
    Envelope,
    /// The statement, unsigned, for others to sign.
    Statement,
}

/// What is to be said.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AttestQuestion {
    /// The SBOM (JSON).
    pub sbom: PathBuf,
    /// The artifacts that it describes.
    pub subjects: Vec<PathBuf>,
    /// How the type of the statement is written.
    pub types: TypeForm,
}

impl AttestQuestion {
    /// That an SBOM describes these artifacts.
    pub fn new(sbom: PathBuf, subjects: Vec<PathBuf>) -> Self {
        Self {
            sbom,
            subjects,
            types: TypeForm::default(),
        }
    }
}

/// The private key in a file (PEM, PKCS #8).
///
/// # Errors
/// [`ProvenanceError`] when the file cannot be read or has no key.
pub fn load_key(path: &Path) -> Result<PrivateKey, ProvenanceError> {
    Ok(PrivateKey::from_pem(&load_text(path)?).map_err(AttestError::from)?)
}

/// Makes a statement, signed with the private key unless `form` is [`Form::Statement`].
///
/// # Errors
/// [`ProvenanceError`] when a file cannot be read, or no statement can be made of what is in it.
pub fn attest(
    question: &AttestQuestion,
    key: Option<&PrivateKey>,
    form: Form,
) -> Result<String, ProvenanceError> {
    let sbom = load_text(&question.sbom)?;
    let subjects: Result<Vec<StatementSubject>, ProvenanceError> = question
        .subjects
        .iter()
        .map(|path| {
            let name = path.file_name().and_then(|it| it.to_str());
            let name = name.ok_or_else(|| unreachable(path, ReadError::NotAFile))?;
            Ok(StatementSubject::new(name, &load(path)?))
        })
        .collect();
    let statement = sbom_statement(&sbom, &subjects?, question.types)?;
    let sign = match form {
        Form::Statement => return Ok(statement),
        Form::Bundle => signed_bundle,
        Form::Envelope => signed_envelope,
    };
    Ok(sign(&statement, key.ok_or(ProvenanceError::NoKey)?)?)
}
