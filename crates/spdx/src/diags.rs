//! The diagnostics of writing SPDX: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// Something is in the document, but not where a program would look for it.
static LOSSY: Code = Code::new(
    "spdx/lossy",
    Level::Note,
    "the graph knows something that SPDX has no field for",
);

/// `count` facts of one kind that SPDX 2.3 cannot say, and what was done instead.
pub(crate) fn lossy(input: &str, count: usize, what: &str, instead: &str) -> Diagnostic {
    let message = format!("SPDX 2.3 cannot say {what}; {instead} ({count} in this document)");
    Diagnostic::new(&LOSSY, Place::file(input), message)
}
