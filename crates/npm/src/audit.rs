//! A strict view of a lockfile: everything in it that npm itself never writes. npm reads more than it writes, so such a
//! lockfile can install something else than it seems to say. The tolerant reader accepts all of it.

mod agreement;
mod commands;
mod entry;
mod field;
mod member;
mod place;
mod repeated;
mod top;
mod unstated;
mod version_1;

use bomtrail_document::from_json;
use bomtrail_graph::{Diagnostics, Input};

use crate::diags;
use crate::package::value::Value;
use crate::text;

/// What npm does not write, with the place of the entry it is about (empty for the file or the root).
pub(crate) struct Deviation {
    pub(crate) place: String,
    pub(crate) message: String,
}

impl Deviation {
    fn new(place: &str, message: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            message: message.into(),
        }
    }
}

/// Reports everything in a lockfile that npm does not write. `base` is the project's folder.
pub(crate) fn audit(input: &Input<'_>, base: &str, diagnostics: &mut Diagnostics) {
    let (text, repairs) = text::decode(input.bytes);
    let mut found = Vec::new();
    if repairs.invalid_utf8 {
        found.push(Deviation::new("", "the file is not valid UTF-8"));
    }
    if let Some(line) = text::all_conflict_markers(&text) {
        let message = "it has conflict markers: npm drops the lines that have one";
        diagnostics.push(diags::not_as_npm_writes_line(input.path, line, message));
    }
    let lock = match from_json::<Value<'_>>(&text) {
        Ok(lock) => lock,
        Err(error) => {
            diagnostics.push(diags::not_as_npm_writes_json(input.path, &error));
            return;
        }
    };
    repeated::keys(&lock, &mut found);
    top::fields(&lock, &mut found);
    if let Some(Value::Map(entries)) = lock.get("packages") {
        for (place, entry) in entries {
            entry::fields(place, entry, &mut found);
        }
        place::spellings(entries, &mut found);
        member::names(&lock, entries, input, base, &mut found);
    }
    if let Some(Value::Map(entries)) = lock.get("dependencies") {
        version_1::fields(&lock, entries, &mut found);
        agreement::of_sections(&lock, entries, &mut found);
    }
    commands::clashes(input.path, &lock, diagnostics);
    unstated::filled_by_yarn(&lock, input, base, &mut found);
    for it in found {
        diagnostics.push(diags::not_as_npm_writes(input.path, &it.place, &it.message));
    }
}

#[cfg(test)]
mod tests;
