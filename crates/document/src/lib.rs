//! Documents with places: the files of ours (approvals lists, `bomtrail.toml`), which are read strictly, and lockfiles and SBOMs,
//! which are read as far as they can be understood.
//!
//! * [`Page`] is a JSON, TOML or YAML file: a tree of [`Value`]s that know their line and column, [`Table`]s that are
//!   asked for values of a type, and problems that name the nearest valid word.
//! * [`Object`] and [`Session`] are a tolerant view of the [`Json`] of an SBOM: a diagnostic with the JSON pointer (RFC 6901) of
//!   whatever is not as it should be, with the codes of the format.
//! * [`Json`] is JSON of any size, without places; [`print()`] writes it. [`from_json`] reads any other type.
//!
//! This crate knows types and places, and no key of any format.

#![cfg_attr(
    not(any(feature = "jsonc", feature = "toml", feature = "yaml")),
    expect(dead_code, reason = "pages are made by the parsers alone")
)]

mod borrowed;
mod bytes;
#[cfg(feature = "jsonc")]
mod json;
mod lookup;
mod nearest;
mod object;
mod page;
mod print;
mod scan;
mod session;
mod table;
#[cfg(feature = "toml")]
mod toml;
mod tree;
#[cfg(feature = "yaml")]
mod yaml;

use bomtrail_graph::{Code, Diagnostic, Diagnostics, Input, Place};

pub use borrowed::{Json, Members, Parsed, Unique};
pub use bytes::find_byte;
pub use lookup::Lookup;
pub use nearest::nearest;
pub use object::{Object, Pointer};
pub use page::{FileCodes, MOST_PROBLEMS, Page};
pub use print::{Layout, print};
pub use scan::{from_json, from_json_with_commas};
pub use session::Session;
pub use table::Table;
pub use tree::{Entries, Entry, Kind, Value};

/// The largest document that is read, in bytes (256 MiB): its values take several times as much memory.
pub const SIZE_LIMIT: usize = 256 << 20;

/// The diagnostics that every format has, with its own identifiers.
#[derive(Clone, Copy, Debug)]
pub struct Codes {
    /// The document cannot be read at all.
    pub unreadable: &'static Code,
    /// A value breaks the specification.
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

    /// True when the input is not larger than [`SIZE_LIMIT`]; otherwise that is reported.
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
    /// is not JSON, nested deeper than 127 values, or larger than [`SIZE_LIMIT`].
    #[must_use]
    pub fn parse<'t>(&self, input: &Input<'t>, diagnostics: &mut Diagnostics) -> Option<Json<'t>> {
        if !self.fits(input, diagnostics) {
            return None;
        }
        match Json::parse(without_mark(input.bytes)) {
            Ok(parsed) => {
                for pointer in parsed.repeated {
                    let key = pointer.rsplit('/').next().unwrap_or_default();
                    let message = format!("the key `{key}` is repeated; the last value is used");
                    let place = place(input.path, &pointer);
                    diagnostics.push(Diagnostic::new(self.invalid, place, message));
                }
                Some(parsed.value)
            }
            Err(error) => {
                let place = Place::line(input.path, error.line(), Some(error.column()));
                let message = format!("not valid JSON: {error}");
                diagnostics.push(Diagnostic::new(self.unreadable, place, message));
                None
            }
        }
    }
}

/// A text without the byte order mark at its start.
#[must_use]
pub fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
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
