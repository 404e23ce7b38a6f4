//! Whether the items of a list are different, in time that grows with their size alone.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;

use super::value::Json;

/// The number of items up to which a comparison with each is faster than a table.
const FEW: usize = 8;

/// The items of a list that were seen.
#[derive(Debug)]
pub struct Unique<'v> {
    /// The members that nearly always differ between objects.
    keys: &'static [&'static str],
    /// How many items there will be.
    count: usize,
    hasher: RandomState,
    /// The first ones, which are compared one by one.
    few: Vec<&'v Json<'v>>,
    /// The first item of each value of the first of `keys` that it has; `None` once it is in `seen`.
    keyed: HashMap<&'v str, Option<&'v Json<'v>>, RandomState>,
    /// Items without a key, and all items of the keys that several have.
    seen: HashMap<u64, &'v Json<'v>, RandomState>,
}

impl<'v> Unique<'v> {
    /// No items of so many. Objects that differ in the first of these members that they have, a string, are not looked at as a
    /// whole.
    #[must_use]
    pub fn by(keys: &'static [&'static str], count: usize) -> Self {
        Self {
            keys,
            count,
            hasher: RandomState::default(),
            few: Vec::new(),
            keyed: HashMap::default(),
            seen: HashMap::default(),
        }
    }

    /// Adds an item; false when an equal one was added before.
    pub fn add(&mut self, item: &'v Json<'v>) -> bool {
        if self.few.len() < FEW {
            let is_new = !self.few.contains(&item);
            self.few.push(item);
            if self.few.len() == FEW {
                for first in self.few.clone() {
                    self.insert(first);
                }
            }
            return is_new;
        }
        self.insert(item)
    }

    fn insert(&mut self, item: &'v Json<'v>) -> bool {
        let Some(key) = self.keys.iter().find_map(|it| item.get(it)?.as_str()) else {
            return self.insert_whole(item);
        };
        if self.keyed.is_empty() {
            self.keyed.reserve(self.count);
        }
        let Some(first) = self.keyed.get_mut(key) else {
            self.keyed.insert(key, Some(item));
            return true;
        };
        if let Some(first) = first.take() {
            self.insert_whole(first);
        }
        self.insert_whole(item)
    }

    fn insert_whole(&mut self, item: &'v Json<'v>) -> bool {
        let known = self.seen.insert(self.hash(item), item);
        known.is_none_or(|it| it != item)
    }

    /// Equal for equal values, whatever the order of the members of their objects.
    fn hash(&self, value: &Json<'_>) -> u64 {
        let one = &self.hasher;
        match value {
            Json::Null => one.hash_one(0_u8),
            Json::Bool(it) => one.hash_one(*it),
            Json::Number(it) => one.hash_one(it),
            Json::String(it) => one.hash_one(&**it),
            Json::Array(items) => {
                let mut all = one.build_hasher();
                for item in items {
                    all.write_u64(self.hash(item));
                }
                all.finish()
            }
            Json::Object(members) => {
                let each = members
                    .iter()
                    .map(|(key, it)| one.hash_one((key, self.hash(it))));
                each.fold(0, u64::wrapping_add)
            }
        }
    }
}
