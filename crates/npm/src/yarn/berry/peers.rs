//! The peers of each package, as Yarn finds them while it links: what requires a package serves its peers, with a requirement of
//! its own or with what serves its own peer.
//!
//! A workspace may have a requirement and a peer of one name. Yarn then links one copy for all that serve the peer with what the
//! requirement leads to and for all that do not serve it, and a hash decides whether that copy has the peer; here it always has.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;

use crate::package::value::Str;

/// The most answers that are kept for all peers together; a project with more of them has its peers left open.
const MOST_ANSWERS: usize = 4_000_000;

/// The most names that are compared.
const MOST_COMPARED: usize = 50_000_000;

/// The packages of a lockfile, for its peers. Numbers are positions in `packages`.
pub(super) struct Peers<'p> {
    packages: Vec<Peered<'p>>,
}

/// One package: its name, its requirements with what serves them, and its peers.
#[derive(Clone, Debug, Default)]
pub(super) struct Peered<'p> {
    pub(super) name: &'p str,
    pub(super) serves: BTreeMap<&'p str, usize>,
    pub(super) peers: Vec<&'p str>,
    /// The peers that the lockfile does not list, which pass on what serves those of others.
    pub(super) implied: Vec<Str<'p>>,
}

impl Peered<'_> {
    /// The names of all peers; those that the lockfile lists come first.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.peers
            .iter()
            .copied()
            .chain(self.implied.iter().map(|it| &**it))
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.names().position(|it| it == name)
    }
}

/// A peer of a package: the package, and the position in its list of peers.
type Slot = (usize, usize);

impl<'p> Peers<'p> {
    pub(super) fn new(packages: Vec<Peered<'p>>) -> Self {
        Self { packages }
    }

    /// The peers of a package.
    pub(super) fn of(&self, package: usize) -> &[&'p str] {
        self.packages.get(package).map_or(&[], |it| &it.peers)
    }

    /// What serves each peer of each package; `None` when there is too much of it.
    pub(super) fn resolve(&self) -> Option<HashMap<Slot, BTreeSet<usize>, RandomState>> {
        let mut found: HashMap<Slot, BTreeSet<usize>, RandomState> = HashMap::default();
        // The peers that are served by what serves a peer of the package that requires theirs.
        let mut passed: HashMap<Slot, Vec<Slot>, RandomState> = HashMap::default();
        let mut open: Vec<(Slot, usize)> = Vec::new();
        let mut compared: usize = 0;
        for (parent, package) in self.packages.iter().enumerate() {
            for child in package.serves.values() {
                compared = compared.saturating_add(self.comparisons(parent, *child));
                if compared > MOST_COMPARED {
                    return None;
                }
                self.serve(parent, *child, &mut open, &mut passed);
            }
        }
        let mut answers = 0;
        while let Some((slot, target)) = open.pop() {
            if !found.entry(slot).or_default().insert(target) {
                continue;
            }
            answers += 1;
            if answers > MOST_ANSWERS {
                return None;
            }
            open.extend(
                passed
                    .get(&slot)
                    .into_iter()
                    .flatten()
                    .map(|it| (*it, target)),
            );
        }
        Some(found)
    }

    /// How many names are compared to serve the peers of `child`.
    fn comparisons(&self, parent: usize, child: usize) -> usize {
        let count = |it: usize| self.packages.get(it).map_or(0, |it| it.names().count());
        count(child).saturating_mul(count(parent))
    }

    /// Serves the peers of `child`, which `parent` requires.
    fn serve(
        &self,
        parent: usize,
        child: usize,
        open: &mut Vec<(Slot, usize)>,
        passed: &mut HashMap<Slot, Vec<Slot>, RandomState>,
    ) {
        let (Some(above), Some(below)) = (self.packages.get(parent), self.packages.get(child))
        else {
            return;
        };
        for (position, name) in below.names().enumerate() {
            let slot = (child, position);
            let required = above.serves.get(name);
            let own = above.position(name);
            open.extend(required.map(|it| (slot, *it)));
            if let Some(own) = own {
                passed.entry((parent, own)).or_default().push(slot);
            } else if required.is_none() && above.name == name {
                open.push((slot, parent));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package<'p>(name: &'p str, serves: &[(&'p str, usize)], peers: &[&'p str]) -> Peered<'p> {
        Peered {
            name,
            serves: serves.iter().copied().collect(),
            peers: peers.to_vec(),
            implied: Vec::new(),
        }
    }

    #[test]
    fn the_package_that_requires_another_serves_its_peers() {
        let peers = Peers::new(vec![
            package("root", &[("hook", 1), ("react", 3)], &[]),
            package("hook", &[("inner", 2)], &["react"]),
            package("inner", &[], &["react", "hook", "absent"]),
            package("react", &[], &[]),
        ]);
        let found = peers.resolve().unwrap();
        assert_eq!(found.get(&(1, 0)), Some(&BTreeSet::from([3])));
        assert_eq!(found.get(&(2, 0)), Some(&BTreeSet::from([3])));
        assert_eq!(found.get(&(2, 1)), Some(&BTreeSet::from([1])));
        assert_eq!(found.get(&(2, 2)), None);
    }

    #[test]
    fn packages_that_require_each_other_end() {
        let peers = Peers::new(vec![
            package("a", &[("b", 1)], &["x"]),
            package("b", &[("a", 0)], &["x"]),
        ]);
        assert!(peers.resolve().unwrap().is_empty());
    }
}
