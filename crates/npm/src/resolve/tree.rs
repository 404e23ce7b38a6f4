//! The places of packages, and what a name resolves to from there: npm's walk up the `node_modules` folders.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::hint::black_box;

use foldhash::fast::RandomState;

use crate::paths;
use crate::resolve::lookup::Lookup;
use crate::resolve::number::MaybeNumber;

/// Number of an entry.
pub(crate) type Index = u32;

/// One place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spot {
    /// The nearest place above that is an entry.
    parent: MaybeNumber,
    /// True when it is in the `node_modules` folder of its parent.
    child: bool,
    link: bool,
    /// True when something is in its own `node_modules`. Most have nothing there, and need no look-up.
    holds: bool,
    /// The name of what is in a `node_modules`, which its location ends with; empty for anything else.
    name: Name,
}

/// A name, by its place in [`Tree::names`].
#[derive(Clone, Copy, Debug, Default)]
struct Name {
    start: u32,
    /// In bytes.
    length: u32,
}

/// The places of a lockfile. Numbers are positions in the list it was made of; a later entry of a location hides an earlier.
pub(crate) struct Tree<'t> {
    spots: Vec<Spot>,
    /// True for each entry with a later one of the same location.
    hidden: Vec<bool>,
    locations: Vec<&'t str>,
    by_location: Lookup,
    children: Lookup,
    /// The names of all entries, one after the other. In the lockfile they are far apart, and every look-up compares one.
    names: Vec<u8>,
    stores: HashMap<&'t str, Index, RandomState>,
    /// The targets of links.
    targets: HashMap<Index, Index, RandomState>,
    hashes: RandomState,
}

/// The folder that the entry before is in, and its number: many entries are in one folder.
type Above<'t> = Option<(&'t str, Index)>;

/// How many entries are put into a table together.
const BLOCK: usize = 64;

/// The number of entries from which on they do not fit into what the processor has at hand.
const LARGE: usize = 50_000;

/// A name that is looked for in the `node_modules` of an entry.
#[derive(Clone, Copy)]
pub(crate) struct Sought<'n> {
    name: &'n str,
    hash: u64,
    /// The nearest entry that has a `node_modules`.
    holder: Option<Index>,
}

impl<'t> Tree<'t> {
    /// Places every `(location, is link)`.
    pub(crate) fn new(places: impl Iterator<Item = (&'t str, bool)> + Clone) -> Self {
        let locations: Vec<&'t str> = places.clone().map(|(location, _)| location).collect();
        let count = locations.len();
        let mut tree = Self {
            spots: Vec::with_capacity(count),
            hidden: vec![false; count],
            by_location: Lookup::with_room(count),
            children: Lookup::with_room(count),
            // What is not used of it is never in memory.
            names: Vec::with_capacity(locations.iter().map(|it| it.len()).sum()),
            locations,
            stores: HashMap::default(),
            targets: HashMap::default(),
            hashes: RandomState::default(),
        };
        let mut folders = Vec::with_capacity(count);
        let mut new = Vec::with_capacity(BLOCK);
        for ((location, link), index) in places.clone().zip(0..) {
            if new.is_empty() {
                tree.read_locations_ahead(folders.len());
            }
            // A location is read once: a million of them do not stay at hand.
            let split = paths::split_modules(location);
            let named = split.and_then(|(above, name)| {
                let hash = tree.hashes.hash_one(name);
                Some(((above, hash), tree.keep(name)?))
            });
            folders.push(named.map(|(folder, _)| folder));
            tree.spots.push(Spot {
                link,
                name: named.map(|(_, name)| name).unwrap_or_default(),
                ..Spot::default()
            });
            new.push((tree.hashes.hash_one(location), index));
            if new.len() == BLOCK {
                tree.add_locations(&mut new);
            }
        }
        tree.add_locations(&mut new);
        let mut above = Above::default();
        for (((location, _), folder), index) in places.zip(folders).zip(0..) {
            if !tree.is_hidden(index) {
                let child = tree.attach(location, (index, folder), &mut above);
                new.extend(child.map(|hash| (hash, index)));
            }
            if new.len() == BLOCK {
                tree.add_children(&mut new);
            }
        }
        tree.add_children(&mut new);
        tree
    }

    /// Reads the locations of a block, one byte of each, whose value means nothing: they are far apart in the lockfile.
    fn read_locations_ahead(&self, start: usize) {
        if self.is_large() {
            let block = self.locations.iter().skip(start).take(BLOCK);
            let read = block.filter_map(|it| it.as_bytes().last());
            black_box(read.fold(0, |all, byte| all ^ byte));
        }
    }

    /// Keeps a name.
    fn keep(&mut self, name: &str) -> Option<Name> {
        let start = u32::try_from(self.names.len()).ok()?;
        let length = u32::try_from(name.len()).ok()?;
        self.names.extend_from_slice(name.as_bytes());
        Some(Name { start, length })
    }

    /// Makes entries known by their locations, in order.
    fn add_locations(&mut self, new: &mut Vec<(u64, Index)>) {
        self.by_location
            .read_ahead(new.iter().map(|(hash, _)| *hash));
        for (hash, index) in new.drain(..) {
            let location = self.locations.get(index as usize);
            let is_same = |it: Index| self.locations.get(it as usize) == location;
            let earlier = self.by_location.insert(hash, index, is_same);
            if let Some(slot) = earlier.and_then(|it| self.hidden.get_mut(it as usize)) {
                *slot = true;
            }
        }
    }

    /// Makes entries known by their names in the `node_modules` of their parents, in order.
    fn add_children(&mut self, new: &mut Vec<(u64, Index)>) {
        self.children.read_ahead(new.iter().map(|(hash, _)| *hash));
        for (hash, index) in new.drain(..) {
            let (spots, names) = (&self.spots, &self.names);
            let own = child(spots, names, index);
            let is_same = |it| child(spots, names, it) == own;
            self.children.insert(hash, index, is_same);
        }
    }

    /// Finds the parent of a place. The folder is the one whose `node_modules` it is in, and comes with the hash of its name. The
    /// result is the hash of a child of that parent.
    fn attach(
        &mut self,
        location: &'t str,
        (index, folder): (Index, Option<(&'t str, u64)>),
        last: &mut Above<'t>,
    ) -> Option<u64> {
        if let Some((above, name)) = folder
            && let Some(parent) = self.parent_at(index, above, last)
        {
            if let Some(spot) = self.spots.get_mut(parent as usize) {
                spot.holds = true;
            }
            self.set(
                index,
                Spot {
                    parent: Some(parent).into(),
                    child: true,
                    ..self.spot(index)
                },
            );
            return Some(child_hash(parent, name));
        }
        let mut above = paths::parent(location);
        while let Some(location) = above {
            if let Some(parent) = self.real(location) {
                self.set(
                    index,
                    Spot {
                        parent: Some(parent).into(),
                        ..self.spot(index)
                    },
                );
                return None;
            }
            above = paths::parent(location);
        }
        None
    }

    /// The entry, or the folder in a store, whose `node_modules` an entry is in.
    fn parent_at(&mut self, of: Index, above: &'t str, last: &mut Above<'t>) -> Option<Index> {
        if let Some((folder, index)) = last
            && *folder == above
        {
            return Some(*index);
        }
        let near = self.parent_near(of, above).or_else(|| self.real(above));
        let index = near.or_else(|| self.stored(above))?;
        *last = Some((above, index));
        Some(index)
    }

    /// The entry at a location among the entry before this one and what that one is in: npm sorts entries by their locations.
    fn parent_near(&self, of: Index, above: &str) -> Option<Index> {
        let mut near = of.checked_sub(1);
        while let Some(index) = near {
            let location = self.locations.get(index as usize)?;
            if location.len() <= above.len() {
                let is_there = *location == above && !self.is_hidden(index) && !self.is_link(index);
                return is_there.then_some(index);
            }
            near = self.spot(index).parent.get();
        }
        None
    }

    /// The folder of one package in a store (`node_modules/.store/x` of npm's linked installs, `node_modules/.pnpm/x`): no entry,
    /// but a place whose `node_modules` holds the package next to links to its dependencies.
    fn stored(&mut self, folder: &'t str) -> Option<Index> {
        let above = paths::above_store(folder)?;
        if let Some(known) = self.stores.get(folder) {
            return Some(*known);
        }
        let index = Index::try_from(self.spots.len()).ok()?;
        let parent = self.real(above);
        self.spots.push(Spot {
            parent: parent.into(),
            ..Spot::default()
        });
        self.stores.insert(folder, index);
        Some(index)
    }

    /// The entry at a location, unless it is a link.
    fn real(&self, location: &str) -> Option<Index> {
        let mut alike = self.by_location.alike(self.hashes.hash_one(location));
        let found = alike.find(|it| self.locations.get(*it as usize) == Some(&location));
        found.filter(|index| !self.spot(*index).link)
    }

    fn spot(&self, index: Index) -> Spot {
        self.spots.get(index as usize).copied().unwrap_or_default()
    }

    fn set(&mut self, index: Index, spot: Spot) {
        if let Some(slot) = self.spots.get_mut(index as usize) {
            *slot = spot;
        }
    }

    /// Sets the target of a link; false when no entry has the location, or that entry is a link itself.
    pub(crate) fn aim(&mut self, link: Index, location: &str) -> bool {
        let target = self.real(location);
        self.targets.extend(target.map(|it| (link, it)));
        target.is_some()
    }

    /// Forgets what only looking up locations needs.
    pub(crate) fn forget_locations(&mut self) {
        self.by_location = Lookup::default();
    }

    /// Forgets what only looking up locations and names needs.
    pub(crate) fn forget_names(&mut self) {
        self.forget_locations();
        self.locations = Vec::new();
        self.names = Vec::new();
        self.children = Lookup::default();
        self.stores = HashMap::default();
    }

    /// The entry of a location, unless it is a link.
    pub(crate) fn at(&self, location: &str) -> Option<Index> {
        self.real(location)
    }

    /// True when a later entry has the same location, and counts.
    pub(crate) fn is_hidden(&self, index: Index) -> bool {
        self.hidden.get(index as usize) == Some(&true)
    }

    /// True for the project root, workspaces and other link targets: every package that is in no `node_modules` of another one.
    pub(crate) fn is_top(&self, index: Index) -> bool {
        !self.spot(index).child
    }

    /// True for a link.
    pub(crate) fn is_link(&self, index: Index) -> bool {
        self.spot(index).link
    }

    /// The name of an entry by its place, which is its location.
    pub(crate) fn folder_name<'l>(&self, index: Index, location: &'l str) -> &'l str {
        let spot = self.spot(index);
        let name = name_of(location, spot.name.length).filter(|_| spot.child);
        name.unwrap_or_else(|| paths::folder_name(location))
    }

    /// The entry that holds this one in its `node_modules`.
    pub(crate) fn parent(&self, index: Index) -> Option<Index> {
        let spot = self.spot(index);
        spot.parent.get().filter(|_| spot.child)
    }

    /// The number of `node_modules` folders that an entry is in.
    pub(crate) fn depth(&self, index: Index) -> usize {
        let above = std::iter::successors(Some(index), |it| self.parent(*it));
        above.count()
    }

    /// The entry of that name in an entry's own `node_modules`.
    pub(crate) fn child(&self, index: Index, name: &str) -> Option<Index> {
        self.child_of_hash(index, name, self.hashes.hash_one(name))
    }

    fn child_of_hash(&self, parent: Index, name: &str, hash: u64) -> Option<Index> {
        let mut alike = self.children.alike(child_hash(parent, hash));
        let sought = Some((parent, name.as_bytes()));
        alike.find(|it| child(&self.spots, &self.names, *it) == sought)
    }

    /// The entries in the `node_modules` of each entry.
    pub(crate) fn children_of_each(&self) -> Vec<Vec<Index>> {
        let mut children = vec![Vec::new(); self.spots.len()];
        for (spot, index) in self.spots.iter().zip(0..) {
            let parent = spot.parent.get().filter(|_| spot.child);
            if let Some(slot) = parent.and_then(|it| children.get_mut(it as usize)) {
                slot.push(index);
            }
        }
        children
    }

    /// Where a link leads; any other entry leads to itself. `None` for a link to nowhere.
    pub(crate) fn target(&self, index: Index) -> Option<Index> {
        if self.is_link(index) {
            self.targets.get(&index).copied()
        } else {
            Some(index)
        }
    }

    /// The entry that `name` resolves to from `from`, which may be a link.
    pub(crate) fn resolve(&self, from: Index, name: &str) -> Option<Index> {
        self.find(self.sought(self.holder(from), name))
    }

    /// The nearest entry, beginning with `from`, that has something in its own `node_modules`.
    pub(crate) fn holder(&self, from: Index) -> Option<Index> {
        let mut here = Some(from);
        while let Some(index) = here {
            let spot = self.spot(index);
            if spot.holds {
                return here;
            }
            // Parents are shorter locations, so this ends.
            here = spot.parent.get();
        }
        None
    }

    /// The next one above an entry.
    fn holder_above(&self, index: Index) -> Option<Index> {
        self.holder(self.spot(index).parent.get()?)
    }

    /// A name that is looked for from `holder` on.
    pub(crate) fn sought<'n>(&self, holder: Option<Index>, name: &'n str) -> Sought<'n> {
        Sought {
            name,
            hash: self.hashes.hash_one(name),
            holder,
        }
    }

    /// Reads the first slots that names may be in. Each look-up decides by what it finds there, and the processor waits for a slot
    /// that such a decision needs; here it waits for many at a time.
    pub(crate) fn read_slots_ahead(&self, sought: &[Sought<'_>]) {
        let hashes = sought.iter().flat_map(|it| {
            // Nearly all names are found in the nearest or the next `node_modules`.
            let holders = [it.holder, it.holder.and_then(|it| self.holder_above(it))];
            holders
                .into_iter()
                .flatten()
                .map(|holder| child_hash(holder, it.hash))
        });
        self.children.read_ahead(hashes);
    }

    /// The entry that a name most likely leads to, by its hash alone.
    pub(crate) fn guess(&self, sought: Sought<'_>) -> Option<Index> {
        self.nearest(sought, |holder| {
            let hash = child_hash(holder, sought.hash);
            self.children.alike(hash).next()
        })
    }

    /// True when look-ups wait for memory.
    pub(crate) fn is_large(&self) -> bool {
        self.locations.len() >= LARGE
    }

    /// Reads what the comparison of names will read: one byte of each, whose value means nothing.
    pub(crate) fn touch(&self, index: Index) -> Option<u8> {
        let name = self.spots.get(index as usize)?.name;
        let first = self.names.get(name.start as usize)?;
        let last = self
            .names
            .get((name.start + name.length.saturating_sub(1)) as usize)?;
        Some(first ^ last)
    }

    /// The entry that a name leads to.
    pub(crate) fn find(&self, sought: Sought<'_>) -> Option<Index> {
        self.nearest(sought, |holder| {
            self.child_of_hash(holder, sought.name, sought.hash)
        })
    }

    /// What the nearest entry with a `node_modules` has, from the one on where a name is looked for.
    #[inline]
    fn nearest(&self, sought: Sought<'_>, of: impl Fn(Index) -> Option<Index>) -> Option<Index> {
        let mut here = sought.holder;
        while let Some(index) = here {
            let found = of(index);
            if found.is_some() {
                return found;
            }
            here = self.holder_above(index);
        }
        None
    }
}

/// The name of this length that a location ends with; `None` without a name.
fn name_of(location: &str, length: u32) -> Option<&str> {
    let at = location.len().checked_sub(length as usize)?;
    location.get(at..).filter(|it| !it.is_empty())
}

/// The hash of a name in the `node_modules` of an entry.
fn child_hash(parent: Index, name: u64) -> u64 {
    name ^ (u64::from(parent) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The parent of an entry that is in the `node_modules` of another one, and its name there.
fn child<'n>(spots: &[Spot], names: &'n [u8], index: Index) -> Option<(Index, &'n [u8])> {
    let spot = spots.get(index as usize).filter(|it| it.child)?;
    let start = spot.name.start as usize;
    let name = names.get(start..start + spot.name.length as usize)?;
    Some((spot.parent.get()?, name))
}
