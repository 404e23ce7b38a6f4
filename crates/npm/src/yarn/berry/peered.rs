//! What each entry requires, and its peers, with numbers in place of names.

use super::keys::{Keys, Number};
use super::locator::Locator;
use super::names::{Name, Names, Sorted};
use crate::yarn::records::Record;

/// A requirement with the entry that serves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Requirement {
    pub(super) name: Name,
    package: u32,
}

impl Requirement {
    /// The number of the entry.
    pub(super) fn package(self) -> usize {
        self.package as usize
    }
}

/// A peer that an entry lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: Name,
    /// The place of its range in the list of the entry.
    pub(super) place: usize,
    /// Whether the entry marks it as optional.
    pub(super) is_optional: bool,
}

/// A list for each entry, all in one.
#[derive(Debug)]
pub(super) struct Lists<T> {
    all: Vec<T>,
    /// Where the list of each entry ends.
    ends: Vec<u32>,
}

impl<T> Lists<T> {
    fn new() -> Self {
        Self {
            all: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Ends the list of an entry.
    fn end(&mut self) {
        let end = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
    }

    fn of(&self, entry: usize) -> &[T] {
        let before = entry.checked_sub(1).and_then(|it| self.ends.get(it));
        let start = before.copied().unwrap_or_default() as usize;
        let end = self.ends.get(entry).copied().unwrap_or_default() as usize;
        self.all.get(start..end).unwrap_or_default()
    }
}

/// What the entries require, while they are connected one after another.
pub(super) struct Requirements<'p> {
    /// How many names the keys have.
    known: usize,
    found: Lists<(Number, u32)>,
    /// Names that no key has; their numbers follow those of the keys.
    others: Vec<&'p str>,
}

impl<'p> Requirements<'p> {
    /// Nothing yet, with room for this many.
    pub(super) fn new(keys: &Keys<'p>, count: usize) -> Self {
        let mut found = Lists::new();
        found.all.reserve_exact(count);
        Self {
            known: keys.names().len(),
            found,
            others: Vec::new(),
        }
    }

    /// Adds what serves a name for the entry that is connected.
    pub(super) fn add(&mut self, name: &'p str, number: Option<Number>, served_by: usize) {
        let number = number.unwrap_or_else(|| {
            let next = self.known + self.others.len();
            self.others.push(name);
            Number::try_from(next).unwrap_or(Number::MAX)
        });
        let package = u32::try_from(served_by).unwrap_or(u32::MAX);
        self.found.all.push((number, package));
    }

    /// Goes on with the next entry.
    pub(super) fn end(&mut self) {
        self.found.end();
    }

    /// Forgets what was added.
    pub(super) fn clear(&mut self) {
        self.found.all.clear();
        self.found.ends.fill(0);
    }

    /// The numbers of the names that no key has.
    fn others(&self, names: &mut Names<'_, 'p>) -> Vec<Number> {
        self.others.iter().map(|it| names.number(it)).collect()
    }

    /// The requirements of each entry by name, each name once.
    fn sorted(self, others: &[Number], sorted: &Sorted<'p>) -> Lists<Requirement> {
        let mut lists = Lists::new();
        lists.all.reserve_exact(self.found.all.len());
        for entry in 0..self.found.ends.len() {
            let start = lists.all.len();
            for (number, package) in self.found.of(entry) {
                let other = (*number as usize).checked_sub(self.known);
                let number = other.and_then(|it| others.get(it)).unwrap_or(number);
                let (name, package) = (sorted.name(*number), *package);
                lists.all.push(Requirement { name, package });
            }
            // Yarn writes them in this order.
            let added = lists.all.get(start..).unwrap_or_default();
            if !added.is_sorted_by(|a, b| a.name < b.name) {
                let mut added = lists.all.split_off(start);
                // Of several entries for one name, the last one counts.
                added.reverse();
                added.sort_by_key(|it| it.name);
                added.dedup_by_key(|it| it.name);
                lists.all.append(&mut added);
            }
            lists.end();
        }
        lists
    }
}

/// All entries, for their peers.
pub(super) struct Peered<'p> {
    located: &'p [Option<Locator<'p>>],
    names: Sorted<'p>,
    requirements: Lists<Requirement>,
    listed: Lists<Listed>,
    peers: Lists<Name>,
}

impl<'p> Peered<'p> {
    pub(super) fn new(
        requirements: Requirements<'p>,
        keys: &Keys<'p>,
        records: &'p [Record<'p>],
        located: &'p [Option<Locator<'p>>],
    ) -> Self {
        let mut names = Names::new(keys);
        let others = requirements.others(&mut names);
        let mut stated: Vec<Number> = Vec::new();
        for (record, locator) in records.iter().zip(located) {
            let peers = record.peer_dependencies.iter().map(|(name, _)| name);
            stated.extend(
                peers
                    .chain(&record.optional_peers)
                    .map(|it| names.number(it)),
            );
            if let Some(locator) = locator.as_ref().filter(|it| it.name.starts_with(TYPES)) {
                names.number(&locator.name);
            }
        }
        let sorted = names.sorted();
        let requirements = requirements.sorted(&others, &sorted);
        let mut peered = Self {
            located,
            names: sorted,
            requirements,
            listed: Lists::new(),
            peers: Lists::new(),
        };
        peered.add_peers(records, &stated, &names);
        peered
    }

    /// Adds the peers of all entries; `stated` has the number of each name that an entry lists, and then of each that it marks as
    /// optional.
    fn add_peers(&mut self, records: &[Record<'p>], stated: &[Number], names: &Names<'_, 'p>) {
        let mut stated = stated.iter().map(|it| self.names.name(*it));
        let mut types: Vec<Option<Option<Name>>> = vec![None; self.names.len()];
        let (mut here, mut marked) = (Vec::new(), Vec::new());
        for (record, entry) in records.iter().zip(0..) {
            here.clear();
            here.extend(
                stated
                    .by_ref()
                    .take(record.peer_dependencies.len())
                    .zip(0_usize..),
            );
            marked.clear();
            marked.extend(stated.by_ref().take(record.optional_peers.len()));
            let mut optional = marked.clone();
            optional.sort_unstable();
            // Of several ranges of one name, the last one counts.
            here.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
            here.dedup_by_key(|it| it.0);
            let listed = here.iter().map(|(name, place)| Listed {
                name: *name,
                place: *place,
                is_optional: optional.binary_search(name).is_ok(),
            });
            self.listed.all.extend(listed);
            self.listed.end();
            self.peers.all.extend(here.iter().map(|it| it.0));
            // A name that is only marked as optional is a peer of any version, and each peer has its types as another one.
            // Types that nothing is called by change nothing.
            for (name, _) in &here {
                let slot = types.get_mut(*name as usize);
                let of_name = || types_of(self.names.text(*name));
                let number = || names.get(&of_name()?).map(|it| self.names.name(it));
                marked.extend(slot.and_then(|it| *it.get_or_insert_with(number)));
            }
            let is_implied = |name: &Name| {
                let is_listed = here.binary_search_by_key(name, |it| it.0).is_ok();
                !is_listed && find(self.requirements.of(entry), *name).is_none()
            };
            self.peers
                .all
                .extend(marked.iter().copied().filter(is_implied));
            self.peers.end();
        }
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.located.len()
    }

    /// What an entry requires, by name.
    pub(super) fn requirements(&self, package: usize) -> &[Requirement] {
        self.requirements.of(package)
    }

    /// The entry that serves a requirement of another one.
    pub(super) fn requirement(&self, package: usize, name: Name) -> Option<usize> {
        find(self.requirements.of(package), name)
    }

    /// The peers that an entry lists, by name.
    pub(super) fn listed(&self, package: usize) -> &[Listed] {
        self.listed.of(package)
    }

    /// All peers of an entry: first those that it lists, then those which pass on what serves the peers of others.
    pub(super) fn peers(&self, package: usize) -> &[Name] {
        self.peers.of(package)
    }

    pub(super) fn text(&self, name: Name) -> &'p str {
        self.names.text(name)
    }

    /// True for the name of the package that an entry is about.
    pub(super) fn is_named(&self, package: usize, name: Name) -> bool {
        let locator = self.located.get(package).and_then(Option::as_ref);
        locator.map_or("", |it| &it.name) == self.text(name)
    }
}

fn find(requirements: &[Requirement], name: Name) -> Option<usize> {
    let found = requirements
        .binary_search_by_key(&name, |it| it.name)
        .ok()?;
    requirements.get(found).map(|it| it.package())
}

/// What the names of packages with types begin with.
const TYPES: &str = "@types/";

/// The package with the types of a peer, which Yarn takes as a peer too.
fn types_of(name: &str) -> Option<String> {
    let bare = match name.strip_prefix('@') {
        Some(_) if name.starts_with(TYPES) => return None,
        Some(scoped) => scoped.replacen('/', "__", 1),
        None => name.to_owned(),
    };
    Some([TYPES, &bare].concat())
}
