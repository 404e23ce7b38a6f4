//! Graphs as documents of `spdx-rs` 0.5, and back. That crate ends at SPDX 2.3.

use bomtrail_graph::{Bom, Diagnostics, Fragment, Input, NoFiles, Reader, Writer};
use bomtrail_spdx::{JsonReader, Spdx23Json};
use spdx_rs::models::SPDX;

use crate::InteropError;

const LIBRARY: &str = "spdx-rs";

/// A document as a value of `spdx-rs`, in SPDX 2.3. What SPDX 2.3 cannot express is added to `diagnostics`. SPDX requires a time:
/// give the document one with [`Bom::timestamp`].
///
/// # Errors
/// [`InteropError::Write`] without a time, [`InteropError::Refused`] when `spdx-rs` does not read the document.
pub fn to_spdx(bom: &Bom<'_>, diagnostics: &mut Diagnostics) -> Result<SPDX, InteropError> {
    let mut text = Vec::new();
    Spdx23Json.write(&bom.compact(true), &mut text, diagnostics)?;
    serde_json::from_slice(&text).map_err(|error| refused(&error))
}

/// A value of `spdx-rs` as a fragment, which [`bomtrail_graph::link`] makes a graph of. What cannot be used is added to
/// `diagnostics`.
///
/// # Errors
/// [`InteropError::Refused`] when the value cannot be printed, [`InteropError::Unreadable`] when what is printed is not SPDX.
pub fn from_spdx(document: &SPDX, diagnostics: &mut Diagnostics) -> Result<Fragment, InteropError> {
    let text = serde_json::to_vec(document).map_err(|error| refused(&error))?;
    let input = Input {
        path: "bom.spdx.json",
        bytes: &text,
        files: &NoFiles,
    };
    let fragment = JsonReader.read(&input, diagnostics);
    if fragment.path.is_empty() && fragment.components.is_empty() {
        return Err(InteropError::Unreadable { library: LIBRARY });
    }
    Ok(fragment)
}

fn refused(error: &serde_json::Error) -> InteropError {
    InteropError::Refused {
        library: LIBRARY,
        message: error.to_string(),
    }
}
