//! Whether an SBOM is one: what its schema says, and what no schema says, which the readers tell. Knows where schemas are
//! found; the rules beyond them are the readers'.

mod schema;

use std::path::Path;

use bomtrail_graph::{Diagnostics, Input};
pub use bomtrail_report::{Claimed, SchemaUsed, Validation};

use crate::TOOL;
use crate::disk::{Disk, ReadError};
use crate::inputs::{self, Found};
use crate::project;
use crate::scan::{ScanError, ScanOptions};
use schema::Schema;

/// Validates one SBOM file, against the schema in the file `schema` or else the official one.
///
/// # Errors
/// [`ScanError`] when a file cannot be read, is no SBOM, or the schema is none.
pub fn validate(path: &Path, schema: Option<&Path>) -> Result<Validation, ScanError> {
    let mut diagnostics = Diagnostics::new();
    let options = ScanOptions::default();
    let (disk, mut found) = project::find(path, &options, &mut diagnostics)?;
    let (Some(input), true) = (found.pop(), found.is_empty()) else {
        let path = path.to_path_buf();
        return Err(ScanError::NotOneFile { path });
    };
    let Found {
        path: name,
        bytes,
        reader,
    } = input;
    if !inputs::is_sbom(reader) {
        return Err(ScanError::NoSbom {
            path: path.to_path_buf(),
        });
    }
    let input = Input {
        path: &name,
        bytes: &bytes,
        files: &disk,
    };
    drop(reader.read(&input, &mut diagnostics));
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

/// The schema in a file; those it refers to lie beside it or are a part of this program.
fn given(file: &Path, limit: u64) -> Result<Schema, ScanError> {
    let unreachable = |cause| ScanError::Unreachable {
        path: file.to_path_buf(),
        cause,
    };
    let (folder, name) =
        inputs::split_folder(file).ok_or_else(|| unreachable(ReadError::NotAFile))?;
    let disk = Disk::open(folder, limit).map_err(unreachable)?;
    let bytes = disk.load(&name).map_err(unreachable)?;
    Schema::given(&bytes, &disk).map_err(|why| ScanError::NoSchema {
        path: file.to_path_buf(),
        why,
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
