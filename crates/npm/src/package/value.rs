//! A JSON value that borrows its strings, and the visitors that accept any type.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::mem;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A string of the input, borrowed unless it has escapes.
pub(crate) type Str<'a> = Cow<'a, str>;

/// Any JSON value. Numbers are kept only as far as a lockfile needs them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Value<'a> {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(Str<'a>),
    List(Vec<Value<'a>>),
    Map(Vec<(Str<'a>, Value<'a>)>),
}

// JSON has no number that differs from itself.
impl Eq for Value<'_> {}

impl Hash for Value<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        mem::discriminant(self).hash(state);
        match self {
            Self::Null => {}
            Self::Bool(it) => it.hash(state),
            // Zero has two signs, and both are equal.
            Self::Number(it) => (*it + 0.0).to_bits().hash(state),
            Self::Text(it) => it.hash(state),
            Self::List(it) => it.hash(state),
            Self::Map(it) => it.hash(state),
        }
    }
}

impl<'a> Value<'a> {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn into_text(self) -> Option<Str<'a>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key of a map; the last of several, as `JSON.parse` has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        match self {
            Self::Map(pairs) => pairs
                .iter()
                .rev()
                .find(|(it, _)| it == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// True for the values that JavaScript takes as true.
    pub(crate) fn truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(it) => *it,
            Self::Number(it) => *it != 0.0,
            Self::Text(it) => !it.is_empty(),
            Self::List(_) | Self::Map(_) => true,
        }
    }

    /// The strings of a list, or the one string; anything else is left out.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::List(items) => items.iter().filter_map(Value::text).collect(),
            _ => Vec::new(),
        }
    }
}

/// Numbers as JavaScript has them: every JSON number is a double.
#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript reads JSON numbers as doubles, and so do we"
)]
fn double_of_unsigned(value: u64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript reads JSON numbers as doubles, and so do we"
)]
fn double_of_signed(value: i64) -> f64 {
    value as f64
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Reader(&mut Open::default()).deserialize(deserializer)
    }
}

/// What was read of lists and maps that are still open: each gets a list of its own, of the right size, at its end.
#[derive(Default)]
struct Open<'a> {
    items: Vec<Value<'a>>,
    pairs: Vec<(Str<'a>, Value<'a>)>,
}

struct Reader<'o, 'a>(&'o mut Open<'a>);

impl<'de> DeserializeSeed<'de> for Reader<'_, 'de> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, 'de> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Value::Number(double_of_unsigned(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Value::Number(double_of_signed(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let Self(open) = self;
        let start = open.items.len();
        while let Some(item) = items.next_element_seed(Reader(open))? {
            open.items.push(item);
        }
        Ok(Value::List(open.items.drain(start..).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self(open) = self;
        let start = open.pairs.len();
        while let Some(Key(key)) = map.next_key()? {
            let value = map.next_value_seed(Reader(open))?;
            open.pairs.push((key, value));
        }
        Ok(Value::Map(open.pairs.drain(start..).collect()))
    }
}

/// An object key, borrowed where it can be.
pub(crate) struct Key<'a>(pub(crate) Str<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Owned(value.to_owned())))
    }
}
