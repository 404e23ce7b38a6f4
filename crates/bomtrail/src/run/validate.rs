//! Whether an SBOM is valid. The readers compare a CycloneDX document with the specification, and check what no schema can
//! express; a JSON schema that is given is an additional check.
//!
//! ```
//! use bomtrail::source::{Memory, Source};
//! use bomtrail::validate::{SchemaUsed, validate};
//!
//! let document = br#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":0}"#;
//! let found = validate(Source::Memory(Memory::input("app.cdx.json", &document[..])), None)?;
//! assert_eq!(found.schema, SchemaUsed::Specification);
//! for diagnostic in found.diagnostics.iter() {
//!     println!("{diagnostic}");
//! }
//! # Ok::<(), bomtrail::validate::ValidateError>(())
//! ```

mod schema;

use std::path::{Path, PathBuf};

use bomtrail_document::without_mark;
use bomtrail_graph::{Diagnostics, Fragment};
pub use bomtrail_report::{
    Claimed, DocumentValidation, SchemaUsed, Validation, write_validations_json,
    write_validations_sarif,
};

use crate::TOOL;
use crate::project::read::Opened;
use crate::project::{ScanError, ScanOptions};
use crate::source::disk::{Disk, load_file};
use crate::source::inputs::Found;
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
    #[error(
        "`{}` is not an SBOM: expected CycloneDX in JSON or XML, or SPDX in JSON or tag-value form, found {found}",
        path.display()
    )]
    NotAnSbom {
        /// The file, as it was given.
        path: PathBuf,
        /// What it is, in a few words.
        found: String,
    },
    /// The file with the schema cannot be read.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unreachable {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        cause: ReadError,
    },
    /// A schema is given for a document that is not JSON.
    #[error("`{}` is not JSON, and only JSON can be compared with a schema", path.display())]
    NotJson {
        /// The document, as it was given.
        path: PathBuf,
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

/// Validates one SBOM against the specification, and against the JSON schema in the file `schema` if there is one.
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
    let found = match opened.inputs(&mut diagnostics) {
        Err(ScanError::Unclaimed { .. }) => None,
        other => other?.pop(),
    };
    let Some(input) = found.as_ref().filter(|it| inputs::is_sbom(it.reader)) else {
        let found = instead(&opened, found.as_ref());
        return Err(ValidateError::NotAnSbom { path, found });
    };
    let fragment = opened.read(input, &mut diagnostics);
    let claimed = claimed(&fragment);
    let not_compared = ["/unknown-version", "/not-compared", "/unreadable"];
    let is_compared = !diagnostics
        .iter()
        .any(|it| not_compared.iter().any(|end| it.code.id.ends_with(end)));
    let mut used = match &claimed {
        Some(_) if is_compared => SchemaUsed::Specification,
        _ => SchemaUsed::None,
    };
    if let Some(file) = schema {
        let schema = given(file, options.size_limit)?;
        let document = serde_json::from_slice(without_mark(&input.bytes));
        let document = document.map_err(|_| ValidateError::NotJson { path })?;
        schema.check(&input.path, &document, &mut diagnostics);
        used = SchemaUsed::Given;
    }
    Ok(Validation {
        claimed,
        schema: used,
        diagnostics,
        tool: TOOL,
    })
}

/// What a file is that is not an SBOM.
fn instead(opened: &Opened, found: Option<&Found>) -> String {
    if let Some(it) = found {
        return format!("an input of `{}`", it.reader.name());
    }
    let name = opened.input.as_deref().unwrap_or_default();
    let bytes = opened.files.load(name).unwrap_or_default();
    let start = without_mark(&bytes).trim_ascii_start().first().copied();
    let words = match start {
        None => "an empty file",
        Some(b'{') => "a JSON object without `bomFormat`, `spdxVersion` and an SPDX `@context`",
        Some(b'[') => "a JSON list",
        Some(b'<') => "XML without a namespace of CycloneDX",
        Some(_) => "something else",
    };
    words.to_owned()
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

/// The format and version that a document states.
fn claimed(fragment: &Fragment) -> Option<Claimed> {
    let mut properties = fragment.properties.iter();
    let (_, stated) = properties.find(|(name, _)| &**name == "bomtrail:document")?;
    let (format, version) = stated.rsplit_once(' ')?;
    let format = ["CycloneDX", "SPDX"].into_iter().find(|it| *it == format)?;
    Some(Claimed {
        format,
        version: version.to_owned(),
    })
}
