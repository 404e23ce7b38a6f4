//! Who points at whom, as one flat array with offsets. Knows only numbers.

/// The out-neighbours of `len` numbered things, in the order the pairs were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adjacency<T = u32> {
    offsets: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Adjacency<T> {
    /// Groups `(from, item)` pairs by `from`; pairs whose `from` is not below `len` are left out.
    pub(crate) fn new(len: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut offsets = vec![0_u32; len + 1];
        for (from, _) in pairs.clone() {
            if let Some(slot) = offsets.get_mut(from as usize + 1) {
                *slot += 1;
            }
        }
        let mut total = 0;
        for slot in &mut offsets {
            total += *slot;
            *slot = total;
        }
        let mut next = offsets.clone();
        let mut items = vec![T::default(); total as usize];
        for (from, item) in pairs {
            if (from as usize) >= len {
                continue;
            }
            if let Some(slot) = next.get_mut(from as usize) {
                if let Some(cell) = items.get_mut(*slot as usize) {
                    *cell = item;
                }
                *slot += 1;
            }
        }
        Self { offsets, items }
    }

    /// The items of `from`.
    pub(crate) fn of(&self, from: u32) -> &[T] {
        let bounds = self
            .offsets
            .get(from as usize)
            .zip(self.offsets.get(from as usize + 1));
        bounds
            .and_then(|(start, end)| self.items.get(*start as usize..*end as usize))
            .unwrap_or_default()
    }
}
