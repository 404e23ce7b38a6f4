//! The ranges that links state, each kept once: a million links have few different ones.

use std::collections::HashSet;

use bomtrail_graph::SharedText;
use foldhash::fast::RandomState;

/// The ranges so far.
#[derive(Debug, Default)]
pub(crate) struct Ranges(HashSet<SharedText, RandomState>);

impl Ranges {
    /// The one copy of a range.
    pub(crate) fn of(&mut self, range: &str) -> SharedText {
        if let Some(known) = self.0.get(range) {
            return known.clone();
        }
        let new = SharedText::from(range);
        self.0.insert(new.clone());
        new
    }
}
