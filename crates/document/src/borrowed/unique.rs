//! Whether the items of a list are different, in time that grows with their size alone.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;

use super::value::Json;

/// The number of items up to which a comparison with each is faster than a table.
const FEW: usize = 8;

/// The items of a list that were seen.
#[derive(Debug, Default)]
pub struct Unique<'v> {
    hasher: RandomState,
    /// The first ones, which are compared one by one.
    few: Vec<&'v Json<'v>>,
    seen: HashMap<u64, &'v Json<'v>, RandomState>,
}

impl<'v> Unique<'v> {
    /// Adds an item; false when an equal one was added before.
    pub fn add(&mut self, item: &'v Json<'v>) -> bool {
        if self.seen.is_empty() && self.few.len() < FEW {
            let is_new = !self.few.contains(&item);
            self.few.push(item);
            return is_new;
        }
        for first in std::mem::take(&mut self.few) {
            self.seen.insert(self.hash(first), first);
        }
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
