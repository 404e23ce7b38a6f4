//! SPDX 2.3: the writer of its JSON encoding, and the views it is made of. Nothing is copied from the graph but short
//! texts of one package at a time.

mod context;
mod convert;
mod document;
mod package;
mod relationship;
pub(crate) mod spec;
mod tag_lines;
mod tag_value;
pub(crate) mod validate;

use std::io::Write;

use bomtrail_document::{Layout, print};
use bomtrail_graph::{Bom, Diagnostics, Format, WriteError, Writer};

use crate::encode;
use crate::loss::report;
use context::Context;
pub(crate) use context::DOCUMENT;
pub use convert::{Encoding, write_in_2_3};
use document::Document;
pub use tag_value::Spdx23TagValue;

/// Writes SPDX 2.3 in JSON.
///
/// A document needs a time: [`Bom::timestamp`]; without it, writing fails with
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
