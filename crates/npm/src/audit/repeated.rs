//! Keys that an object has twice. npm reads the last value of each, and never writes a second one.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::Deviation;
use crate::package::value::{Str, Value};

/// The number of keys up to which a search is faster than a table.
const FEW: usize = 16;

/// Reports every key that is repeated in an object of the lockfile, however it is escaped.
pub(super) fn keys(lock: &Value<'_>, found: &mut Vec<Deviation>) {
    let mut open: Vec<(Cow<'_, str>, bool, &Value<'_>)> = vec![("".into(), true, lock)];
    while let Some((place, top, value)) = open.pop() {
        match value {
            Value::Map(pairs) => {
                for key in repeated(pairs) {
                    found.push(Deviation::new(&place, format!("`{key}` is repeated")));
                }
                for (key, it) in pairs.iter().filter(|(_, it)| is_open(it)) {
                    let entries = top && (key == "packages" || key == "dependencies");
                    if let (true, Value::Map(entries)) = (entries, it) {
                        for name in repeated(entries) {
                            let message = format!("the entry of `{name}` is repeated");
                            found.push(Deviation::new("", message));
                        }
                        let each = entries.iter().filter(|(_, it)| is_open(it));
                        open.extend(each.map(|(name, it)| (location(key, name), false, it)));
                    } else {
                        open.push((place.clone(), false, it));
                    }
                }
            }
            Value::List(items) => {
                open.extend(
                    items
                        .iter()
                        .filter(|it| is_open(it))
                        .map(|it| (place.clone(), false, it)),
                );
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }
}

fn is_open(value: &Value<'_>) -> bool {
    matches!(value, Value::Map(_) | Value::List(_))
}

fn location<'v>(section: &str, name: &'v str) -> Cow<'v, str> {
    match section {
        "dependencies" => ["node_modules/", name].concat().into(),
        _ => name.into(),
    }
}

fn repeated<'v>(pairs: &'v [(Str<'_>, Value<'_>)]) -> Vec<&'v str> {
    if pairs.len() <= FEW {
        let earlier = pairs
            .iter()
            .enumerate()
            .filter(|(at, (key, _))| pairs.iter().take(*at).any(|(it, _)| it == key));
        return earlier.map(|(_, (key, _))| &**key).collect();
    }
    let mut seen: HashSet<&str, RandomState> = HashSet::default();
    let keys = pairs.iter().map(|(key, _)| &**key);
    keys.filter(|key| !seen.insert(key)).collect()
}
