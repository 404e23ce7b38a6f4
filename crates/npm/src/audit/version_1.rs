//! The entries of `dependencies` in lockfile versions 1 and 2.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::Deviation;
use super::agreement::is_target_of_link;
use super::field::{Shape, message};
use super::place::is_name;
use crate::package::value::{Str, Value};

/// Every field that npm 5 and later write, with its type.
const FIELDS: [(&str, Shape); 14] = [
    ("version", Shape::Text),
    ("resolved", Shape::TextOrFalse),
    ("integrity", Shape::Text),
    ("requires", Shape::Dependencies),
    ("dependencies", Shape::Objects),
    ("dev", Shape::True),
    ("optional", Shape::True),
    ("bundled", Shape::TextOrTrue),
    ("devOptional", Shape::True),
    ("peer", Shape::True),
    ("extraneous", Shape::True),
    ("from", Shape::Text),
    ("name", Shape::Text),
    ("inBundle", Shape::True),
];

/// Reports the fields of nested entries that npm does not write.
pub(super) fn fields(
    lock: &Value<'_>,
    entries: &[(Str<'_>, Value<'_>)],
    found: &mut Vec<Deviation>,
) {
    let places: HashSet<&str, RandomState> = match lock.get("packages") {
        Some(Value::Map(places)) => places.iter().map(|(place, _)| &**place).collect(),
        _ => HashSet::default(),
    };
    let place = |above: &str, name: &str| {
        let slash = if above.is_empty() { "" } else { "/" };
        [above, slash, "node_modules/", name].concat()
    };
    let all = entries
        .iter()
        .map(|(name, it)| (place("", name), &**name, it));
    let mut open: Vec<(String, &str, &Value<'_>)> = all.collect();
    while let Some((here, name, entry)) = open.pop() {
        let target = is_target_of_link(name) && places.contains(name);
        if !target && !is_package_name(name) {
            found.push(Deviation::new(
                &here,
                format!("`{name}` is not the name of a package"),
            ));
        }
        let Value::Map(pairs) = entry else {
            found.push(Deviation::new(&here, "the entry is not an object"));
            continue;
        };
        for (key, value) in pairs {
            match FIELDS.iter().find(|(it, _)| it == key) {
                None => found.push(Deviation::new(
                    &here,
                    format!("`{key}` is not a field of an entry of `dependencies`"),
                )),
                Some((_, shape)) if !shape.fits(value) => {
                    found.push(Deviation::new(&here, message(key, value)));
                }
                Some(_) => {}
            }
        }
        if let Some(Value::Map(nested)) = entry.get("dependencies") {
            open.extend(
                nested
                    .iter()
                    .map(|(name, it)| (place(&here, name), &**name, it)),
            );
        }
    }
}

fn is_package_name(name: &str) -> bool {
    match name.strip_prefix('@').map(|it| it.split_once('/')) {
        None => is_name(name),
        Some(parts) => parts.is_some_and(|(scope, name)| is_name(scope) && is_name(name)),
    }
}
