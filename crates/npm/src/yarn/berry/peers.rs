//! The peers of each package, as Yarn finds them while it links.
//!
//! Yarn makes a copy of a package with peers for each package that requires it, and serves the peers of the copy with the
//! requirements, the peers, or the name of what requires it. Copies whose requirements lead to the same packages are one: the
//! first one stays. Which one is first depends on the order: workspaces by folder, requirements by name, and packages without
//! peers before those with peers.

use std::collections::{HashMap, HashSet, VecDeque};

use foldhash::fast::RandomState;

use super::names::Name;
use super::peered::{Peered, Requirement};

/// The most copies that are made; a project with more of them has its peers left open.
const MOST_COPIES: usize = 1_000_000;

/// The most names that are looked up.
const MOST_LOOKUPS: usize = 50_000_000;

/// How deep copies may require each other. Yarn refuses deeper ones.
const DEEPEST: usize = 1000;

/// What serves one peer of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Service {
    pub(super) package: usize,
    /// The place of the peer in the list of the package's peers.
    pub(super) peer: usize,
    /// The package that serves it.
    pub(super) by: usize,
}

/// What serves the peers of all packages, sorted; `None` when there is too much of it. `workspaces` has the root and the
/// workspaces in the order in which Yarn links them.
pub(super) fn resolve(packages: &Peered<'_>, workspaces: &[usize]) -> Option<Vec<Service>> {
    let mut linking = Linking::new(packages);
    for workspace in workspaces {
        linking.link(*workspace)?;
    }
    let mut found = Vec::new();
    for copy in linking.copies.iter().filter(|it| it.same_as.is_none()) {
        let listed = packages.listed(copy.package).len();
        for (peer, served) in linking.served_of(copy).iter().enumerate().take(listed) {
            if let Served::By(target) = served {
                found.push(Service {
                    package: copy.package,
                    peer,
                    by: linking.package_of(linking.resolved(*target)),
                });
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// What a package or a copy of one is: a position in the packages, or after them one in the copies.
type Id = usize;

/// What serves a peer of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Served {
    Nothing,
    /// What the package requires itself, where nothing else serves the peer: this copy does not have the peer.
    Itself,
    By(Id),
}

/// A copy of a package with peers.
struct Copy {
    package: usize,
    /// Where in [`Linking::served`] begins what serves its peers, in the order of [`Peered::peers`].
    first: usize,
    /// The copy that is used instead.
    same_as: Option<Id>,
    is_linked: bool,
    /// Copies with a peer that this one serves.
    serves: Vec<Id>,
}

/// What makes two copies of a package one: where their requirements with the names of peers lead.
type Likeness = (usize, Vec<Option<(Id, bool)>>);

struct Linking<'l, 'p> {
    packages: &'l Peered<'p>,
    /// The packages without peers, and the workspaces, that were linked.
    linked: Vec<bool>,
    copies: Vec<Copy>,
    /// What serves the peers of all copies.
    served: Vec<Served>,
    alike: HashMap<Likeness, Id, RandomState>,
    lookups: usize,
}

/// A package or a copy whose requirements are being linked.
struct Frame {
    id: Id,
    /// Its requirements without peers come first.
    plain: Vec<usize>,
    peered: Vec<Requirement>,
    /// The copies that were made for it, once they were made.
    copies: Option<Vec<Id>>,
}

impl<'l, 'p> Linking<'l, 'p> {
    fn new(packages: &'l Peered<'p>) -> Self {
        Self {
            packages,
            linked: vec![false; packages.len()],
            copies: Vec::new(),
            served: Vec::new(),
            alike: HashMap::default(),
            lookups: 0,
        }
    }

    fn copy(&self, id: Id) -> Option<&Copy> {
        self.copies.get(id.checked_sub(self.packages.len())?)
    }

    fn copy_mut(&mut self, id: Id) -> Option<&mut Copy> {
        self.copies.get_mut(id.checked_sub(self.packages.len())?)
    }

    /// What serves each peer of a copy.
    fn served_of(&self, copy: &Copy) -> &[Served] {
        let length = self.packages.peers(copy.package).len();
        let all = self.served.get(copy.first..copy.first + length);
        all.unwrap_or_default()
    }

    fn package_of(&self, id: Id) -> usize {
        self.copy(id).map_or(id, |it| it.package)
    }

    /// The copy that is used instead of this one, if any.
    fn resolved(&self, mut id: Id) -> Id {
        while let Some(other) = self.copy(id).and_then(|it| it.same_as) {
            id = other;
        }
        id
    }

    /// Links a workspace and everything that it requires; `None` when there is too much of it.
    fn link(&mut self, top: usize) -> Option<()> {
        let mut open: Vec<Frame> = self.frame(top, top).into_iter().collect();
        while let Some(frame) = open.last_mut() {
            if let Some(next) = frame.plain.pop() {
                open.extend(self.frame(next, top));
            } else if let Some(copies) = &mut frame.copies {
                match copies.pop() {
                    Some(copy) => open.extend(self.frame(copy, top)),
                    None => drop(open.pop()),
                }
            } else {
                let (id, peered) = (frame.id, std::mem::take(&mut frame.peered));
                let mut copies = self.make_copies(id, &peered, top)?;
                copies.reverse();
                frame.copies = Some(copies);
            }
            if open.len() > DEEPEST
                || self.copies.len() > MOST_COPIES
                || self.lookups > MOST_LOOKUPS
            {
                return None;
            }
        }
        Some(())
    }

    /// The requirements of a package or copy; `None` if it was linked, or another copy is used.
    fn frame(&mut self, id: Id, top: usize) -> Option<Frame> {
        let is_linked = match self.copy_mut(id) {
            Some(copy) if copy.same_as.is_some() => return None,
            Some(copy) => &mut copy.is_linked,
            None => self.linked.get_mut(id)?,
        };
        if std::mem::replace(is_linked, true) {
            return None;
        }
        let required = self.packages.requirements(self.package_of(id));
        let mut plain = Vec::with_capacity(required.len());
        let mut peered = Vec::new();
        for it in required {
            // A requirement that is a peer of this copy too is served from outside, and is linked there.
            let is_outside = |served| served != Served::Itself;
            if id != top && self.peer(id, it.name).is_some_and(is_outside) {
                continue;
            }
            if self.packages.peers(it.package()).is_empty() {
                plain.push(it.package());
            } else {
                peered.push(*it);
            }
        }
        plain.reverse();
        let copies = None;
        Some(Frame {
            id,
            plain,
            peered,
            copies,
        })
    }

    /// What serves a peer of a copy; `None` for other names, and for a package that is not a copy.
    fn peer(&self, id: Id, name: Name) -> Option<Served> {
        let copy = self.copy(id)?;
        let mut names = self.packages.peers(copy.package).iter();
        let position = names.position(|it| *it == name)?;
        self.served.get(copy.first + position).copied()
    }

    /// Copies the requirements of `parent` that have peers, and returns the copies that are not like earlier ones.
    fn make_copies(&mut self, parent: Id, peered: &[Requirement], top: usize) -> Option<Vec<Id>> {
        let first = self.packages.len() + self.copies.len();
        let mut served = self.served.len();
        for required in peered {
            let package = required.package();
            self.copies.push(Copy {
                package,
                first: served,
                same_as: None,
                is_linked: false,
                serves: Vec::new(),
            });
            served += self.packages.peers(package).len();
        }
        let ids: Vec<Id> = (first..first + peered.len()).collect();
        for id in &ids {
            let start = self.served.len();
            self.serve(parent, *id, (peered, first));
            for place in start..self.served.len() {
                if let Some(Served::By(by)) = self.served.get(place).copied()
                    && let Some(by) = self.copy_mut(by)
                {
                    by.serves.push(*id);
                }
            }
        }
        self.join(ids.clone(), top)?;
        Some(ids)
    }

    /// Adds what serves the peers of a copy that was made for `parent`. With it come the requirements that were copied, in the
    /// order of their names, and the first copy.
    fn serve(&mut self, parent: Id, id: Id, (peered, first): (&[Requirement], Id)) {
        let packages = self.packages;
        let (package, above) = (self.package_of(id), self.package_of(parent));
        let peers = packages.peers(package);
        for name in peers {
            let own = peered.binary_search_by_key(name, |it| it.name);
            let found = match own {
                Ok(number) => Served::By(self.resolved(first + number)),
                Err(_) => self.served_above((parent, above), *name),
            };
            let is_own = found == Served::Nothing && packages.requirement(package, *name).is_some();
            self.served
                .push(if is_own { Served::Itself } else { found });
        }
        self.lookups += peers.len() * (1 + packages.listed(above).len());
    }

    /// What serves a peer that is not served by a copy next to it.
    fn served_above(&self, (parent, above): (Id, usize), name: Name) -> Served {
        match self.peer(parent, name) {
            Some(Served::By(id)) => Served::By(self.resolved(id)),
            Some(Served::Nothing) => Served::Nothing,
            Some(Served::Itself) | None => match self.packages.requirement(above, name) {
                Some(target) => Served::By(target),
                None if self.packages.is_named(above, name) => Served::By(parent),
                None => Served::Nothing,
            },
        }
    }

    /// Joins copies that are alike with the first one of them, as long as that makes others alike.
    fn join(&mut self, ids: Vec<Id>, top: usize) -> Option<()> {
        let mut waiting: HashSet<Id, RandomState> = ids.iter().copied().collect();
        let mut open = VecDeque::from(ids);
        while let Some(id) = open.pop_front() {
            waiting.remove(&id);
            if self.copy(id)?.same_as.is_some() {
                continue;
            }
            let likeness = self.likeness(id, top)?;
            let first = *self.alike.entry(likeness).or_insert(id);
            if first == id {
                continue;
            }
            let copy = self.copy_mut(id)?;
            copy.same_as = Some(first);
            let served = std::mem::take(&mut copy.serves);
            self.lookups += served.len();
            open.extend(served.iter().filter(|it| waiting.insert(**it)));
            self.copy_mut(first)?.serves.extend(served);
        }
        Some(())
    }

    fn likeness(&self, id: Id, top: usize) -> Option<Likeness> {
        let copy = self.copy(id)?;
        let package = copy.package;
        let leads = |(name, served): (&Name, &Served)| {
            let target = match served {
                Served::Nothing => return None,
                Served::Itself => self.packages.requirement(package, *name)?,
                Served::By(target) => self.resolved(*target),
            };
            Some((target, target == top))
        };
        let peers = self.packages.peers(package).iter();
        Some((
            package,
            peers.zip(self.served_of(copy)).map(leads).collect(),
        ))
    }
}

#[cfg(test)]
mod tests;
