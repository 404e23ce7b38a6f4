//! The entries of a lockfile by number, each with its place.

use crate::lockfile::chunks::Chunks;
use crate::package::entry::{Entry, EntryFlags};
use crate::package::value::Str;
use crate::paths;
use crate::resolve::tree::Index;

/// Entries in the order of the file. What only a few of them have is noted when one is added, and its text at hand: a million
/// entries are not read again to find those few.
#[derive(Debug, Default)]
pub(crate) struct Entries<'a> {
    locations: Vec<Str<'a>>,
    list: Chunks<Entry<'a>>,
    links: Vec<Index>,
    has_unusual_place: bool,
    has_faults: bool,
}

/// The parts of [`Entries`] that stay when no entry is added any more.
pub(crate) struct Parts<'a> {
    /// The places of the entries, by number.
    pub(crate) locations: Vec<Str<'a>>,
    /// The entries, by number.
    pub(crate) entries: Chunks<Entry<'a>>,
    /// The numbers of the links.
    pub(crate) links: Vec<Index>,
}

impl<'a> Entries<'a> {
    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.locations.len()
    }

    /// True for a list of many entries.
    pub(crate) fn is_long(&self) -> bool {
        self.list.is_long()
    }

    /// Adds an entry at the end.
    pub(crate) fn push(&mut self, location: Str<'a>, entry: Entry<'a>) {
        if entry.is(EntryFlags::LINK) {
            self.links.extend(Index::try_from(self.len()));
        }
        self.has_unusual_place |= !location.is_empty() && !paths::is_usual(&location);
        self.has_faults |= entry.has_faults();
        self.locations.push(location);
        self.list.push(entry);
    }

    /// The entry of a number.
    pub(crate) fn get(&self, index: Index) -> Option<&Entry<'a>> {
        self.list.get(index as usize)
    }

    /// The entry of a number, to be changed. Only [`Entries::push`] and [`Entries::unlink`] decide whether it is a link.
    pub(crate) fn get_mut(&mut self, index: Index) -> Option<&mut Entry<'a>> {
        self.list.get_mut(index as usize)
    }

    /// All entries, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Str<'a>, &Entry<'a>)> {
        self.locations.iter().zip(self.list.iter())
    }

    /// Their places, in order.
    pub(crate) fn locations(&self) -> &[Str<'a>] {
        &self.locations
    }

    /// The links, in order.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&Str<'a>, &Entry<'a>)> {
        self.links.iter().filter_map(|it| {
            let location = self.locations.get(*it as usize)?;
            Some((location, self.get(*it)?))
        })
    }

    /// Makes an entry an ordinary one, not a link.
    pub(crate) fn unlink(&mut self, index: Index) {
        self.links.retain(|it| *it != index);
        if let Some(entry) = self.get_mut(index) {
            entry.bits.set(EntryFlags::LINK, false);
        }
    }

    /// True when a place is not usual (see [`paths::is_usual`]). That of the project itself is usual.
    pub(crate) fn has_unusual_place(&self) -> bool {
        self.has_unusual_place
    }

    /// Replaces an entry by what `make` makes of it. Neither is a link.
    pub(crate) fn replace(&mut self, index: Index, make: impl FnOnce(Entry<'a>) -> Entry<'a>) {
        if let Some(slot) = self.list.get_mut(index as usize) {
            *slot = make(std::mem::take(slot));
            self.has_faults |= slot.has_faults();
        }
    }

    /// The entries with faults, in order.
    pub(crate) fn faulty(&self) -> impl Iterator<Item = (&Str<'a>, &Entry<'a>)> {
        let all = self.has_faults.then(|| self.iter());
        all.into_iter()
            .flatten()
            .filter(|(_, entry)| entry.has_faults())
    }

    /// The parts that stay.
    pub(crate) fn into_parts(self) -> Parts<'a> {
        let Self {
            locations,
            list,
            links,
            ..
        } = self;
        Parts {
            locations,
            entries: list,
            links,
        }
    }
}

impl<'a> FromIterator<(Str<'a>, Entry<'a>)> for Entries<'a> {
    fn from_iter<I: IntoIterator<Item = (Str<'a>, Entry<'a>)>>(entries: I) -> Self {
        let mut all = Self::default();
        for (location, entry) in entries {
            all.push(location, entry);
        }
        all
    }
}

impl<'a> IntoIterator for Entries<'a> {
    type Item = (Str<'a>, Entry<'a>);
    type IntoIter =
        std::iter::Zip<std::vec::IntoIter<Str<'a>>, <Chunks<Entry<'a>> as IntoIterator>::IntoIter>;

    fn into_iter(self) -> Self::IntoIter {
        self.locations.into_iter().zip(self.list)
    }
}
