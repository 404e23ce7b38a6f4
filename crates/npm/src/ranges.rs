//! The ranges that links state, each kept and read once: a million links have few different ones.

use std::collections::HashMap;

use bomtrail_graph::SharedText;
use bomtrail_version::npm::Common;
use foldhash::fast::RandomState;

use crate::package::url::redact;

/// A range as a link shows it, and what it means.
#[derive(Debug)]
pub(crate) struct Known {
    /// Without credentials.
    pub(crate) shown: SharedText,
    /// The versions in it, where it is of a common form.
    pub(crate) common: Option<Common>,
}

/// A project of any size seldom has more different ranges.
#[cfg(feature = "managers")]
const MOST_RESERVED: usize = 4096;

/// The ranges so far.
#[derive(Debug, Default)]
pub(crate) struct Ranges {
    numbers: HashMap<SharedText, usize, RandomState>,
    all: Vec<Known>,
}

impl Ranges {
    /// Makes room for the ranges of this many links.
    #[cfg(feature = "managers")]
    pub(crate) fn reserve(&mut self, links: usize) {
        let ranges = (links / 2).min(MOST_RESERVED);
        self.numbers.reserve(ranges);
        self.all.reserve(ranges);
    }

    /// The number of a range as a lockfile or a manifest has it.
    pub(crate) fn number(&mut self, range: &str) -> usize {
        if let Some(known) = self.numbers.get(range) {
            return *known;
        }
        let number = self.all.len();
        let shown = SharedText::from(&*redact(range));
        let key = if *shown == *range {
            shown.clone()
        } else {
            SharedText::from(range)
        };
        self.numbers.insert(key, number);
        let common = Common::parse(range);
        self.all.push(Known { shown, common });
        number
    }

    /// The range of a number.
    pub(crate) fn get(&self, number: usize) -> Option<&Known> {
        self.all.get(number)
    }
}
