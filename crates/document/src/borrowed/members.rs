//! The members of an object.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::key::Key;
use super::value::Json;

/// The number of members up to which a search is faster than a table.
const FEW: usize = 16;

/// The members of an object, in the order of the text; no key is repeated. A search takes time for each member: objects of
/// SBOMs have few.
#[derive(Clone, Debug, Default)]
pub struct Members<'t>(pub(super) Vec<Member<'t>>);

/// A key and its value.
pub(super) type Member<'t> = (Key<'t>, Json<'t>);

impl<'t> Members<'t> {
    /// No members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No members, with room for `count`.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json<'t>> {
        self.get_pair(key).map(|(_, it)| it)
    }

    /// A key with its value.
    pub(crate) fn get_pair(&self, key: &str) -> Option<(&str, &Json<'t>)> {
        self.iter().find(|(it, _)| *it == key)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Json<'t>> {
        let found = self.0.iter_mut().find(|(it, _)| **it == *key);
        found.map(|(_, it)| it)
    }

    /// True when there is a value of this key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'t>)> {
        self.0.iter().map(|(key, it)| (&**key, it))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| &**key)
    }

    /// The values, in order.
    pub fn values(&self) -> impl Iterator<Item = &Json<'t>> {
        self.0.iter().map(|(_, it)| it)
    }

    /// The values, in order, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Json<'t>> {
        self.0.iter_mut().map(|(_, it)| it)
    }

    /// Sets the value of a key; a new one is the last.
    pub fn insert(&mut self, key: impl Into<Cow<'t, str>>, value: impl Into<Json<'t>>) {
        let key = key.into();
        match self.get_mut(&key) {
            Some(slot) => *slot = value.into(),
            None => self.0.push((key.into(), value.into())),
        }
    }

    /// Sets the value of a key; a new one is the first.
    pub fn insert_first(&mut self, key: impl Into<Cow<'t, str>>, value: impl Into<Json<'t>>) {
        let key = key.into();
        match self.get_mut(&key) {
            Some(slot) => *slot = value.into(),
            None => self.0.insert(0, (key.into(), value.into())),
        }
    }

    /// Sets the value of a key that has none.
    pub fn insert_absent(&mut self, key: impl Into<Cow<'t, str>>, make: impl FnOnce() -> Json<'t>) {
        let key = key.into();
        if !self.contains_key(&key) {
            self.0.push((key.into(), make()));
        }
    }

    /// Adds an item to the list of a key; a key that has no list gets one.
    pub fn append(&mut self, key: impl Into<Cow<'t, str>>, item: impl Into<Json<'t>>) {
        let key = key.into();
        match self.get_mut(&key) {
            Some(Json::Array(items)) => items.push(item.into()),
            _ => self.insert(key, vec![item.into()]),
        }
    }

    /// Takes the value of a key out.
    pub fn remove(&mut self, key: &str) -> Option<Json<'t>> {
        let at = self.0.iter().position(|(it, _)| **it == *key)?;
        Some(self.0.remove(at).1)
    }

    /// Keeps only the members for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Json<'t>) -> bool) {
        self.0.retain_mut(|(key, it)| keep(key, it));
    }
}

/// Objects are equal when they have equal members in any order.
impl PartialEq for Members<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self.len() <= FEW {
            return self.iter().all(|(key, it)| other.get(key) == Some(it));
        }
        let table: HashMap<&str, &Json<'_>> = other.iter().collect();
        self.iter().all(|(key, it)| table.get(key) == Some(&it))
    }
}

impl Eq for Members<'_> {}

impl<'t> FromIterator<(Cow<'t, str>, Json<'t>)> for Members<'t> {
    fn from_iter<I: IntoIterator<Item = (Cow<'t, str>, Json<'t>)>>(all: I) -> Self {
        let mut members = Self::new();
        members.extend(all);
        members
    }
}

impl<'t> Extend<(Cow<'t, str>, Json<'t>)> for Members<'t> {
    fn extend<I: IntoIterator<Item = (Cow<'t, str>, Json<'t>)>>(&mut self, all: I) {
        for (key, value) in all {
            self.insert(key, value);
        }
    }
}

impl<'t> IntoIterator for Members<'t> {
    type Item = (Cow<'t, str>, Json<'t>);
    type IntoIter = Box<dyn Iterator<Item = Self::Item> + 't>;

    fn into_iter(self) -> Self::IntoIter {
        let all = self.0.into_iter();
        Box::new(all.map(|(key, value)| (key.into(), value)))
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in self.iter() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}
