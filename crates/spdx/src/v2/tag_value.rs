//! SPDX 2.3 as tags and values (annex of SPDX 2.3 on serialization): the views of the JSON encoding, printed line by line.
//! Only maps fields to tags.

use std::io::{self, BufWriter, Write};

use bomtrail_document::Json;
use bomtrail_graph::{Bom, Diagnostic, Diagnostics, Format, WriteError, Writer};
use serde::Serialize;
use serde::ser::{Error as _, SerializeSeq};

use super::context::Context;
use super::document::Document;
use super::tag_lines::TagLines;
use super::{package, relationship};
use crate::diags;
use crate::encode::{self, BUFFER};
use crate::loss::report;

/// Writes SPDX 2.3 in tags and values. Line breaks in one-line values, and the end mark
/// of a text inside it, cannot be written: they are replaced and reported.
///
/// A document needs a time: [`Bom::timestamp`]; without it, writing fails with
/// [`WriteError::Requires`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spdx23TagValue;

impl Writer for Spdx23TagValue {
    fn format(&self) -> Format {
        Format {
            name: "spdx-tag-value",
            version: "2.3",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let created = encode::created(bom, "SPDX 2.3")?;
        let context = Context::new(bom, created);
        let mut out = BufWriter::with_capacity(BUFFER, out);
        let mut lines = TagLines::new(&mut out);
        let head = Document::new(&context).head().map_err(io::Error::from)?;
        let Json::Object(head) = Json::from(head) else {
            return Ok(());
        };
        lines.document(&head)?;
        let graph = context.graph;
        for node in graph.nodes_ahead() {
            let value = Json::from(package::value(&context, node).map_err(io::Error::from)?);
            if let Some(package) = value.as_object() {
                lines.package(package)?;
            }
        }
        relationship::fill(&context, Sequence(&mut lines)).map_err(io::Error::from)?;
        lines.licenses(&head)?;
        let replaced = lines.replaced;
        out.flush()?;
        drop(out);
        report("2.3", bom, diagnostics);
        if replaced > 0 {
            let input = graph.inputs().first().map_or("", |it| &*it.path);
            diagnostics.push(replaced_values(input, replaced));
        }
        Ok(())
    }
}

/// `count` values had characters that tag-value form cannot hold, or that programs would act on.
pub(super) fn replaced_values(input: &str, count: usize) -> Diagnostic {
    let what = "a control or bidirectional character, the mark of a text or a command of a build server in a value";
    diags::lossy((input, "2.3"), count, what, "it is replaced")
}

/// The list of relationships, printed as it is made.
struct Sequence<'l, 'w>(&'l mut TagLines<'w>);

impl SerializeSeq for Sequence<'_, '_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        let value = serde_json::to_value(value)?;
        let Json::Object(relationship) = value.into() else {
            return Ok(());
        };
        self.0
            .relationship(&relationship)
            .map_err(serde_json::Error::custom)
    }

    fn end(self) -> Result<Self::Ok, Self::Error> {
        self.0.gap().map_err(serde_json::Error::custom)?;
        Ok(())
    }
}
