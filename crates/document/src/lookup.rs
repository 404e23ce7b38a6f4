//! The entries of a map by key, for maps that are asked many times.

use std::collections::HashMap;

use crate::tree::{Entry, Value};

/// The number of entries up to which a search is faster than a table.
const FEW: usize = 16;

/// The entries of a map. Of several with one key the first counts.
#[derive(Clone, Debug)]
pub struct Lookup<'v> {
    entries: &'v [Entry<'v>],
    /// The position of each key; empty for few entries.
    table: HashMap<&'v str, usize>,
}

impl<'v> Lookup<'v> {
    /// The entries of a value; none if there is no value, or it is not a map.
    #[must_use]
    pub fn of(value: Option<&'v Value<'v>>) -> Self {
        Self::new(value.map_or(&[], Value::pairs))
    }

    /// These entries.
    #[must_use]
    pub fn new(entries: &'v [Entry<'v>]) -> Self {
        let mut table = HashMap::new();
        if entries.len() > FEW {
            for (at, entry) in entries.iter().enumerate() {
                table.entry(&*entry.key).or_insert(at);
            }
        }
        Self { entries, table }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'v Value<'v>> {
        let entry = if self.table.is_empty() {
            self.entries.iter().find(|it| it.key == key)
        } else {
            self.entries.get(*self.table.get(key)?)
        };
        entry.map(|it| &it.value)
    }

    /// The string or number of a key, as it is written.
    #[must_use]
    pub fn scalar(&self, key: &str) -> Option<&'v str> {
        self.get(key).and_then(Value::as_scalar)
    }
}
