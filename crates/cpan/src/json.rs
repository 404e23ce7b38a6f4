//! JSON read into [`Value`]s: numbers keep their text, `true` and `false` are `1` and `0` as in Perl. Knows no keys.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::value::{MAX_DEPTH, Map, Value};

/// What was read, and the keys that stand twice in one map.
pub(crate) struct Read {
    pub(crate) value: Value,
    pub(crate) duplicates: BTreeSet<String>,
}

/// Reads a document.
///
/// # Errors
/// The first place at which the text is no JSON.
pub(crate) fn parse(text: &str) -> Result<Read, serde_json::Error> {
    let raw: &RawValue = serde_json::from_str(text)?;
    let mut duplicates = BTreeSet::new();
    let value = read(raw.get(), MAX_DEPTH, &mut duplicates);
    Ok(Read { value, duplicates })
}

/// Reads valid JSON. Everything that is too deep, or that no text can hold, is null.
fn read(text: &str, depth: usize, duplicates: &mut BTreeSet<String>) -> Value {
    let Some(deeper) = depth.checked_sub(1) else {
        return Value::Null;
    };
    let text = text.trim();
    match text.as_bytes().first() {
        Some(b'{') => map(text, deeper, duplicates),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            let items = items.into_iter();
            Value::List(items.map(|it| read(it.get(), deeper, duplicates)).collect())
        }
        Some(b'"') => serde_json::from_str(text).map_or(Value::Null, Value::Text),
        Some(b't') => Value::Text("1".to_owned()),
        Some(b'f') => Value::Text("0".to_owned()),
        Some(b'n') | None => Value::Null,
        Some(_) => Value::Text(text.to_owned()),
    }
}

fn map(text: &str, depth: usize, duplicates: &mut BTreeSet<String>) -> Value {
    let pairs: Pairs<'_> = serde_json::from_str(text).unwrap_or_default();
    let mut map = Map::new();
    for (key, raw) in pairs.0 {
        let value = read(raw.get(), depth, duplicates);
        if let Some(_older) = map.insert(key.clone().into_owned(), value) {
            duplicates.insert(key.into_owned());
        }
    }
    Value::Map(map)
}

/// The keys and values of an object, in order.
#[derive(Default)]
struct Pairs<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = access.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests;
