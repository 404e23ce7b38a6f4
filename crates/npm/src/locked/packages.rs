//! The packages of a lockfile while they are read, in pieces that are freed one after another.

use super::package::Package;

/// Packages in the order in which they were added. The memory of those that were taken is there for what is made of them.
#[derive(Debug, Default)]
pub(super) struct Packages<'p>(Vec<Vec<Package<'p>>>);

/// How many packages a piece has: as many as fit into 64 KiB, in which the allocator hands out memory, with its own notes.
const PIECE: usize = 62 * 1024 / size_of::<Package<'_>>();

impl<'p> Packages<'p> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        let before = self.0.len().saturating_sub(1) * PIECE;
        before + self.0.last().map_or(0, Vec::len)
    }

    pub(super) fn push(&mut self, package: Package<'p>) {
        let has_room = self.0.last().is_some_and(|it| it.len() < PIECE);
        if !has_room {
            self.0.push(Vec::with_capacity(PIECE));
        }
        if let Some(piece) = self.0.last_mut() {
            piece.push(package);
        }
    }

    pub(super) fn get(&self, number: usize) -> Option<&Package<'p>> {
        self.0.get(number / PIECE)?.get(number % PIECE)
    }

    pub(super) fn get_mut(&mut self, number: usize) -> Option<&mut Package<'p>> {
        self.0.get_mut(number / PIECE)?.get_mut(number % PIECE)
    }

    /// All packages, each piece freed after its last one.
    pub(super) fn into_iter(self) -> impl Iterator<Item = Package<'p>> {
        self.0.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_keep_their_numbers() {
        let mut packages = Packages::default();
        for number in 0..=PIECE * 2 {
            assert_eq!(packages.len(), number);
            packages.push(Package::default().with(|it| it.place = number.to_string().into()));
        }
        for number in [0, PIECE - 1, PIECE, PIECE * 2] {
            assert_eq!(packages.get(number).unwrap().place, number.to_string());
        }
        packages.get_mut(PIECE).unwrap().is_checked = true;
        assert!(packages.get(PIECE * 2 + 1).is_none());
        assert!(packages.into_iter().nth(PIECE).unwrap().is_checked);
    }
}
