//! How a document gets to the sink: its time, which the format requires, and its bytes.

use std::io::{self, BufWriter, Write};

use bomtrail_graph::{Bom, WriteError};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, PrettyFormatter, Serializer};

/// Bytes that are collected before they go to the sink.
pub(crate) const BUFFER: usize = 64 * 1024;

/// When a document is made.
pub(crate) fn created<'b>(bom: &Bom<'b>, format: &'static str) -> Result<&'b str, WriteError> {
    bom.timestamp.or(bom.now).ok_or(WriteError::Requires {
        format,
        what: "the time of its creation; give a timestamp",
    })
}

/// Prints a document as JSON with a line break at its end; on one line when it is to be compact.
pub(crate) fn json(
    document: &impl Serialize,
    compact: bool,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    if compact {
        document.serialize(&mut Serializer::with_formatter(&mut out, CompactFormatter))
    } else {
        let formatter = PrettyFormatter::new();
        document.serialize(&mut Serializer::with_formatter(&mut out, formatter))
    }
    .map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}
