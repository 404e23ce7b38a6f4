//! The keys of the entries: which entry serves a range of a name, with a number for each name.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::range::Range;
use crate::resolve::spec::split_name;
use crate::yarn::records::Record;

/// The number of a name among the names of all keys. Numbers are in the order of the names.
pub(super) type Number = u32;

/// One key.
#[derive(Clone, Copy)]
pub(super) struct Key<'r> {
    pub(super) name: &'r str,
    /// `None` for a key that is only a name.
    pub(super) range: Option<Range<'r>>,
    /// The number of the entry.
    pub(super) entry: u32,
}

impl<'r> Key<'r> {
    fn of(text: &'r str, entry: u32) -> Self {
        let (name, range) = split_name(text);
        let is_ranged = name.len() < text.len();
        Self {
            name,
            range: is_ranged.then(|| Range::as_written(range)),
            entry,
        }
    }

    /// The keys of all entries, in order.
    pub(super) fn all(records: &'r [Record<'r>]) -> Vec<Self> {
        let mut all = Vec::with_capacity(records.len() + records.len() / 2);
        for (record, number) in records.iter().zip(0_u32..) {
            all.extend(record.keys.iter().map(|it| Self::of(it, number)));
        }
        all
    }
}

/// What each key leads to; of several alike the last counts, as in JavaScript.
pub(super) struct Keys<'r> {
    names: Vec<&'r str>,
    numbers: HashMap<&'r str, Number, RandomState>,
    /// Where the ranges of each name begin, and where those of the last end.
    starts: Vec<u32>,
    /// The ranges of each name, sorted by [`rank`], each with its entry.
    ranges: Vec<(Option<Range<'r>>, u32)>,
}

impl<'r> Keys<'r> {
    /// Puts the keys of all entries in order.
    pub(super) fn of(mut all: Vec<Key<'r>>) -> Self {
        // Yarn writes those of a name together, and the names nearly in order.
        let mut names: Vec<&mut [Key<'r>]> = all.chunk_by_mut(|a, b| a.name == b.name).collect();
        names.sort_by_key(|it| name_of(it));
        let count = names.iter().map(|it| it.len()).sum();
        let mut keys = Self {
            names: Vec::with_capacity(names.len()),
            numbers: HashMap::default(),
            starts: Vec::with_capacity(names.len() + 1),
            ranges: Vec::with_capacity(count),
        };
        for alike in names.chunk_by_mut(|a, b| name_of(a) == name_of(b)) {
            match alike {
                [together] => keys.add(together),
                apart => {
                    let mut all: Vec<Key<'r>> =
                        apart.iter().flat_map(|it| it.iter()).copied().collect();
                    keys.add(&mut all);
                }
            }
        }
        keys.starts.push(keys.end());
        keys.numbers.reserve(keys.names.len());
        keys.numbers.extend(keys.names.iter().copied().zip(0..));
        keys
    }

    /// Adds the keys of one name.
    fn add(&mut self, alike: &mut [Key<'r>]) {
        self.names.extend(name_of(alike));
        self.starts.push(self.end());
        if alike.len() > 1 {
            alike.sort_by_key(|it| rank(it.range));
        }
        for same in alike.chunk_by(|a, b| a.range == b.range) {
            self.ranges
                .extend(same.last().map(|it| (it.range, it.entry)));
        }
    }

    fn end(&self) -> u32 {
        u32::try_from(self.ranges.len()).unwrap_or(u32::MAX)
    }

    /// All names, in order.
    pub(super) fn names(&self) -> &[&'r str] {
        &self.names
    }

    /// The number of a name; `None` for one that no key has.
    pub(super) fn number(&self, name: &str) -> Option<Number> {
        self.numbers.get(name).copied()
    }

    fn of_name(&self, name: Number) -> &[(Option<Range<'r>>, u32)] {
        let at = name as usize;
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        bounds
            .and_then(|(start, end)| self.ranges.get(*start as usize..*end as usize))
            .unwrap_or_default()
    }

    /// The entry that a range of a name leads to.
    pub(super) fn get(&self, name: Number, range: Range<'_>) -> Option<usize> {
        let all = self.of_name(name);
        let wanted = rank(Some(range));
        let found = all
            .binary_search_by(|(it, _)| rank(*it).cmp(&wanted))
            .ok()?;
        all.get(found).map(|(_, entry)| *entry as usize)
    }

    /// The entry that all keys of a name lead to, if it is one.
    pub(super) fn only_one(&self, name: Number) -> Option<usize> {
        let (first, rest) = self.of_name(name).split_first()?;
        let is_alone = rest.iter().all(|(_, entry)| *entry == first.1);
        is_alone.then_some(first.1 as usize)
    }
}

/// The name of keys that have one in common.
fn name_of<'r>(alike: &[Key<'r>]) -> Option<&'r str> {
    alike.first().map(|it| it.name)
}

/// What ranges are sorted by: lengths first, which seldom are the same.
fn rank(range: Option<Range<'_>>) -> Option<(usize, bool, &str)> {
    range.map(|it| (it.rest.len(), it.of_registry, it.rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(keys: &[&'static str]) -> Record<'static> {
        Record {
            keys: keys.iter().map(|it| (*it).into()).collect(),
            ..Record::default()
        }
    }

    #[test]
    fn the_last_entry_of_a_key_counts() {
        let records = [
            record(&["b@npm:^2", "b@npm:^10", "b@2"]),
            record(&["@s/a@npm:1"]),
            record(&["b@npm:^2", "c"]),
        ];
        let keys = Keys::of(Key::all(&records));
        assert_eq!(keys.names(), ["@s/a", "b", "c"]);
        let get = |name, range| keys.get(keys.number(name)?, Range::as_written(range));
        assert_eq!(get("b", "npm:^2"), Some(2));
        assert_eq!(get("b", "npm:^10"), Some(0));
        assert_eq!(get("b", "2"), Some(0));
        assert_eq!(get("b", "npm:2"), None);
        assert_eq!(get("@s/a", "npm:1"), Some(1));
        assert_eq!(get("c", ""), None);
        assert_eq!(get("d", "npm:1"), None);
    }

    #[test]
    fn a_name_has_one_entry_when_all_its_keys_lead_there() {
        let records = [record(&["a@1", "a@2", "b@1"]), record(&["b@2", "c"])];
        let keys = Keys::of(Key::all(&records));
        let only = |name| keys.only_one(keys.number(name)?);
        assert_eq!((only("a"), only("b"), only("c")), (Some(0), None, Some(1)));
    }
}
