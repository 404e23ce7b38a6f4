//! A document in another version of its own format, with everything in it that the other version has a place for, known to the
//! graph or not. What it has no place for is left out or weakened, and reported once by kind. It recurses as deep as the
//! document, whose depth its parser limits.

mod legacy;

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_document::{Layout, print};
use bomtrail_graph::{Diagnostics, WriteError};
use serde_json::{Map, Value};

use crate::diags;
use crate::spec::model::{Case, Choice, Field, Kind, Type, Words};
use crate::spec::table::DOCUMENT;
use crate::spec::{SpecVersion, schema_address};

/// What was lost, by kind.
type Losses = BTreeMap<String, usize>;

/// Writes the CycloneDX JSON document `bytes` in another version. Its serial number and time stay: it is the same document.
///
/// # Errors
/// [`WriteError::Sink`] when the sink refuses, or the bytes are not a JSON object.
pub fn write_in_version(
    bytes: &[u8],
    version: SpecVersion,
    compact: bool,
    out: &mut dyn Write,
    diagnostics: &mut Diagnostics,
) -> Result<(), WriteError> {
    let mut value: Value = serde_json::from_slice(bytes).map_err(io::Error::from)?;
    let is_other = value.get("specVersion").and_then(Value::as_str) != Some(version.name());
    let lost = change_version(&mut value, version);
    if is_other || !lost.is_empty() {
        let count = remove_signatures(&mut value);
        if count > 0 {
            diagnostics.push(diags::unsigned(version, count));
        }
    }
    let layout = if compact {
        Layout::Compact
    } else {
        Layout::Pretty
    };
    print(&value, layout, out)?;
    for (what, count) in lost {
        diagnostics.push(diags::not_kept_in("cyclonedx-json", version, &what, count));
    }
    Ok(())
}

fn change_version(document: &mut Value, version: SpecVersion) -> Losses {
    let mut downgrade = Downgrade {
        version,
        losses: Losses::new(),
    };
    if let Some(map) = document.as_object_mut() {
        map.insert("specVersion".to_owned(), version.name().into());
        if map.contains_key("$schema") {
            map.insert("$schema".to_owned(), schema_address(version).into());
        }
        if DOCUMENT
            .field("version")
            .is_some_and(|it| it.is_required(version))
        {
            map.entry("version").or_insert_with(|| 1.into());
        }
    }
    downgrade.fits(document, Kind::Object(&DOCUMENT), "the document");
    downgrade.losses
}

/// A signature is not valid for a document that has changed.
fn remove_signatures(document: &mut Value) -> usize {
    let mut count = 0;
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                let is_signature = |it: &Value| it.is_object();
                if map.get("signature").is_some_and(is_signature) {
                    map.remove("signature");
                    count += 1;
                }
                // A signatory has a signature, or a reference to one with an organisation.
                if let Some(Value::Array(all)) = map.get_mut("signatories") {
                    let before = all.len();
                    all.retain(|it| it.get("signature").is_none());
                    count += before - all.len();
                }
                open.extend(map.values_mut());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    count
}

struct Downgrade {
    version: SpecVersion,
    losses: Losses,
}

impl Downgrade {
    fn lose(&mut self, what: String) {
        *self.losses.entry(what).or_default() += 1;
    }

    /// Brings a value into the version; false when the version has no place for it.
    fn fits(&mut self, value: &mut Value, kind: Kind, name: &str) -> bool {
        match (kind, &mut *value) {
            (Kind::Word(words), Value::String(text)) => self.word(text, words, name),
            (Kind::Object(of), Value::Object(map)) => self.object(map, of),
            (Kind::List(item), Value::Array(items)) => {
                items.retain_mut(|it| self.fits(it, *item, name));
                true
            }
            (Kind::OneOf(choice), _) => self.one_of(value, choice, name),
            _ => true,
        }
    }

    fn word(&mut self, text: &mut String, words: &Words, name: &str) -> bool {
        let is_newer = |(since, list): &(SpecVersion, &'static str)| {
            *since > self.version && list.split(", ").any(|it| it == text)
        };
        if !words.lists.iter().any(is_newer) {
            return true;
        }
        let near = match text.as_str() {
            "platform" => Some("application"),
            _ => words.fallback,
        };
        let Some(near) = near else { return false };
        self.lose(format!("`{name}` is written as `{near}`"));
        near.clone_into(text);
        true
    }

    /// Brings an object into the version; false when a field that it must have does not fit.
    fn object(&mut self, map: &mut Map<String, Value>, of: &'static Type) -> bool {
        self.legacy(map, of);
        for field in of.fields {
            if !map.contains_key(field.name) {
                continue;
            }
            if !field.exists_in(self.version) {
                map.remove(field.name);
                self.lose(format!("`{}` is left out", field.name));
                continue;
            }
            let fits = map
                .get_mut(field.name)
                .is_none_or(|it| self.field(it, field));
            if fits {
                continue;
            }
            if field.is_required(self.version) {
                return false;
            }
            map.remove(field.name);
            self.lose(format!("`{}` is left out", field.name));
        }
        true
    }

    fn field(&mut self, value: &mut Value, field: &'static Field) -> bool {
        let (true, Value::Array(items)) = (field.many, &mut *value) else {
            return self.fits(value, field.kind, field.name);
        };
        if let Kind::OneOf(choice) = field.kind {
            self.separate(items, choice);
        }
        let before = items.len();
        items.retain_mut(|it| self.fits(it, field.kind, field.name));
        for _ in items.len()..before {
            self.lose(format!("an item of `{}` is left out", field.name));
        }
        true
    }

    fn one_of(&mut self, value: &mut Value, choice: &'static Choice, name: &str) -> bool {
        if let Some(older) = self.older_case(value, choice) {
            *value = older;
        }
        let has = |it: &&'static Case, value: &Value| it.since <= self.version && it.holds(value);
        let case = choice.cases.iter().find(|it| has(it, value));
        let Some(case) = case else {
            return !choice.cases.iter().any(|it| it.holds(value));
        };
        match case.under {
            Some(under) => {
                let inner = value.get_mut(under);
                inner.is_none_or(|it| self.fits(it, case.kind, name))
            }
            None => self.fits(value, case.kind, name),
        }
    }
}

#[cfg(test)]
mod tests;
