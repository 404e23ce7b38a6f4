//! Reads any CycloneDX document as a fragment: components, dependencies as links, completeness and scope. Compares the document
//! with the specification first. Other encodings are converted to the shape of JSON before.

mod component;
mod dependencies;
mod document;
mod draft;
mod maker;
mod properties;
pub(crate) mod published;

use bomtrail_document::Json;
use bomtrail_document::{Object, Session, place as at};
use bomtrail_graph::{Diagnostic, Diagnostics, Fragment, Input, Place};

use crate::diags::{self, CODES};
use crate::spec::{Dialect, Encoding, check};
pub(crate) use document::check_version;
use document::{is_version, read_document};

/// The largest document that is read, in bytes: its values take several times as much memory.
pub const SIZE_LIMIT: usize = bomtrail_document::SIZE_LIMIT;

/// Reads CycloneDX in JSON, versions 1.2 to 1.7 (ECMA-424).
///
/// A document that is nested deeper than 127 values or larger than [`SIZE_LIMIT`] is refused. Approvals and provenance in a
/// document are kept as properties under `bomtrail:claimed:`, because they are claims of its author.
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
        let places = |pointers: &[&str]| pointers.iter().map(|it| at(input.path, it)).collect();
        read_value(input.path, &value, (Encoding::Json, &places), diagnostics)
    }
}

/// Gives the places of JSON pointers.
pub(crate) type Places<'f> = &'f dyn Fn(&[&str]) -> Vec<Place>;

/// Checks and reads a document that is in the shape of JSON.
pub(crate) fn read_value(
    path: &str,
    value: &Json<'_>,
    (encoding, places): (Encoding, Places<'_>),
    diagnostics: &mut Diagnostics,
) -> Fragment {
    let text = |key: &str| value.get(key).and_then(Json::as_str);
    if text("bomFormat") != Some("CycloneDX") {
        let message = "`bomFormat` is not `CycloneDX`";
        diagnostics.push(diags::invalid(at(path, "/bomFormat"), message));
        return empty(path);
    }
    let stated = text("specVersion");
    let version = check_version(stated);
    if version.is_none() && !stated.is_some_and(is_version) {
        let found = stated.unwrap_or_default();
        let message = format!("expected a version of CycloneDX such as `1.6`, found `{found}`");
        diagnostics.push(diags::invalid(at(path, "/specVersion"), &message));
    }
    let problems = version.map(|version| check(value, Dialect { version, encoding }));
    let is_checked = problems.is_some();
    let (problems, more) = problems.unwrap_or_default().into_parts();
    let pointers: Vec<&str> = problems.iter().map(|it| it.pointer.as_str()).collect();
    let places = if pointers.is_empty() {
        Vec::new()
    } else {
        places(&pointers)
    };
    for (place, problem) in places.into_iter().zip(&problems) {
        diagnostics.push(diags::invalid(place, &problem.message));
    }
    if more > 0 {
        diagnostics.push(diags::more_problems(path, more));
    }
    let mut found = Diagnostics::new();
    let mut session = Session::new(path, CODES, &mut found);
    let fragment = match Object::document(value) {
        Some(document) => read_document(&document, &mut session),
        None => empty(path),
    };
    session.finish();
    // The table reports the same values, with more rules.
    let is_new = |it: &&Diagnostic| !is_checked || it.code.id != CODES.invalid.id;
    found
        .iter()
        .filter(is_new)
        .for_each(|it| diagnostics.push(it.clone()));
    fragment
}

#[cfg(test)]
mod sweep;

/// A fragment of which nothing is known.
pub(crate) fn empty(path: &str) -> Fragment {
    Fragment::default().with(|it| {
        it.path = path.into();
    })
}
