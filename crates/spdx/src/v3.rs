//! SPDX 3.0.1: the writer of its JSON-LD encoding (profiles core, software, simple licensing and build). Elements are printed
//! one at a time; only agents, licences and licence texts, which packages share, are collected first.

mod agent;
mod bsi;
mod build;
mod context;
mod document;
mod element;
mod names;
mod package;
mod relationships;
mod spec;
pub(crate) mod validate;

use std::io::Write;

use bomtrail_document::{Json, Layout, Parsed, print, without_mark};
use bomtrail_graph::{Bom, Diagnostics, Format, WriteError, Writer};

use crate::encode;
use crate::loss::report;
use context::Context;
use document::Document;
pub(crate) use names::{CONTEXT, NO_ASSERTION, NONE, NONE_LICENSE, individual};

/// Writes SPDX 3.0.1 in JSON-LD.
///
/// The document's root is an `Sbom`, whose roots are the packages that represent the project. A document needs a time:
/// [`Bom::timestamp`]; without it, writing fails with [`WriteError::Requires`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spdx301Json;

impl Writer for Spdx301Json {
    fn format(&self) -> Format {
        Format {
            name: "spdx-json",
            version: "3.0.1",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let created = encode::created(bom, "SPDX 3.0.1")?;
        print(&Document(&Context::new(bom, created)), Layout::of(bom), out)?;
        report("3.0.1", bom, diagnostics);
        Ok(())
    }
}

/// Writes a document of SPDX 3.0.1 in JSON as it is, known to the graph or not. False, with nothing written, for any other
/// document. `bom` decides whether it is compact.
///
/// # Errors
/// [`WriteError::Sink`] when the sink refuses.
pub fn write_in_3_0_1(
    bytes: &[u8],
    bom: &Bom<'_>,
    out: &mut dyn Write,
) -> Result<bool, WriteError> {
    let Ok(Parsed {
        value: document, ..
    }) = Json::parse(without_mark(bytes))
    else {
        return Ok(false);
    };
    if document.get("@context").and_then(Json::as_str) != Some(CONTEXT) {
        return Ok(false);
    }
    print(&document, Layout::of(bom), out)?;
    Ok(true)
}
