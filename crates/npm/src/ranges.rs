//! The ranges that links state, each kept once: a million links have few different ones.

#[cfg(feature = "managers")]
use std::collections::HashMap;
use std::collections::HashSet;

use bomtrail_graph::SharedText;
#[cfg(feature = "managers")]
use bomtrail_version::npm::Common;
use foldhash::fast::RandomState;

#[cfg(feature = "managers")]
use crate::package::url::redact;

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

/// A range as a link shows it, and what it means.
#[cfg(feature = "managers")]
#[derive(Debug)]
pub(crate) struct Known {
    /// Without credentials.
    pub(crate) shown: SharedText,
    /// The versions in it, where it is of a common form.
    pub(crate) common: Option<Common>,
}

/// The ranges so far, each read once.
#[cfg(feature = "managers")]
#[derive(Debug, Default)]
pub(crate) struct KnownRanges {
    numbers: HashMap<SharedText, usize, RandomState>,
    all: Vec<Known>,
}

#[cfg(feature = "managers")]
impl KnownRanges {
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
