//! The creation time of a document, which the format requires.

use bomtrail_graph::{Bom, WriteError};

/// Size of the output buffer, in bytes.
pub(crate) const BUFFER: usize = 64 * 1024;

/// The creation time of a document.
pub(crate) fn created<'b>(bom: &Bom<'b>, format: &'static str) -> Result<&'b str, WriteError> {
    bom.document.timestamp.ok_or(WriteError::Requires {
        format,
        what: "a creation time; set a timestamp",
    })
}
