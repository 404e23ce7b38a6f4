//! The requests of several packages, looked up together. Most of a look-up is waiting for memory; in steps that do not depend on
//! each other, the processor waits for many at a time.

use std::hint::black_box;

use super::requests::{Request, Requests};
use super::tree::{Index, Sought, Tree};

/// How many packages are looked up together: few enough for what was read to be still at hand when the links are made.
const PACKAGES: usize = 64;

/// Some packages, what they ask for, and the entries that this leads to.
#[derive(Default)]
pub(super) struct Block<'e> {
    packages: Vec<(Index, Requests<'e>)>,
    /// How many packages there are; the other lists wait to be used again.
    count: usize,
    sought: Vec<Sought<'e>>,
    guesses: Vec<Option<Index>>,
    found: Vec<Option<Index>>,
}

impl<'e> Block<'e> {
    /// Takes the next packages; false when all have been taken.
    pub(super) fn fill(
        &mut self,
        from: &mut impl Iterator<Item = Index>,
        ask: impl Fn(Index, &mut Requests<'e>),
    ) -> bool {
        self.packages.resize_with(PACKAGES, Default::default);
        self.count = 0;
        for (slot, from) in self.packages.iter_mut().zip(from) {
            slot.0 = from;
            ask(from, &mut slot.1);
            self.count += 1;
        }
        self.count > 0
    }

    /// Looks up every request, in order.
    pub(super) fn look_up(&mut self, tree: &Tree<'_>) {
        self.sought.clear();
        for (from, requests) in self.packages.iter().take(self.count) {
            let holder = tree.holder(*from);
            let names = requests.iter().map(|it| tree.sought(holder, it.name));
            self.sought.extend(names);
        }
        if tree.is_large() {
            self.read_ahead(tree);
        }
        self.found.clear();
        self.found
            .extend(self.sought.iter().map(|it| tree.find(*it)));
    }

    /// Reads what the look-ups will read.
    fn read_ahead(&mut self, tree: &Tree<'_>) {
        tree.read_slots_ahead(&self.sought);
        self.guesses.clear();
        self.guesses
            .extend(self.sought.iter().map(|it| tree.guess(*it)));
        let read = self.guesses.iter().filter_map(|it| tree.touch((*it)?));
        black_box(read.fold(0, |all, byte| all ^ byte));
    }

    /// The entry that each request leads to, in order.
    pub(super) fn found(&self) -> &[Option<Index>] {
        &self.found
    }

    /// The packages, each with its requests.
    pub(super) fn packages(&self) -> impl Iterator<Item = (Index, &[Request<'e>])> {
        let packages = self.packages.iter().take(self.count);
        packages.map(|(from, requests)| (*from, requests.as_slice()))
    }
}
