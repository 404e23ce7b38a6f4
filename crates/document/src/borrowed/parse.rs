//! JSON text as a value, and the places of repeated keys: the value of the last one is kept, as most programs do.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::key::Key;
use super::members::{Member, Members};
use super::value::Json;
use crate::scan::{Scanner, Unread};

/// The most places that are kept.
const LIMIT: usize = 100;
/// The number of members up to which pairs are faster than a table.
const FEW: usize = 16;

/// A JSON text that was read.
#[derive(Clone, Debug)]
pub struct Parsed<'t> {
    /// What it says.
    pub value: Json<'t>,
    /// JSON pointers (RFC 6901) of repeated keys, at most 100.
    pub repeated: Vec<String>,
}

impl<'t> Json<'t> {
    /// Reads a JSON text (RFC 8259) in UTF-8, nested at most 127 deep.
    ///
    /// # Errors
    /// When it is not JSON, or nested deeper.
    pub fn parse(text: &'t [u8]) -> Result<Parsed<'t>, serde_json::Error> {
        let Ok(text) = std::str::from_utf8(text) else {
            return read(serde_json::Deserializer::from_slice(text));
        };
        let mut scanner = Scanner::new(text);
        let mut found = Found::default();
        let value = Reader(&mut found).deserialize(&mut scanner);
        match value.and_then(|it| scanner.end().map(|()| it)) {
            Ok(value) => Ok(found.parsed(value)),
            // Strings of a text that is valid as a whole are not checked again.
            Err(Unread) => read(serde_json::Deserializer::from_str(text)),
        }
    }
}

fn read<'t, R: serde_json::de::Read<'t>>(
    mut deserializer: serde_json::Deserializer<R>,
) -> Result<Parsed<'t>, serde_json::Error> {
    let mut found = Found::default();
    let value = Reader(&mut found).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(found.parsed(value))
}

/// What was read of values that are still open: a list of its own for each, of the right size, is made at its end.
#[derive(Default)]
struct Found<'t> {
    items: Vec<Json<'t>>,
    members: Vec<Member<'t>>,
    /// The pointers of repeated keys, from the value that is read. They grow at their beginning on the way back to the document,
    /// so that values without repeated keys cost nothing.
    repeated: Vec<String>,
}

impl<'t> Found<'t> {
    fn parsed(self, value: Json<'t>) -> Parsed<'t> {
        Parsed {
            value,
            repeated: self.repeated,
        }
    }

    /// Puts a step before the pointers that were found since there were `count`.
    #[cold]
    fn step(&mut self, count: usize, step: &dyn fmt::Display) {
        for pointer in self.repeated.iter_mut().skip(count) {
            let step = step.to_string().replace('~', "~0").replace('/', "~1");
            *pointer = ["/", &step, pointer].concat();
        }
    }

    /// The members read since there were `start`: of those with one key the last.
    fn object(&mut self, start: usize) -> Members<'t> {
        let all = taken(&mut self.members, start);
        if is_distinct(&all) {
            return Members(all);
        }
        let mut positions: HashMap<String, usize> = HashMap::new();
        let mut members: Vec<Member<'t>> = Vec::new();
        for (key, value) in all {
            let known = positions.get(&*key).and_then(|it| members.get_mut(*it));
            if let Some(slot) = known {
                slot.1 = value;
                if self.repeated.len() < LIMIT {
                    let count = self.repeated.len();
                    self.repeated.push(String::new());
                    self.step(count, &&*key);
                }
            } else {
                positions.insert((*key).to_owned(), members.len());
                members.push((key, value));
            }
        }
        Members(members)
    }
}

/// Everything from `start` on, as a list of the right size.
fn taken<T>(all: &mut Vec<T>, start: usize) -> Vec<T> {
    if start > 0 {
        return all.split_off(start);
    }
    // `split_off` would keep as much room as the whole list had.
    let mut whole = std::mem::take(all);
    whole.shrink_to_fit();
    whole
}

/// True when no two members have one key.
fn is_distinct(members: &[Member<'_>]) -> bool {
    if members.len() > FEW {
        let keys: std::collections::HashSet<&str> = members.iter().map(|(it, _)| &**it).collect();
        return keys.len() == members.len();
    }
    // Keys of different lengths or ends differ; only where two fall together all are compared.
    let mark = |key: &str| {
        let last = key.bytes().last().unwrap_or_default();
        1_u64 << ((key.len() + 7 * usize::from(last)) % 64)
    };
    let marks = members.iter().fold(0, |all, (key, _)| all | mark(key));
    if marks.count_ones() as usize == members.len() {
        return true;
    }
    let mut rest = members;
    while let [(key, _), later @ ..] = rest {
        if later.iter().any(|(it, _)| **it == **key) {
            return false;
        }
        rest = later;
    }
    true
}

struct Reader<'f, 't>(&'f mut Found<'t>);

impl<'t> DeserializeSeed<'t> for Reader<'_, 't> {
    type Value = Json<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Json<'t>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Reader<'_, 't> {
    type Value = Json<'t>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'t>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'t>, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'t>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'t>, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'t>, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, value: &'t str) -> Result<Json<'t>, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'t>, E> {
        Ok(value.to_owned().into())
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut items: A) -> Result<Json<'t>, A::Error> {
        let Self(found) = self;
        let start = found.items.len();
        loop {
            let count = found.repeated.len();
            let item = items.next_element_seed(Reader(found))?;
            if found.repeated.len() > count {
                found.step(count, &(found.items.len() - start));
            }
            match item {
                Some(item) => found.items.push(item),
                None => return Ok(Json::Array(taken(&mut found.items, start))),
            }
        }
    }

    fn visit_map<A: MapAccess<'t>>(self, mut entries: A) -> Result<Json<'t>, A::Error> {
        let Self(found) = self;
        let start = found.members.len();
        while let Some(key) = entries.next_key_seed(KeySeed)? {
            let count = found.repeated.len();
            let value = entries.next_value_seed(Reader(found))?;
            if found.repeated.len() > count {
                found.step(count, &&*key);
            }
            found.members.push((key, value));
        }
        Ok(Json::Object(found.object(start)))
    }
}

/// A key, which is a part of the text where it has no escapes.
struct KeySeed;

impl<'t> DeserializeSeed<'t> for KeySeed {
    type Value = Key<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Key<'t>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'t> Visitor<'t> for KeySeed {
    type Value = Key<'t>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, value: &'t str) -> Result<Key<'t>, E> {
        Ok(Key::Part(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Key<'t>, E> {
        Ok(value.to_owned().into())
    }
}
