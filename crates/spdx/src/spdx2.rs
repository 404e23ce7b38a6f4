//! SPDX 2.3: the writer of its JSON encoding, and the views it is made of. Nothing is copied from the graph but short
//! texts of one package at a time.

mod document;
mod facts;
mod package;
mod product;
mod relationship;
mod tag_value;

use std::io::{self, BufWriter, Write};

use bomtrail_graph::{
    Bom, Component, Diagnostics, Format, Graph, License, Need, WriteError, Writer,
};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, PrettyFormatter, Serializer};

use crate::diags;
use crate::license;
use crate::location;
use document::{Context, Document};
pub(crate) use document::{
    DOCUMENT, approval as approval_note, input as input_note, name, provenance as provenance_note,
};
pub(crate) use facts::facts;
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

/// Bytes that are collected before they go to the sink.
const BUFFER: usize = 64 * 1024;

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
        let created = bom.timestamp.or(bom.now).ok_or(WriteError::Requires {
            format: "SPDX 2.3",
            what: "the time of its creation; give a timestamp",
        })?;
        let context = Context::new(bom, created);
        let document = Document::new(&context);
        let mut out = BufWriter::with_capacity(BUFFER, out);
        if bom.compact {
            document.serialize(&mut Serializer::with_formatter(&mut out, CompactFormatter))
        } else {
            document.serialize(&mut Serializer::with_formatter(
                &mut out,
                PrettyFormatter::new(),
            ))
        }
        .map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        out.flush()?;
        report(bom.graph, diagnostics);
        Ok(())
    }
}

/// How often the graph says something of one kind.
type Count = fn(&Component) -> usize;

/// Says what a program that reads the document will not find where it looks.
pub(crate) fn report(graph: &Graph, diagnostics: &mut Diagnostics) {
    let input = graph.inputs().first().map_or("", |it| &*it.path);
    let kinds: [(Count, &str, &str); 5] = [
        (
            uncombined,
            "several licences without AND or OR between them",
            "they are listed in `licenseComments`",
        ),
        (
            later_expressions,
            "a licence expression that refers to another document or to an addition",
            "it is the text of a `LicenseRef-`",
        ),
        (
            |it| it.details.as_ref().map_or(0, |it| it.patches.len()),
            "a patch without its SHA-1",
            "it is in an annotation",
        ),
        (
            unlocated,
            "where a package is fetched from unless that is a URI with a full domain name",
            "it is in an annotation",
        ),
        (
            |it| it.provides.len(),
            "which names a package provides",
            "they are left out; the dependencies they resolved to are there",
        ),
    ];
    for (count, what, instead) in kinds {
        let count: usize = graph.nodes().map(|node| count(node.component())).sum();
        if count > 0 {
            diagnostics.push(diags::lossy(input, count, what, instead));
        }
    }
    let conflicts = graph.edges().filter(|it| it.need() == Need::Conflicts);
    let count = conflicts.count();
    if count > 0 {
        let instead = "it is a relationship of type OTHER with a comment";
        diagnostics.push(diags::lossy(
            input,
            count,
            "a conflict of two packages",
            instead,
        ));
    }
}

fn licenses(component: &Component) -> &[License] {
    component.licenses.known().map_or(&[], |it| it)
}

fn uncombined(component: &Component) -> usize {
    usize::from(licenses(component).len() > 1)
}

fn unlocated(component: &Component) -> usize {
    let fetched = component.source.is_some() && !component.role.is_first_party();
    usize::from(fetched && location::download(component).is_none())
}

fn later_expressions(component: &Component) -> usize {
    match licenses(component) {
        [license] if license.is_expression() => usize::from(license::expression(license).is_none()),
        _ => 0,
    }
}
