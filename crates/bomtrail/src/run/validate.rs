//! Whether an SBOM is one: what its schema says, and what no schema says, which the readers tell. Knows where schemas are
//! found; the rules beyond them are the readers'.

mod schema;

use std::path::{Path, PathBuf};

use bomtrail_graph::Diagnostics;
pub use bomtrail_report::{Claimed, SchemaUsed, Validation};

use crate::TOOL;
use crate::project::read::Opened;
use crate::project::{ScanError, ScanOptions};
use crate::source::disk::{Disk, load_file};
use crate::source::{ReadError, Source, inputs};
use schema::Schema;

/// Why a document could not be validated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidateError {
    /// It cannot be read.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// One file is needed, and the path is that of a folder.
    #[error("`{}` is a folder; give one file", path.display())]
    NotOneFile {
        /// The path, as it was given.
        path: PathBuf,
    },
    /// The file is not an SBOM.
    #[error("`{}` is not an SBOM bomtrail can read", path.display())]
    NotAnSbom {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// The file with the schema cannot be read.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unreachable {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        cause: ReadError,
    },
    /// The schema is not valid.
    #[error("`{}` is not a JSON schema that can be used: {message}", path.display())]
    Schema {
        /// The file, as it was given.
        path: PathBuf,
        /// Why, in the words of the schema's compiler.
        message: String,
    },
}

/// Validates one SBOM, against the schema in the file `schema` or else the official one.
///
/// # Errors
/// [`ValidateError`] when a file cannot be read, is not an SBOM, or the schema is not valid.
pub fn validate(
    source: impl Into<Source>,
    schema: Option<&Path>,
) -> Result<Validation, ValidateError> {
    let mut diagnostics = Diagnostics::new();
    let options = ScanOptions::default();
    let opened = Opened::new(source.into(), &options, &mut diagnostics)?;
    let path = opened.label.clone();
    if opened.input.is_none() {
        return Err(ValidateError::NotOneFile { path });
    }
    let mut found = opened.inputs(&mut diagnostics)?;
    let input = found.pop().filter(|it| inputs::is_sbom(it.reader));
    let Some(input) = input else {
        return Err(ValidateError::NotAnSbom { path });
    };
    drop(opened.read(&input, &mut diagnostics));
    let (name, bytes) = (input.path, input.bytes);
    let json: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    let claimed = json.as_ref().and_then(claimed);
    let given = schema
        .map(|file| given(file, options.size_limit))
        .transpose()?;
    let mut used = SchemaUsed::None;
    if let Some(document) = &json {
        let official = || claimed.as_ref().and_then(Schema::official);
        used = match given {
            Some(_) => SchemaUsed::Given,
            None => SchemaUsed::None,
        };
        if let Some(schema) = given.or_else(official) {
            if used == SchemaUsed::None {
                used = SchemaUsed::Official;
            }
            schema.check(&name, document, &mut diagnostics);
        }
    }
    Ok(Validation {
        claimed,
        schema: used,
        diagnostics,
        tool: TOOL,
    })
}

/// The schema in a file; those it refers to are next to it or part of this program.
fn given(file: &Path, limit: u64) -> Result<Schema, ValidateError> {
    let unreachable = |cause| ValidateError::Unreachable {
        path: file.to_path_buf(),
        cause,
    };
    let bytes = load_file(file, limit).map_err(unreachable)?;
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let disk = Disk::open(folder.unwrap_or(Path::new(".")), limit).map_err(unreachable)?;
    Schema::given(&bytes, &disk).map_err(|message| ValidateError::Schema {
        path: file.to_path_buf(),
        message,
    })
}

fn claimed(document: &serde_json::Value) -> Option<Claimed> {
    let text = |key: &str| document.get(key).and_then(serde_json::Value::as_str);
    let claim = |format, version: &str| {
        Some(Claimed {
            format,
            version: version.to_owned(),
        })
    };
    if let (Some("CycloneDX"), Some(version)) = (text("bomFormat"), text("specVersion")) {
        return claim("CycloneDX", version);
    }
    if let Some(version) = text("spdxVersion").and_then(|it| it.strip_prefix("SPDX-")) {
        return claim("SPDX", version);
    }
    let context = document.get("@context")?.to_string();
    let (_, rest) = context.split_once("spdx.org/rdf/")?;
    claim("SPDX", rest.split('/').next()?)
}
