//! Numbers by keys that are kept elsewhere: eight bytes for each, where a map with its keys needs three times as much. With a
//! million places that decides how much of the table the processor has at hand.

use std::hint::black_box;

/// A table of numbers below [`u32::MAX`]. A slot holds half of the key's hash, and the number plus one; zero is an empty slot.
#[derive(Default)]
pub(super) struct Lookup {
    slots: Vec<u64>,
}

impl Lookup {
    /// A table with room for `count` numbers. More are refused.
    pub(super) fn with_room(count: usize) -> Self {
        // A power of two, at most half full.
        let size = count.saturating_add(1).saturating_mul(2);
        Self {
            slots: vec![0; size.next_power_of_two()],
        }
    }

    /// The slots that a key of this hash may be in, in order, up to the first empty one.
    fn places(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let size = self.slots.len();
        let start = usize::try_from(hash & u64::from(u32::MAX)).unwrap_or_default();
        (0..size).map(move |step| start.wrapping_add(step) & (size - 1))
    }

    /// The numbers whose keys have a hash like this one, nearly always at most one.
    pub(super) fn alike(&self, hash: u64) -> impl Iterator<Item = u32> {
        let slots = self.places(hash).map_while(|at| self.slots.get(at));
        slots
            .take_while(|it| **it != 0)
            .filter(move |it| is_alike(**it, hash))
            .map(|it| number(*it))
    }

    /// Reads the slots that these hashes lead to first. Each insertion waits for its slot; in a loop that does nothing else,
    /// the processor waits for many at a time.
    pub(super) fn read_ahead(&self, hashes: impl Iterator<Item = u64>) {
        let slots = hashes.filter_map(|hash| self.slots.get(self.places(hash).next()?));
        black_box(slots.fold(0, |all, slot| all ^ slot));
    }

    /// Puts in a number, in place of the one that `is_same` says has the same key, which is the result.
    pub(super) fn insert(
        &mut self,
        hash: u64,
        new: u32,
        is_same: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        for at in self.places(hash) {
            let slot = self.slots.get_mut(at)?;
            let earlier = *slot;
            let is_same = is_alike(earlier, hash) && is_same(number(earlier));
            if earlier == 0 || is_same {
                *slot = (hash & TAG) | (u64::from(new) + 1);
                return is_same.then(|| number(earlier));
            }
        }
        None
    }
}

/// The half of a hash that a slot keeps.
const TAG: u64 = !(u32::MAX as u64);

fn is_alike(slot: u64, hash: u64) -> bool {
    slot != 0 && (slot ^ hash) & TAG == 0
}

fn number(slot: u64) -> u32 {
    u32::try_from((slot & !TAG).wrapping_sub(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
