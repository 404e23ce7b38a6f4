//! The top level of a lockfile.

use super::Deviation;
use super::field::{Shape, message};
use crate::package::value::Value;

const FIELDS: [(&str, Shape); 8] = [
    ("name", Shape::Text),
    ("version", Shape::Text),
    ("requires", Shape::True),
    ("packages", Shape::Object),
    ("dependencies", Shape::Object),
    ("packageIntegrity", Shape::Text),
    ("preserveSymlinks", Shape::Text),
    ("lockfileVersion", Shape::Anything),
];

/// Reports top-level fields that npm does not write, and sections that do not belong to the version of the lockfile.
pub(super) fn fields(lock: &Value<'_>, found: &mut Vec<Deviation>) {
    let Value::Map(pairs) = lock else { return };
    for (key, value) in pairs.iter().filter(|(key, _)| key != "lockfileVersion") {
        match FIELDS.iter().find(|(name, _)| name == key) {
            None => found.push(Deviation::new(
                "",
                format!("`{key}` is not a field of a lockfile"),
            )),
            Some((_, shape)) if !shape.fits(value) => {
                found.push(Deviation::new("", message(key, value)));
            }
            Some(_) => {}
        }
    }
    found.extend(section(lock).map(|it| Deviation::new("", it)));
}

/// A section that does not belong to the version of the lockfile.
fn section(lock: &Value<'_>) -> Option<&'static str> {
    let version = match lock.get("lockfileVersion") {
        Some(Value::Number(it)) => it.to_string(),
        Some(_) => "?".to_owned(),
        None => String::new(),
    };
    let packages = lock.get("packages").is_some();
    let dependencies = lock.get("dependencies").is_some();
    match &*version {
        "1" if packages => Some("version 1 has no `packages`; npm replaces what they say"),
        "" if packages => Some("a lockfile with `packages` has a `lockfileVersion`"),
        "2" | "3" | "4" if !packages => Some("a lockfile of this version has `packages`"),
        "3" | "4" if dependencies => Some("only versions 1 and 2 have `dependencies`"),
        "" | "1" | "2" | "3" | "4" => None,
        _ => Some("`lockfileVersion` is not 1, 2, 3 or 4"),
    }
}
