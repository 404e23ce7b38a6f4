//! A document in another version or encoding. Everything that these have a place for stays, known to the graph or not.

mod downgrade;

use std::io::{self, Write};

use bomtrail_document::{Json, Layout, Members, print, without_mark};
use bomtrail_graph::{Diagnostics, WriteError};

use crate::diags;
use crate::shape::{Losses, Parsed};
use crate::spec::{Dialect, Encoding};
#[cfg(feature = "xml")]
use crate::xml;
use downgrade::change_version;

/// Writes a CycloneDX document, in JSON or XML, in the version and encoding of `to`. Its serial number and time stay: it is the
/// same document. Signatures are left out as soon as the document changes.
///
/// # Errors
/// [`WriteError::Sink`] when the sink refuses, or the bytes are not a document of one of the encodings.
pub fn rewrite(
    bytes: &[u8],
    to: Dialect,
    compact: bool,
    out: &mut dyn Write,
    diagnostics: &mut Diagnostics,
) -> Result<(), WriteError> {
    let Parsed {
        mut value,
        encoding,
        mut lost,
    } = parse(bytes)?;
    let stated = value.get("specVersion").and_then(Json::as_str);
    let is_other = encoding != to.encoding || stated != Some(to.version.name());
    for (what, count) in change_version(&mut value, to.version) {
        *lost.entry(what).or_default() += count;
    }
    if is_other || !lost.is_empty() {
        let count = remove_signatures(&mut value);
        if count > 0 {
            diagnostics.push(diags::unsigned(to, count));
        }
    }
    match to.encoding {
        Encoding::Json => {
            let layout = if compact {
                Layout::Compact
            } else {
                Layout::Pretty
            };
            print(&value, layout, out)?;
        }
        #[cfg(feature = "xml")]
        Encoding::Xml => {
            for (what, count) in xml::print_document(value, to.version, compact, out)? {
                *lost.entry(what).or_default() += count;
            }
        }
        #[cfg(not(feature = "xml"))]
        Encoding::Xml => return Err(io::Error::from(io::ErrorKind::Unsupported).into()),
    }
    for (what, count) in lost {
        diagnostics.push(diags::not_kept_in(to.format(), to.version, &what, count));
    }
    Ok(())
}

fn parse(bytes: &[u8]) -> io::Result<Parsed<'_>> {
    let bytes = without_mark(bytes);
    #[cfg(feature = "xml")]
    if bytes.trim_ascii_start().starts_with(b"<") {
        return xml::parse_document(bytes);
    }
    let Json::Object(value) = Json::parse(bytes)?.value else {
        return Err(io::Error::other("the document is not an object"));
    };
    Ok(Parsed {
        value,
        encoding: Encoding::Json,
        lost: Losses::new(),
    })
}

/// A signature is not valid for a document that has changed.
fn remove_signatures(document: &mut Members<'_>) -> usize {
    let mut count = usize::from(document.remove("signature").is_some());
    let mut open: Vec<&mut Json<'_>> = document.values_mut().collect();
    while let Some(value) = open.pop() {
        match value {
            Json::Array(items) => open.extend(items),
            Json::Object(map) => {
                let is_signature = |it: &Json<'_>| it.is_object();
                if map.get("signature").is_some_and(is_signature) {
                    map.remove("signature");
                    count += 1;
                }
                // A signatory has a signature, or a reference to one with an organisation.
                if let Some(Json::Array(all)) = map.get_mut("signatories") {
                    let before = all.len();
                    all.retain(|it| {
                        it.get("signature").is_none() && it.get("externalReference").is_some()
                    });
                    count += before - all.len();
                }
                open.extend(map.values_mut());
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }
    count
}

#[cfg(test)]
mod tests;
