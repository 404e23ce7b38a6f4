//! Graphs as documents of `cyclonedx-bom` 0.8, and back. That crate ends at CycloneDX 1.5.

use bomtrail_cyclonedx::{Json, JsonReader, SpecVersion};
use bomtrail_graph::{Bom, Diagnostics, Fragment, Input, NoFiles, Reader, Writer};
use cyclonedx_bom::models::bom::{Bom as TheirBom, SpecVersion as TheirVersion};

use crate::InteropError;

const LIBRARY: &str = "cyclonedx-bom";

/// A document as a value of `cyclonedx-bom`, in CycloneDX 1.5. What 1.5 cannot express is added to `diagnostics`.
///
/// # Errors
/// [`InteropError::Refused`] when `cyclonedx-bom` does not read the document.
pub fn to_bom(bom: &Bom<'_>, diagnostics: &mut Diagnostics) -> Result<TheirBom, InteropError> {
    let mut text = Vec::new();
    Json::new(SpecVersion::V1_5).write(&bom.compact(true), &mut text, diagnostics)?;
    TheirBom::parse_from_json_v1_5(&*text).map_err(|error| refused(&error))
}

/// A value of `cyclonedx-bom` as a fragment, which [`bomtrail_graph::link`] makes a graph of. What cannot be used is added to
/// `diagnostics`.
///
/// # Errors
/// [`InteropError::Refused`] when `cyclonedx-bom` cannot print the value, [`InteropError::Unreadable`] when what it prints is
/// not CycloneDX.
pub fn from_bom(bom: TheirBom, diagnostics: &mut Diagnostics) -> Result<Fragment, InteropError> {
    let mut text = Vec::new();
    bom.output_as_json(&mut text, TheirVersion::V1_5)
        .map_err(|error| refused(&error))?;
    let input = Input {
        path: "bom.cdx.json",
        bytes: &text,
        files: &NoFiles,
    };
    let fragment = JsonReader.read(&input, diagnostics);
    if fragment.path.is_empty() && fragment.components.is_empty() {
        return Err(InteropError::Unreadable { library: LIBRARY });
    }
    Ok(fragment)
}

fn refused(error: &dyn std::error::Error) -> InteropError {
    InteropError::Refused {
        library: LIBRARY,
        message: error.to_string(),
    }
}
