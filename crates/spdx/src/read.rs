//! Reads SPDX documents from any producer as fragments. Notes that our own writer left in annotations and comments become facts of
//! the graph again; parts that the graph has no place for are counted and reported.

mod assemble;
mod maker;
mod notes;
pub(crate) mod tag_value;
mod top_level;
mod v2;
mod v3;

use std::collections::BTreeSet;

use bomtrail_document::{Json, Object, Session};
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
        top_level::members(beginning).any(|it| match it.key {
            b"spdxVersion" => true,
            b"@context" => top_level::contains(it.value, b"spdx.org/rdf/3."),
            _ => false,
        })
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let Some(value) = CODES.parse(input, diagnostics) else {
            return empty(input.path);
        };
        let Some(document) = Object::document(&value) else {
            let mut session = Session::new(input.path, CODES, diagnostics);
            session.invalid("", "a document is an object");
            session.finish();
            return empty(input.path);
        };
        if document.has("@graph") || is_v3(&document) {
            v3::read(&value, input.path, diagnostics)
        } else {
            v2::read(&value, input.path, diagnostics)
        }
    }
}

/// Reads SPDX 2.2 and 2.3 in tag-value form.
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
        let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
        let mut lines = text.split(|byte| *byte == b'\n');
        lines.any(|line| line.trim_ascii_start().starts_with(b"SPDXVersion:"))
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
        v2::read(&parsed.value, input.path, diagnostics)
    }
}

/// True for a document of version 3: its context says so, also where it has one element and no `@graph`.
fn is_v3(document: &Object<'_>) -> bool {
    let is_ours = |it: &Json<'_>| it.as_str().is_some_and(|it| it.contains("spdx.org/rdf/3."));
    document.get("@context").is_some_and(|context| {
        is_ours(context)
            || context
                .as_array()
                .is_some_and(|all| all.iter().any(is_ours))
    })
}

/// Adds problems (pointer and message) that the reader has not found already.
fn add_problems(problems: Vec<(String, String)>, path: &str, found: &mut Diagnostics) {
    let known: BTreeSet<(String, String)> = found
        .iter()
        .map(|it| (it.place.to_string(), it.message.clone()))
        .collect();
    let mut session = Session::new(path, CODES, found);
    for (pointer, message) in problems {
        let place = bomtrail_document::place(path, &pointer).to_string();
        if !known.contains(&(place, message.clone())) {
            session.invalid(&pointer, &message);
        }
    }
    session.finish();
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
