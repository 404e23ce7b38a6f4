//! A list in pieces: it grows without being copied, and what is taken from it is given back piece by piece. With a million
//! entries, a list in one piece is in memory twice while it grows, and as a whole until its last entry is taken.

/// How many times larger the first piece becomes when it is full: most lists are short, and few items are copied.
const GROWTH: usize = 16;

/// A list of this length is long.
const LONG: usize = 4096;

/// A list of items by number, with `SIZE` of them in each piece but the last. The allocator gives large pieces memory in units of
/// 64 KiB: of a piece of a few units, much of the last one stays unused.
#[derive(Debug)]
pub(crate) struct Chunks<T, const SIZE: usize = 4096> {
    chunks: Vec<Vec<T>>,
}

impl<T, const SIZE: usize> Default for Chunks<T, SIZE> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T, const SIZE: usize> Chunks<T, SIZE> {
    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        let last = self.chunks.last().map_or(0, Vec::len);
        self.chunks.len().saturating_sub(1) * SIZE + last
    }

    /// True for a list of many pieces.
    pub(crate) fn is_long(&self) -> bool {
        self.len() >= LONG
    }

    /// Adds an item at the end.
    pub(crate) fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < SIZE => {
                if chunk.len() == chunk.capacity() {
                    let room = chunk.len().saturating_mul(GROWTH).min(SIZE);
                    chunk.reserve_exact(room - chunk.len());
                }
                chunk.push(item);
            }
            Some(_) => {
                let mut chunk = Vec::with_capacity(SIZE);
                chunk.push(item);
                self.chunks.push(chunk);
            }
            None => self.chunks.push(vec![item]),
        }
    }

    /// The item of a number.
    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / SIZE)?.get(index % SIZE)
    }

    /// The item of a number.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.chunks.get_mut(index / SIZE)?.get_mut(index % SIZE)
    }

    /// All items, in order.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.chunks.iter().flatten()
    }

    /// The piece that begins with the item of a number, to change its items; `None` behind the last one.
    pub(crate) fn piece_mut(&mut self, start: usize) -> Option<&mut [T]> {
        let piece = self.chunks.get_mut(start / SIZE)?;
        piece.get_mut(start % SIZE..).filter(|it| !it.is_empty())
    }
}

impl<T, const SIZE: usize> FromIterator<T> for Chunks<T, SIZE> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut chunks = Self::default();
        for item in items {
            chunks.push(item);
        }
        chunks
    }
}

impl<T, const SIZE: usize> IntoIterator for Chunks<T, SIZE> {
    type Item = T;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.chunks.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests;
