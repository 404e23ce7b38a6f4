//! Reads a CycloneDX document of anybody as a fragment: every component flat, the dependencies as links, what the document
//! says of completeness and scope. Checks on the way what no schema says. Knows the shape of the JSON encoding; the other
//! encodings are brought into it first.

mod component;
mod dependencies;
mod document;
mod draft;
mod maker;
mod properties;
pub(crate) mod published;
mod rules;

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Diagnostics, Fragment, Input};

use crate::diags::CODES;
use document::read_document;

/// The largest document that is read, in bytes: its values take several times as much memory.
pub const SIZE_LIMIT: usize = bomtrail_document::SIZE_LIMIT;

/// Reads CycloneDX in JSON, versions 1.2 to 1.7 (ECMA-424).
///
/// A document that is nested deeper than 127 values or larger than [`SIZE_LIMIT`] is refused. Approvals and provenance that
/// a document states are kept as properties under `bomtrail:claimed:`: they are claims of whoever made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JsonReader;

impl bomtrail_graph::Reader for JsonReader {
    fn name(&self) -> &'static str {
        "cyclonedx/json"
    }

    fn claims(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.ends_with(".cdx.json") || name == "bom.json"
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        let start = text.trim_start_matches('\u{feff}').trim_start();
        start.starts_with('{')
            && (text.contains("\"bomFormat\"") || text.contains("cyclonedx.org/schema/bom"))
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let Some(value) = CODES.parse(input, diagnostics) else {
            return empty(input.path);
        };
        read_value(input.path, &value, diagnostics)
    }
}

/// Reads a document that is in the shape of JSON.
pub(crate) fn read_value(
    path: &str,
    value: &serde_json::Value,
    diagnostics: &mut Diagnostics,
) -> Fragment {
    let mut session = Session::new(path, CODES, diagnostics);
    let fragment = if let Some(document) = Object::document(value) {
        read_document(&document, &mut session)
    } else {
        session.invalid("", "a document is an object");
        empty(path)
    };
    session.finish();
    fragment
}

/// A fragment of which nothing is known.
pub(crate) fn empty(path: &str) -> Fragment {
    Fragment {
        path: path.into(),
        ..Fragment::default()
    }
}
