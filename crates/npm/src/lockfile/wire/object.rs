//! Objects read field by field; a value of any other type is recorded instead of refused.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::package::value::{Key, Str};

/// Something that is read from an object's fields.
pub(crate) trait Fields<'de>: Default {
    /// Takes one field; must take its value from `map`.
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error>;

    /// The input has a value that is not an object.
    fn no_object(&mut self);
}

/// A `T` read from any JSON value.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Fields<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(ObjectVisitor(PhantomData))
            .map(Object)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

fn no_object<'de, T: Fields<'de>>() -> T {
    let mut it = T::default();
    it.no_object();
    it
}

impl<'de, T: Fields<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut it = T::default();
        while let Some(Key(key)) = map.next_key()? {
            it.field(key, &mut map)?;
        }
        Ok(it)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(no_object())
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(no_object())
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(no_object())
    }

    fn visit_u64<E>(self, _: u64) -> Result<T, E> {
        Ok(no_object())
    }

    fn visit_i64<E>(self, _: i64) -> Result<T, E> {
        Ok(no_object())
    }

    fn visit_f64<E>(self, _: f64) -> Result<T, E> {
        Ok(no_object())
    }

    fn visit_str<E>(self, _: &str) -> Result<T, E> {
        Ok(no_object())
    }
}

/// An object whose values are all `T`, in the order of the file; `None` for any other value.
pub(super) struct Entries<'a, T>(pub(super) Option<Vec<(Str<'a>, T)>>);

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Self(Some(Vec::new()))
    }
}

impl<'de, T: Fields<'de>> Fields<'de> for Entries<'de, T> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        let Object(value) = map.next_value()?;
        self.0.get_or_insert_default().push((key, value));
        Ok(())
    }

    fn no_object(&mut self) {
        self.0 = None;
    }
}
