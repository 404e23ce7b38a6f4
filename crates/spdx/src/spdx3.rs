//! SPDX 3.0.1: the writer of its JSON-LD encoding (profiles core, software and simple licensing). One element at a time:
//! licences, agents and the words of licences are elements that packages share, everything else is printed as it comes.

mod element;
mod elements;
mod names;
mod relationships;

use std::io::{self, BufWriter, Write};

use bomtrail_graph::{Bom, Diagnostics, Format, WriteError, Writer};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, PrettyFormatter, Serializer};

use crate::spdx2::report;
use elements::Document;
pub(crate) use names::{NO_ASSERTION, NONE, NONE_LICENSE};

/// Writes SPDX 3.0.1 in JSON-LD.
///
/// The document's root is an `Sbom`, whose roots are the packages that stand for the project. A document needs a time:
/// [`Bom::timestamp`], else [`Bom::now`]; without either, writing fails with [`WriteError::Requires`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spdx301Json;

/// Bytes that are collected before they go to the sink.
const BUFFER: usize = 64 * 1024;

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
        let created = bom.timestamp.or(bom.now).ok_or(WriteError::Requires {
            format: "SPDX 3.0.1",
            what: "the time of its creation; give a timestamp",
        })?;
        let document = Document::new(bom, created);
        let mut out = BufWriter::with_capacity(BUFFER, out);
        if bom.compact {
            document.serialize(&mut Serializer::with_formatter(&mut out, CompactFormatter))
        } else {
            let formatter = PrettyFormatter::new();
            document.serialize(&mut Serializer::with_formatter(&mut out, formatter))
        }
        .map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        out.flush()?;
        report(bom.graph, diagnostics);
        Ok(())
    }
}
