//! What a document needs on its way to the sink besides its content: its time, which the format requires.

use bomtrail_graph::{Bom, WriteError};

/// Bytes that are collected before they go to the sink.
pub(crate) const BUFFER: usize = 64 * 1024;

/// When a document is made.
pub(crate) fn created<'b>(bom: &Bom<'b>, format: &'static str) -> Result<&'b str, WriteError> {
    bom.document
        .timestamp
        .or(bom.document.now)
        .ok_or(WriteError::Requires {
            format,
            what: "the time of its creation; give a timestamp",
        })
}
