//! What lists and their edits must hold for any input.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod extend;
mod written;
