//! Reads SPDX documents from any producer as fragments. Notes that our own writer left in annotations and comments become facts of
//! the graph again; parts that the graph has no place for are counted and reported.

mod assemble;
mod maker;
mod notes;
mod tag_value;
mod v2;
mod v3;

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Diagnostics, Fragment, Hash, HashAlgorithm, Input, Person};

use crate::diags::{self, CODES};

/// The largest document that is read, in bytes: in memory it takes several times as much.
pub const SIZE_LIMIT: usize = bomtrail_document::SIZE_LIMIT;

/// Reads SPDX 2.2, 2.3 and 3.0.1 in JSON.
///
/// A document that is nested deeper than 127 values or larger than [`SIZE_LIMIT`] is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JsonReader;

impl bomtrail_graph::Reader for JsonReader {
    fn name(&self) -> &'static str {
        "spdx/json"
    }

    fn claims(&self, path: &str) -> bool {
        path.ends_with(".spdx.json")
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        let start = text.trim_start_matches('\u{feff}').trim_start();
        start.starts_with('{')
            && (text.contains("\"spdxVersion\"") || text.contains("spdx.org/rdf/3."))
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let Some(value) = CODES.parse(input, diagnostics) else {
            return empty(input.path);
        };
        let mut session = Session::new(input.path, CODES, diagnostics);
        let fragment = if let Some(document) = Object::document(&value) {
            if document.has("@graph") {
                v3::read_document(&document, &mut session)
            } else {
                v2::read_document(&document, &mut session)
            }
        } else {
            session.invalid("", "a document is an object");
            empty(input.path)
        };
        session.finish();
        fragment
    }
}

/// Reads SPDX 2.2 and 2.3 in tags and values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TagValueReader;

impl bomtrail_graph::Reader for TagValueReader {
    fn name(&self) -> &'static str {
        "spdx/tag-value"
    }

    fn claims(&self, path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(_, it)| it == "spdx")
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        text.lines().any(|line| line.starts_with("SPDXVersion:"))
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        if !CODES.fits(input, diagnostics) {
            return empty(input.path);
        }
        let text = match std::str::from_utf8(input.bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}'),
            Err(error) => {
                let message = error.to_string();
                diagnostics.push(diags::not_tag_value(input.path, 1, &message));
                return empty(input.path);
            }
        };
        let parsed = match tag_value::document(text) {
            Ok(parsed) => parsed,
            Err(problem) => {
                let tag_value::Problem { line, message } = problem;
                diagnostics.push(diags::not_tag_value(input.path, line, &message));
                return empty(input.path);
            }
        };
        for (what, count) in parsed.unknown {
            diagnostics.push(CODES.not_kept(input.path, &what, count));
        }
        let mut session = Session::new(input.path, CODES, diagnostics);
        let document = Object::document(&parsed.value);
        let fragment = document.map(|it| v2::read_document(&it, &mut session));
        session.finish();
        fragment.unwrap_or_else(|| empty(input.path))
    }
}

fn empty(path: &str) -> Fragment {
    Fragment::default().with(|it| {
        it.path = path.into();
    })
}

/// `Person: name (address)` or `Organization: name (address)` as a person.
fn origin_agent(agent: &str) -> Person {
    let name = ["Person:", "Organization:", "Tool:"]
        .into_iter()
        .find_map(|kind| agent.strip_prefix(kind))
        .unwrap_or(agent)
        .trim();
    let split = name.strip_suffix(')').and_then(|it| it.rsplit_once(" ("));
    let (name, email) = match split {
        Some((name, email)) => (
            name,
            Some(email).filter(|it| !it.is_empty()).map(Into::into),
        ),
        None => (name, None),
    };
    Person {
        name: name.into(),
        email,
        url: None,
    }
}

/// The names of a list of digests and of the values in it, and the words for one and for several.
struct DigestFields {
    list: &'static str,
    value: &'static str,
    word: &'static str,
    words: &'static str,
}

/// The digests of an element; those of algorithms that the graph does not know are counted.
fn digests(object: &Object<'_>, fields: &DigestFields, session: &mut Session<'_>) -> Vec<Hash> {
    let word = fields.word;
    let mut hashes = Vec::new();
    for item in object.objects(fields.list, session) {
        let name = item.required("algorithm", session).unwrap_or_default();
        let value = item.required(fields.value, session).unwrap_or_default();
        let Some(algorithm) = HashAlgorithm::from_name(name) else {
            session.unkept(&format!("`{name}` {}", fields.words));
            continue;
        };
        let digits = algorithm.digest_len() * 2;
        match Hash::from_hex(algorithm, value) {
            Some(hash) => hashes.push(hash),
            None => session.invalid(
                &item.at(fields.value),
                &format!("a {name} {word} is {digits} hexadecimal digits"),
            ),
        }
    }
    hashes
}
