//! The facts that an entry states, kept once for all entries that state the same.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use foldhash::fast::RandomState;

use super::entry::Field;
use super::value::Value;

/// Fields with their values, in the order of the file.
type List<'a> = Vec<(Field, Value<'a>)>;

/// The facts of an entry.
#[derive(Clone, Debug)]
pub(crate) enum Facts<'a> {
    /// Those of this entry alone.
    Own(List<'a>),
    /// Those of several entries.
    Shared(Rc<List<'a>>),
}

impl<'a> Facts<'a> {
    /// The list, to be changed for this entry.
    pub(crate) fn to_mut(&mut self) -> &mut List<'a> {
        if let Self::Shared(shared) = self {
            *self = Self::Own(shared.to_vec());
        }
        match self {
            Self::Own(own) => own,
            Self::Shared(shared) => Rc::make_mut(shared),
        }
    }
}

impl Default for Facts<'_> {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

impl<'a> From<List<'a>> for Facts<'a> {
    fn from(own: List<'a>) -> Self {
        Self::Own(own)
    }
}

impl<'a> Deref for Facts<'a> {
    type Target = [(Field, Value<'a>)];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Own(own) => own,
            Self::Shared(shared) => shared,
        }
    }
}

impl PartialEq for Facts<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Facts<'_> {}

impl Hash for Facts<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

/// All facts that were stated so far.
#[derive(Debug, Default)]
pub(crate) struct AllFacts<'a>(HashSet<Rc<List<'a>>, RandomState>);

impl<'a> AllFacts<'a> {
    /// Puts those that an earlier entry stated in place of the same ones.
    pub(crate) fn share(&mut self, facts: &mut Facts<'a>) {
        let Facts::Own(own) = facts else { return };
        if own.is_empty() {
            return;
        }
        let shared = self.0.get(own).cloned().unwrap_or_else(|| {
            let new = Rc::new(std::mem::take(own));
            self.0.insert(Rc::clone(&new));
            new
        });
        *facts = Facts::Shared(shared);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_facts_are_kept_once() {
        let node = || Facts::from(vec![(Field::Engines, Value::Bool(true))]);
        let (mut first, mut second) = (node(), node());
        let mut all = AllFacts::default();
        all.share(&mut first);
        all.share(&mut second);
        let (Facts::Shared(a), Facts::Shared(b)) = (&first, &second) else {
            panic!("not shared")
        };
        assert!(Rc::ptr_eq(a, b));
        second.to_mut().push((Field::Os, Value::Null));
        assert_eq!(first, node());
        assert_eq!(second.len(), 2);
    }
}
