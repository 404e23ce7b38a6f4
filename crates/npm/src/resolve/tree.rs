//! The places of packages, and what a name resolves to from there: npm's walk up the `node_modules` folders.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::paths;

/// Number of an entry.
pub(crate) type Index = u32;

/// One place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spot {
    /// The nearest place above that is an entry.
    parent: Option<Index>,
    /// True when it is in the `node_modules` folder of its parent.
    child: bool,
    /// The target of a link.
    target: Option<Index>,
    link: bool,
    /// True when something is in its own `node_modules`. Most have nothing there, and need no look-up.
    holds: bool,
}

/// The places of a lockfile. Numbers are positions in the list it was made of; a later entry of a location hides an earlier.
pub(crate) struct Tree<'t> {
    spots: Vec<Spot>,
    /// True for each entry with a later one of the same location.
    hidden: Vec<bool>,
    by_location: HashMap<&'t str, Index, RandomState>,
    children: HashMap<(Index, &'t str), Index, RandomState>,
    stores: HashMap<&'t str, Index, RandomState>,
}

impl<'t> Tree<'t> {
    /// Places every `(location, is link)`.
    pub(crate) fn new(places: impl ExactSizeIterator<Item = (&'t str, bool)> + Clone) -> Self {
        let mut by_location =
            HashMap::with_capacity_and_hasher(places.len(), RandomState::default());
        let mut spots = Vec::with_capacity(places.len());
        let mut hidden = vec![false; places.len()];
        for ((location, link), index) in places.clone().zip(0..) {
            spots.push(Spot {
                link,
                ..Spot::default()
            });
            let earlier: Option<Index> = by_location.insert(location, index);
            if let Some(slot) = earlier.and_then(|it| hidden.get_mut(it as usize)) {
                *slot = true;
            }
        }
        let mut tree = Self {
            spots,
            hidden,
            by_location,
            children: HashMap::default(),
            stores: HashMap::default(),
        };
        tree.children.reserve(places.len());
        for ((location, _), index) in places.zip(0..) {
            if !tree.is_hidden(index) {
                tree.attach(location, index);
            }
        }
        tree
    }

    fn attach(&mut self, location: &'t str, index: Index) {
        let modules = paths::split_modules(location);
        if let Some((above, name)) = modules
            && let Some(parent) = self.real(above).or_else(|| self.stored(above))
        {
            self.children.insert((parent, name), index);
            if let Some(spot) = self.spots.get_mut(parent as usize) {
                spot.holds = true;
            }
            self.set(
                index,
                Spot {
                    parent: Some(parent),
                    child: true,
                    ..self.spot(index)
                },
            );
            return;
        }
        let mut above = paths::parent(location);
        while let Some(location) = above {
            if let Some(parent) = self.real(location) {
                self.set(
                    index,
                    Spot {
                        parent: Some(parent),
                        ..self.spot(index)
                    },
                );
                return;
            }
            above = paths::parent(location);
        }
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
            parent,
            ..Spot::default()
        });
        self.stores.insert(folder, index);
        Some(index)
    }

    /// The entry at a location, unless it is a link.
    fn real(&self, location: &str) -> Option<Index> {
        self.by_location
            .get(location)
            .copied()
            .filter(|index| !self.spot(*index).link)
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
        self.set(
            link,
            Spot {
                target,
                ..self.spot(link)
            },
        );
        target.is_some()
    }

    /// Forgets what only looking up locations and names needs.
    pub(crate) fn forget_names(&mut self) {
        self.by_location = HashMap::default();
        self.children = HashMap::default();
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

    /// The entry that holds this one in its `node_modules`.
    pub(crate) fn parent(&self, index: Index) -> Option<Index> {
        let spot = self.spot(index);
        spot.parent.filter(|_| spot.child)
    }

    /// The number of `node_modules` folders that an entry is in.
    pub(crate) fn depth(&self, index: Index) -> usize {
        let above = std::iter::successors(Some(index), |it| self.parent(*it));
        above.count()
    }

    /// The entry of that name in an entry's own `node_modules`.
    pub(crate) fn child(&self, index: Index, name: &str) -> Option<Index> {
        self.children.get(&(index, name)).copied()
    }

    /// The entries in the `node_modules` of each entry.
    pub(crate) fn children_of_each(&self) -> Vec<Vec<Index>> {
        let mut children = vec![Vec::new(); self.spots.len()];
        for (spot, index) in self.spots.iter().zip(0..) {
            let parent = spot.parent.filter(|_| spot.child);
            if let Some(slot) = parent.and_then(|it| children.get_mut(it as usize)) {
                slot.push(index);
            }
        }
        children
    }

    /// Where a link leads; any other entry leads to itself. `None` for a link to nowhere.
    pub(crate) fn target(&self, index: Index) -> Option<Index> {
        let spot = self.spot(index);
        if spot.link { spot.target } else { Some(index) }
    }

    /// The entry that `name` resolves to from `from`, which may be a link.
    pub(crate) fn resolve(&self, from: Index, name: &str) -> Option<Index> {
        let mut here = Some(from);
        while let Some(index) = here {
            let spot = self.spot(index);
            if spot.holds
                && let Some(found) = self.children.get(&(index, name))
            {
                return Some(*found);
            }
            // Parents are shorter locations, so this ends.
            here = spot.parent;
        }
        None
    }
}
