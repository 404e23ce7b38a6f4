//! JSON both ways, for the SBOM formats.
//!
//! Reading: a tolerant view of a document with places: typed values that are asked for by name, and a diagnostic with the JSON
//! pointer (RFC 6901) of whatever is not as it should be. For the readers of documents that anybody may have written.
//!
//! Writing: [`print`], the fast way from a value to the sink.
//!
//! Knows types and places, and no field and no format: the diagnostics have the codes of the format that is read.

mod object;
mod print;
mod session;

use bomtrail_graph::{Code, Diagnostic, Diagnostics, Input, Place};
use serde_json::Value;

pub use object::Object;
pub use print::{Layout, print};
pub use session::Session;

/// The largest document that is read, in bytes (256 MiB): its values take several times as much memory.
pub const SIZE_LIMIT: usize = 256 << 20;

/// The diagnostics that every format has, with its own identifiers.
#[derive(Clone, Copy, Debug)]
pub struct Codes {
    /// The document cannot be read at all.
    pub unreadable: &'static Code,
    /// A value breaks the specification where it stands.
    pub invalid: &'static Code,
    /// The document says something that the graph has no place for.
    pub not_kept: &'static Code,
}

impl Codes {
    /// `count` values of a kind are not kept; `what` is their name.
    #[must_use]
    pub fn not_kept(&self, path: &str, what: &str, count: usize) -> Diagnostic {
        let message = format!("the graph has no place for {what} ({count} in this document)");
        Diagnostic::new(self.not_kept, Place::file(path), message)
    }

    /// True when the input is not larger than [`SIZE_LIMIT`]; else that is told.
    #[must_use]
    pub fn fits(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> bool {
        let fits = input.bytes.len() <= SIZE_LIMIT;
        if !fits {
            let message = format!("the document is larger than {} MiB", SIZE_LIMIT >> 20);
            let place = Place::file(input.path);
            diagnostics.push(Diagnostic::new(self.unreadable, place, message));
        }
        fits
    }

    /// The value that an input is in JSON (RFC 8259), with or without a byte order mark. Nothing, and a diagnostic, for what
    /// is no JSON, nested deeper than 127 values, or larger than [`SIZE_LIMIT`].
    #[must_use]
    pub fn parse(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Value> {
        if !self.fits(input, diagnostics) {
            return None;
        }
        let bytes = input
            .bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(input.bytes);
        match serde_json::from_slice(bytes) {
            Ok(value) => Some(value),
            Err(error) => {
                let place = Place::line(input.path, error.line(), Some(error.column()));
                let message = format!("this is no JSON: {error}");
                diagnostics.push(Diagnostic::new(self.unreadable, place, message));
                None
            }
        }
    }
}

/// The place that `pointer` names in the input at `path`; the empty pointer is the whole document.
#[must_use]
pub fn place(path: &str, pointer: &str) -> Place {
    match pointer {
        "" => Place::file(path),
        pointer => Place::entry(path, pointer),
    }
}

#[cfg(test)]
mod tests;
