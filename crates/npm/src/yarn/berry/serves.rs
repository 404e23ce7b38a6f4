//! What serves each requirement of a package.

/// The entries that serve names, each name once.
#[derive(Clone, Debug, Default)]
pub(super) struct Serves<'p>(Vec<(&'p str, usize)>);

impl<'p> Serves<'p> {
    /// The entry that serves a name.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        let found = self.0.binary_search_by(|(it, _)| (**it).cmp(name)).ok()?;
        self.0.get(found).map(|(_, entry)| *entry)
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All names in order, with their entries.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'p str, usize)> {
        self.0.iter().copied()
    }
}

impl<'p> From<Vec<(&'p str, usize)>> for Serves<'p> {
    /// Of several entries for one name, the last one counts.
    fn from(mut all: Vec<(&'p str, usize)>) -> Self {
        // Yarn writes them in this order.
        if !all.is_sorted_by(|(a, _), (b, _)| a < b) {
            all.reverse();
            all.sort_by_key(|(name, _)| *name);
            all.dedup_by_key(|(name, _)| *name);
        }
        Self(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_entry_of_a_name_counts() {
        let serves = Serves::from(vec![("b", 1), ("a", 2), ("b", 3)]);
        assert_eq!(serves.iter().collect::<Vec<_>>(), [("a", 2), ("b", 3)]);
        assert_eq!(serves.get("b"), Some(3));
        assert_eq!(serves.get("c"), None);
    }
}
