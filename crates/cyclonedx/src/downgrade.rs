//! A document in another version of its own format, with everything in it that the other version can say, known to the
//! graph or not. What it cannot say is taken out or weakened, and told once by kind. A work list keeps the depth of a
//! document off the stack.

mod crypto;
mod table;

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_graph::{Diagnostics, WriteError};
use serde_json::{Map, Value};

use crate::diags;
use crate::spec::SpecVersion;
use crypto::legacy_crypto;
use table::{FIELDS, KINDS, Kind, WORDS};

/// What was lost, by kind.
type Lost = BTreeMap<String, usize>;

/// Writes the CycloneDX JSON document `bytes` in another version. Its serial number and time stay: it is the same document.
///
/// # Errors
/// [`WriteError::Sink`] when the sink refuses, or the bytes are no JSON object.
pub fn write_in_version(
    bytes: &[u8],
    version: SpecVersion,
    compact: bool,
    out: &mut dyn Write,
    diagnostics: &mut Diagnostics,
) -> Result<(), WriteError> {
    let mut value: Value = serde_json::from_slice(bytes).map_err(io::Error::from)?;
    let lost = change_version(&mut value, version);
    if compact {
        serde_json::to_writer(&mut *out, &value).map_err(io::Error::from)?;
    } else {
        serde_json::to_writer_pretty(&mut *out, &value).map_err(io::Error::from)?;
    }
    out.write_all(b"\n")?;
    for (what, count) in lost {
        diagnostics.push(diags::not_said("cyclonedx-json", version, &what, count));
    }
    Ok(())
}

fn change_version(document: &mut Value, version: SpecVersion) -> Lost {
    let mut lost = Lost::new();
    if let Some(map) = document.as_object_mut() {
        map.insert("specVersion".to_owned(), version.name().into());
        if map.contains_key("$schema") {
            let name = [
                "http://cyclonedx.org/schema/bom-",
                version.name(),
                ".schema.json",
            ];
            map.insert("$schema".to_owned(), name.concat().into());
        }
    }
    let mut open: Vec<(&mut Value, Kind)> = vec![(document, Kind::Document)];
    while let Some((value, kind)) = open.pop() {
        match value {
            Value::Array(items) => {
                gate_items(items, kind, version, &mut lost);
                open.extend(items.iter_mut().map(|it| (it, kind)));
            }
            Value::Object(map) => {
                gate(map, kind, version, &mut lost);
                open.extend(map.iter_mut().map(|(key, it)| (it, kind_of(key, kind))));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    lost
}

/// The kind of what stands under `key` in an object of a kind.
fn kind_of(key: &str, parent: Kind) -> Kind {
    // What is a list of references elsewhere has the name of a list of objects.
    if matches!(parent, Kind::Composition) && matches!(key, "dependencies" | "vulnerabilities") {
        return Kind::Other;
    }
    if parent == Kind::Service && key == "data" {
        return Kind::DataFlow;
    }
    KINDS
        .iter()
        .find(|(name, _)| *name == key)
        .map_or(Kind::Other, |(_, kind)| *kind)
}

fn lose(lost: &mut Lost, what: &str) {
    *lost.entry(what.to_owned()).or_default() += 1;
}

fn gate(map: &mut Map<String, Value>, kind: Kind, version: SpecVersion, lost: &mut Lost) {
    if matches!(kind, Kind::Metadata | Kind::Vulnerability) && version < SpecVersion::V1_5 {
        legacy_tools(map, lost);
    }
    if kind == Kind::Component && version < SpecVersion::V1_7 {
        legacy_crypto(map, lost);
    }
    if kind == Kind::Component && version < SpecVersion::V1_6 {
        legacy_authors(map, lost);
    }
    for (of, field, since) in FIELDS {
        if of == kind && version < since && map.remove(field).is_some() {
            lose(lost, &format!("`{field}` is left out"));
        }
    }
    for (of, field, words, since, near) in WORDS {
        let value = map.get_mut(field).filter(|_| of == kind && version < since);
        let Some(value) = value else { continue };
        if value.as_str().is_some_and(|it| words.contains(&it)) {
            *value = near.into();
            lose(lost, &format!("`{field}` is written as `{near}`"));
        }
    }
    if kind == Kind::Evidence
        && version < SpecVersion::V1_6
        && let Some(identity) = map.get_mut("identity")
        && let Value::Array(several) = identity
    {
        if several.len() > 1 {
            lose(lost, "all but one of several `identity` are left out");
        }
        let first = several.drain(..).next().unwrap_or(Value::Null);
        *identity = first;
    }
}

/// Items of a list that a version does not have.
fn gate_items(items: &mut Vec<Value>, kind: Kind, version: SpecVersion, lost: &mut Lost) {
    if kind == Kind::Hash && version < SpecVersion::V1_7 {
        let known = |it: &Value| {
            let name = it.get("alg").and_then(Value::as_str);
            !name.is_some_and(|it| it.starts_with("Streebog"))
        };
        let before = items.len();
        items.retain(known);
        for _ in items.len()..before {
            lose(lost, "Streebog hashes are left out");
        }
    }
    if kind == Kind::Choice && version < SpecVersion::V1_7 && items.len() > 1 {
        for item in items.iter_mut() {
            let expression = item.as_object_mut().and_then(|it| it.remove("expression"));
            if let Some(expression) = expression {
                let mut license = Map::new();
                license.insert("name".to_owned(), expression);
                let acknowledgement = item.get("acknowledgement").cloned();
                if let Some(it) = acknowledgement {
                    license.insert("acknowledgement".to_owned(), it);
                }
                *item = serde_json::json!({ "license": license });
                lose(
                    lost,
                    "licence expressions beside other licences are written as names",
                );
            }
        }
    }
}

/// Before 1.5 tools are a list of names.
fn legacy_tools(metadata: &mut Map<String, Value>, lost: &mut Lost) {
    let Some(Value::Object(tools)) = metadata.get_mut("tools") else {
        return;
    };
    if tools.remove("services").is_some() {
        lose(lost, "`services` among tools are left out");
    }
    let components = tools.remove("components");
    let components = components.as_ref().and_then(Value::as_array);
    let kept = ["name", "version", "hashes", "externalReferences"];
    let tool = |component: &Value| {
        let mut tool = Map::new();
        for key in kept {
            if let Some(value) = component.get(key) {
                tool.insert(key.to_owned(), value.clone());
            }
        }
        let vendor = component
            .get("group")
            .or_else(|| component.get("publisher"));
        if let Some(vendor) = vendor {
            tool.insert("vendor".to_owned(), vendor.clone());
        }
        Value::Object(tool)
    };
    let names: Vec<Value> = components.into_iter().flatten().map(tool).collect();
    metadata.insert("tools".to_owned(), names.into());
}

/// Before 1.6 the authors of a component are one line.
fn legacy_authors(component: &mut Map<String, Value>, lost: &mut Lost) {
    if component.contains_key("author") {
        return;
    }
    let Some(Value::Array(authors)) = component.remove("authors") else {
        return;
    };
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).map(str::to_owned);
    let line = |it: &Value| match (text(it, "name"), text(it, "email")) {
        (Some(name), Some(email)) => Some(format!("{name} <{email}>")),
        (name, email) => name.or(email),
    };
    let lines: Vec<String> = authors.iter().filter_map(line).collect();
    component.insert("author".to_owned(), lines.join(", ").into());
    lose(lost, "`authors` are one line");
}

#[cfg(test)]
mod tests;
