//! A signed statement that an SBOM describes an artifact.

use std::path::PathBuf;

use bomtrail_provenance::{
    PrivateKey, StatementSubject, TypeForm, sbom_statement, signed_bundle, signed_envelope,
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

/// Makes a statement, signed with the private key in a file (PEM) unless `form` is [`Form::Statement`].
///
/// # Errors
/// [`ProvenanceError`] when a file cannot be read, or no statement can be made of what is in it.
pub fn attest(
    question: &AttestQuestion,
    key: Option<&PathBuf>,
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
    let key = key.ok_or(ProvenanceError::NoKey)?;
    let key =
        PrivateKey::from_pem(&load_text(key)?).map_err(bomtrail_provenance::AttestError::from)?;
    Ok(sign(&statement, &key)?)
}
