//! JSON as a value, and the places of repeated keys: the value of the last one is kept, as most programs do.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

/// The most places that are kept.
const LIMIT: usize = 100;

/// The value of a JSON text, and the pointers of keys that are repeated.
pub(crate) fn parse(bytes: &[u8]) -> Result<(Value, Vec<String>), serde_json::Error> {
    let mut found = Found::default();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Reader(&mut found).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, found.repeated))
}

/// The pointers of repeated keys, from the value that is read. They grow at their beginning on the way back to the document, so
/// that values without repeated keys cost nothing.
#[derive(Default)]
struct Found {
    repeated: Vec<String>,
}

impl Found {
    /// Puts a step before the pointers that were found since there were `count`.
    fn step(&mut self, count: usize, step: &dyn fmt::Display) {
        for pointer in self.repeated.iter_mut().skip(count) {
            let step = step.to_string().replace('~', "~0").replace('/', "~1");
            *pointer = ["/", &step, pointer].concat();
        }
    }
}

struct Reader<'f>(&'f mut Found);

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Self(found) = self;
        let mut list = Vec::new();
        loop {
            let count = found.repeated.len();
            let item = items.next_element_seed(Reader(found))?;
            found.step(count, &list.len());
            match item {
                Some(item) => list.push(item),
                None => return Ok(list.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let Self(found) = self;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let count = found.repeated.len();
            let value = entries.next_value_seed(Reader(found))?;
            found.step(count, &key);
            match map.entry(key) {
                Entry::Vacant(slot) => drop(slot.insert(value)),
                Entry::Occupied(mut slot) => {
                    if found.repeated.len() < LIMIT {
                        let count = found.repeated.len();
                        found.repeated.push(String::new());
                        found.step(count, slot.key());
                    }
                    slot.insert(value);
                }
            }
        }
        Ok(map.into())
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn repeated_keys_have_places_and_the_value_is_that_of_the_library() {
        let text = r#"{"a":[{"b/c":1,"b/c":2.5}],"a":[null,true,-1,"x",{"d":{},"d":[]}],"e":18446744073709551615}"#;
        let (value, repeated) = parse(text.as_bytes()).unwrap();
        assert_eq!(
            value,
            serde_json::from_str::<serde_json::Value>(text).unwrap()
        );
        assert_eq!(repeated, ["/a/0/b~1c", "/a/4/d", "/a"]);
        for wrong in ["", "{", "[1]]", "{\"a\":1,}", "nul"] {
            assert!(parse(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
