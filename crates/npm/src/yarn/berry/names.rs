//! A number for each name, so that names are compared without a look at their texts, which are far apart.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::keys::{Keys, Number};

/// The number of a name among all names. Numbers are in the order of the names.
pub(super) type Name = u32;

/// Names while they are collected: those of the keys keep their numbers, and others get the next ones.
pub(super) struct Names<'k, 'p> {
    keys: &'k Keys<'p>,
    others: Vec<&'p str>,
    numbers: HashMap<&'p str, Number, RandomState>,
}

impl<'k, 'p> Names<'k, 'p> {
    pub(super) fn new(keys: &'k Keys<'p>) -> Self {
        Self {
            keys,
            others: Vec::new(),
            numbers: HashMap::default(),
        }
    }

    /// The number of a name, which is added if it is new.
    pub(super) fn number(&mut self, name: &'p str) -> Number {
        if let Some(known) = self.get(name) {
            return known;
        }
        let next = self.keys.names().len() + self.others.len();
        let number = Number::try_from(next).unwrap_or(Number::MAX);
        self.others.push(name);
        self.numbers.insert(name, number);
        number
    }

    /// The number of a name that is known.
    pub(super) fn get(&self, name: &str) -> Option<Number> {
        let of_key = self.keys.number(name);
        of_key.or_else(|| self.numbers.get(name).copied())
    }

    /// Puts all names in order.
    pub(super) fn sorted(&self) -> Sorted<'p> {
        let texts = self.keys.names().iter().chain(&self.others).copied();
        let mut order: Vec<(&str, Number)> = texts.zip(0..).collect();
        // Those of the keys are in order.
        order.sort_by_key(|it| it.0);
        let mut ranks = vec![0; order.len()];
        for ((_, number), rank) in order.iter().zip(0..) {
            if let Some(slot) = ranks.get_mut(*number as usize) {
                *slot = rank;
            }
        }
        let texts = order.into_iter().map(|it| it.0).collect();
        Sorted { texts, ranks }
    }
}

/// All names in order.
pub(super) struct Sorted<'p> {
    texts: Vec<&'p str>,
    ranks: Vec<Name>,
}

impl<'p> Sorted<'p> {
    /// The place of a name, by the number that it was collected with.
    pub(super) fn name(&self, number: Number) -> Name {
        self.ranks.get(number as usize).copied().unwrap_or(number)
    }

    pub(super) fn text(&self, name: Name) -> &'p str {
        self.texts.get(name as usize).copied().unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}
