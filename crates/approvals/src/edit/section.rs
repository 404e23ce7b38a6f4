//! A section of a list: its entries by package. New ones go to their sorted place where the section is sorted, otherwise to the
//! end.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use bomtrail_version::{Scheme, compare};
use foldhash::fast::RandomState;

use super::tree::{List, Node, Object};
use crate::key::{Key, Stated};

/// A section while entries are added.
pub(super) struct Section<'a, 't> {
    object: &'a mut Object<'t>,
    /// The position of the entry of each package. Two spellings of one package are one.
    known: HashMap<Stated, usize, RandomState>,
    was_sorted: bool,
}

impl<'a, 't> Section<'a, 't> {
    pub(super) fn of(object: &'a mut Object<'t>) -> Self {
        let stated = object.members.iter().map(|it| Stated::parse(it.key()).ok());
        let known = stated.enumerate().filter_map(|(at, it)| Some((it?, at)));
        Self {
            known: known.collect(),
            was_sorted: object.members.is_sorted_by(|a, b| a.key() <= b.key()),
            object,
        }
    }

    /// The value of a package's entry, if it has one.
    pub(super) fn find(&mut self, stated: &Stated) -> Option<&mut Node<'t>> {
        let at = *self.known.get(stated)?;
        self.object.members.get_mut(at).map(|it| &mut it.value)
    }

    /// The value of a package's entry; a new one is `new`.
    pub(super) fn entry(
        &mut self,
        stated: &Stated,
        name: &str,
        new: fn() -> Node<'t>,
    ) -> Option<&mut Node<'t>> {
        let members = self.object.members.len();
        let at = *self.known.entry(stated.clone()).or_insert(members);
        if at == members {
            self.object.push(name, new());
        }
        self.object.members.get_mut(at).map(|it| &mut it.value)
    }

    /// The versions of a package, which are made if needed.
    pub(super) fn versions(&mut self, stated: &Stated, name: &str) -> Option<&mut List<'t>> {
        match self.entry(stated, name, || Node::List(List::default())) {
            Some(Node::List(list)) => Some(list),
            _ => None,
        }
    }

    /// The object of a package, which is made if needed.
    pub(super) fn object(&mut self, stated: &Stated, name: &str) -> Option<&mut Object<'t>> {
        match self.entry(stated, name, || Node::Object(Object::default())) {
            Some(Node::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// Moves new entries to their sorted places.
    pub(super) fn finish(self) {
        if self.was_sorted {
            self.object.sort();
        }
    }
}

/// Adds versions of a package that a list of them lacks; a sorted list stays sorted.
pub(super) fn add_versions<T: AsRef<str>>(versions: &mut List<'_>, key: &Key, more: &[T]) {
    if let ([], [only]) = (versions.items.as_slice(), more) {
        return versions.push(Node::text(only.as_ref()));
    }
    let order = by_version(key);
    let texts = versions.items.iter().filter_map(|it| it.value.as_text());
    let is_sorted = texts.clone().is_sorted_by(|a, b| order(a, b).is_le());
    let mut known: HashSet<String> = texts.map(str::to_owned).collect();
    let before = versions.items.len();
    for version in more {
        if known.insert(version.as_ref().to_owned()) {
            versions.push(Node::text(version.as_ref()));
        }
    }
    if is_sorted && versions.items.len() > before {
        versions.sort_by(order);
    }
}

/// The order of the versions of a package.
pub(super) fn by_version(key: &Key) -> impl Fn(&str, &str) -> Ordering + use<> {
    let scheme = Scheme::of_type(key.package_type());
    move |a, b| compare(scheme, a, b)
}
