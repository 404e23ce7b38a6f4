//! SPDX 2.3: the writer of its JSON encoding, and the views it is made of. Nothing is copied from the graph but short
//! texts of one package at a time.

mod document;
mod facts;
mod package;
mod relationship;
mod tag_value;

use std::io::Write;

use bomtrail_document::{Layout, print};
use bomtrail_graph::{Bom, Diagnostics, Format, WriteError, Writer};

use crate::encode;
use crate::loss::report;
use document::{Context, Document};
pub(crate) use document::{
    DOCUMENT, approval as approval_note, basis as basis_note, input as input_note, name,
    provenance as provenance_note,
};
pub(crate) use facts::{Said, facts};
pub(crate) use package::{is_locator, pages};
pub use tag_value::Spdx23TagValue;

pub(crate) use relationship::{INCOMPLETE, UNROOTED, add_edge};

/// Writes SPDX 2.3 in JSON.
///
/// A document needs a time: [`Bom::timestamp`], else [`Bom::now`]; without either, writing fails with
/// [`WriteError::Requires`]. Packages come in the order of the graph's nodes, and relationships in the order of the
/// packages they start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spdx23Json;

impl Writer for Spdx23Json {
    fn format(&self) -> Format {
        Format {
            name: "spdx-json",
            version: "2.3",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let context = Context::new(bom, encode::created(bom, "SPDX 2.3")?);
        print(&Document::new(&context), Layout::of(bom), out)?;
        report("2.3", bom, diagnostics);
        Ok(())
    }
}
