//! The peers of each package, as Yarn finds them while it links.
//!
//! Yarn makes a copy of a package with peers for each package that requires it, and serves the peers of the copy with the
//! requirements, the peers, or the name of what requires it. Copies whose requirements lead to the same packages are one: the
//! first one stays. Which one is first depends on the order: workspaces by folder, requirements by name, and packages without
//! peers before those with peers.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use foldhash::fast::RandomState;

use super::serves::Serves;
use crate::package::value::Str;

/// The most copies that are made; a project with more of them has its peers left open.
const MOST_COPIES: usize = 1_000_000;

/// The most names that are looked up.
const MOST_LOOKUPS: usize = 50_000_000;

/// How deep copies may require each other. Yarn refuses deeper ones.
const DEEPEST: usize = 1000;

/// The packages of a lockfile, for its peers. Numbers are positions in `packages`.
pub(super) struct Peers<'p> {
    packages: Vec<Peered<'p>>,
    /// The root and the workspaces, in the order in which Yarn links them.
    workspaces: Vec<usize>,
}

/// One package: its name, its requirements with what serves them, and its peers.
#[derive(Clone, Debug, Default)]
pub(super) struct Peered<'p> {
    pub(super) name: &'p str,
    pub(super) serves: Serves<'p>,
    pub(super) peers: Vec<&'p str>,
    /// The peers that the lockfile does not list, which pass on what serves those of others.
    pub(super) implied: Vec<Str<'p>>,
}

impl Peered<'_> {
    /// The names of all peers; those that the lockfile lists come first.
    fn names(&self) -> impl Iterator<Item = &str> {
        let implied = self.implied.iter().map(|it| &**it);
        self.peers.iter().copied().chain(implied)
    }

    fn has_peers(&self) -> bool {
        !self.peers.is_empty() || !self.implied.is_empty()
    }
}

/// A peer of a package: the package, and the position in its list of peers.
type Slot = (usize, usize);

impl<'p> Peers<'p> {
    pub(super) fn new(packages: Vec<Peered<'p>>, workspaces: Vec<usize>) -> Self {
        Self {
            packages,
            workspaces,
        }
    }

    /// The peers of a package.
    pub(super) fn of(&self, package: usize) -> &[&'p str] {
        self.packages.get(package).map_or(&[], |it| &it.peers)
    }

    /// What serves each peer of each package; `None` when there is too much of it.
    pub(super) fn resolve(&self) -> Option<HashMap<Slot, BTreeSet<usize>, RandomState>> {
        let mut linking = Linking::new(&self.packages);
        for workspace in &self.workspaces {
            linking.link(*workspace)?;
        }
        let mut found: HashMap<Slot, BTreeSet<usize>, RandomState> = HashMap::default();
        for copy in linking.copies.iter().filter(|it| it.same_as.is_none()) {
            for (position, served) in copy.peers.iter().enumerate() {
                if let Served::By(target) = served {
                    let slot = (copy.package, position);
                    let target = linking.package_of(linking.resolved(*target));
                    found.entry(slot).or_default().insert(target);
                }
            }
        }
        Some(found)
    }
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
    /// What serves each peer, in the order of [`Peered::names`].
    peers: Vec<Served>,
    /// The copy that is used instead.
    same_as: Option<Id>,
    is_linked: bool,
    /// Copies with a peer that this one serves.
    serves: Vec<Id>,
}

/// What makes two copies of a package one: where their requirements with the names of peers lead.
type Likeness = (usize, Vec<Option<(Id, bool)>>);

struct Linking<'l, 'p> {
    packages: &'l [Peered<'p>],
    /// The packages without peers, and the workspaces, that were linked.
    linked: Vec<bool>,
    copies: Vec<Copy>,
    alike: HashMap<Likeness, Id, RandomState>,
    lookups: usize,
}

/// A package or a copy whose requirements are being linked.
struct Frame<'p> {
    id: Id,
    /// Its requirements without peers come first.
    plain: Vec<usize>,
    peered: Vec<(&'p str, usize)>,
    /// The copies that were made for it, once they were made.
    copies: Option<Vec<Id>>,
}

impl<'l, 'p> Linking<'l, 'p> {
    fn new(packages: &'l [Peered<'p>]) -> Self {
        Self {
            packages,
            linked: vec![false; packages.len()],
            copies: Vec::new(),
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
        let mut open: Vec<Frame<'p>> = self.frame(top, top).into_iter().collect();
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
    fn frame(&mut self, id: Id, top: usize) -> Option<Frame<'p>> {
        let is_linked = match self.copy_mut(id) {
            Some(copy) if copy.same_as.is_some() => return None,
            Some(copy) => &mut copy.is_linked,
            None => self.linked.get_mut(id)?,
        };
        if std::mem::replace(is_linked, true) {
            return None;
        }
        let package = self.packages.get(self.package_of(id))?;
        let mut plain = Vec::with_capacity(package.serves.len());
        let mut peered = Vec::new();
        for (name, target) in package.serves.iter() {
            // A requirement that is a peer of this copy too is served from outside, and is linked there.
            if id != top && self.peer(id, name).is_some_and(|it| it != Served::Itself) {
                continue;
            }
            if self.packages.get(target).is_some_and(Peered::has_peers) {
                peered.push((name, target));
            } else {
                plain.push(target);
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
    fn peer(&self, id: Id, name: &str) -> Option<Served> {
        let copy = self.copy(id)?;
        let mut names = self.packages.get(copy.package)?.names();
        copy.peers.get(names.position(|it| it == name)?).copied()
    }

    /// Copies the requirements of `parent` that have peers, and returns the copies that are not like earlier ones.
    fn make_copies(
        &mut self,
        parent: Id,
        peered: &[(&'p str, usize)],
        top: usize,
    ) -> Option<Vec<Id>> {
        let first = self.packages.len() + self.copies.len();
        for (_, package) in peered {
            self.copies.push(Copy {
                package: *package,
                peers: Vec::new(),
                same_as: None,
                is_linked: false,
                serves: Vec::new(),
            });
        }
        let ids: Vec<Id> = (first..first + peered.len()).collect();
        for id in &ids {
            let peers = self.served(parent, *id, (peered, first))?;
            for served in &peers {
                if let Served::By(by) = served
                    && let Some(by) = self.copy_mut(*by)
                {
                    by.serves.push(*id);
                }
            }
            self.copy_mut(*id)?.peers = peers;
        }
        self.join(ids.clone(), top)?;
        Some(ids)
    }

    /// What serves the peers of a copy that was made for `parent`. With it come the requirements that were
    /// copied, in the order of their names, and the first copy.
    fn served(
        &mut self,
        parent: Id,
        id: Id,
        (peered, first): (&[(&str, usize)], Id),
    ) -> Option<Vec<Served>> {
        let package = self.packages.get(self.package_of(id))?;
        let above = self.packages.get(self.package_of(parent))?;
        let mut all = Vec::new();
        for name in package.names() {
            self.lookups += 1;
            let outer = self.peer(parent, name);
            let own = peered.binary_search_by(|(it, _)| (**it).cmp(name));
            let found = match (own, outer) {
                (Ok(number), _) => Served::By(self.resolved(first + number)),
                (Err(_), Some(Served::By(id))) => Served::By(self.resolved(id)),
                (Err(_), Some(Served::Nothing)) => Served::Nothing,
                (Err(_), Some(Served::Itself) | None) => match above.serves.get(name) {
                    Some(target) => Served::By(target),
                    None if above.name == name => Served::By(parent),
                    None => Served::Nothing,
                },
            };
            let is_own = found == Served::Nothing && package.serves.get(name).is_some();
            all.push(if is_own { Served::Itself } else { found });
        }
        self.lookups += all.len() * above.peers.len();
        Some(all)
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
        let package = self.packages.get(copy.package)?;
        let leads = |(name, served): (&str, &Served)| {
            let target = match served {
                Served::Nothing => return None,
                Served::Itself => package.serves.get(name)?,
                Served::By(target) => self.resolved(*target),
            };
            Some((target, target == top))
        };
        Some((
            copy.package,
            package.names().zip(&copy.peers).map(leads).collect(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package<'p>(name: &'p str, serves: &[(&'p str, usize)], peers: &[&'p str]) -> Peered<'p> {
        Peered {
            name,
            serves: serves.to_vec().into(),
            peers: peers.to_vec(),
            implied: Vec::new(),
        }
    }

    #[test]
    fn the_package_that_requires_another_serves_its_peers() {
        let peers = Peers::new(
            vec![
                package("root", &[("hook", 1), ("react", 3)], &[]),
                package("hook", &[("inner", 2)], &["react"]),
                package("inner", &[], &["react", "hook", "absent"]),
                package("react", &[], &[]),
            ],
            vec![0],
        );
        let found = peers.resolve().unwrap();
        assert_eq!(found.get(&(1, 0)), Some(&BTreeSet::from([3])));
        assert_eq!(found.get(&(2, 0)), Some(&BTreeSet::from([3])));
        assert_eq!(found.get(&(2, 1)), Some(&BTreeSet::from([1])));
        assert_eq!(found.get(&(2, 2)), None);
    }

    #[test]
    fn packages_that_require_each_other_end() {
        let peers = Peers::new(
            vec![
                package("a", &[("b", 1)], &["x"]),
                package("b", &[("a", 0)], &["x"]),
            ],
            vec![0],
        );
        assert!(peers.resolve().unwrap().is_empty());
    }
}
