//! How an SBOM differs from the right answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::AddAssign;

use super::answer::{Answer, Edge, Identity};
use super::sbom::Listed;

/// What is missing, and what should not be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) missing: usize,
    pub(super) extra: usize,
}

/// The three counts of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) components: Pair,
    /// Dependencies of packages.
    pub(super) edges: Pair,
    /// Dependencies of the root and of workspace members.
    pub(super) own: Pair,
}

impl Difference {
    /// Compares at the level of name and version.
    pub(super) fn between(answer: &Answer, listed: &Listed) -> Self {
        let mut identities = BTreeMap::new();
        let mut extra = BTreeSet::new();
        for (reference, component) in &listed.components {
            let main = listed.main.as_ref() == Some(reference);
            let root = answer.root().filter(|_| main).cloned();
            match root.or_else(|| answer.identity(component)) {
                Some(identity) => {
                    identities.insert(reference, identity);
                }
                None if component.is_package && !answer.is_local(&component.name) => {
                    extra.insert((&component.name, &component.version));
                }
                None => (),
            }
        }
        let found: BTreeSet<&Identity> = identities.values().collect();
        let have: BTreeSet<Edge> = listed
            .edges
            .iter()
            .filter_map(|(from, to)| {
                let edge = (identities.get(from)?.clone(), identities.get(to)?.clone());
                Some(edge).filter(|(from, to)| from != to && matches!(to, Identity::Package(_)))
            })
            .collect();
        Self {
            components: Pair {
                missing: answer
                    .packages
                    .iter()
                    .filter(|it| !found.contains(it))
                    .count(),
                extra: extra.len(),
            },
            edges: edges(answer, &have, false),
            own: edges(answer, &have, true),
        }
    }
}

fn edges(answer: &Answer, have: &BTreeSet<Edge>, own: bool) -> Pair {
    let counted = |edge: &&Edge| matches!(edge.0, Identity::Own(_)) == own;
    let missing = answer.edges.difference(have).filter(counted).count();
    let allowed = |edge: &&Edge| {
        answer.soft.contains(edge)
            || answer.optional.contains(&edge.0)
            || answer.optional.contains(&edge.1)
    };
    let extra = have.difference(&answer.edges).filter(counted);
    Pair {
        missing,
        extra: extra.filter(|edge| !allowed(edge)).count(),
    }
}

impl AddAssign for Difference {
    fn add_assign(&mut self, other: Self) {
        self.components += other.components;
        self.edges += other.edges;
        self.own += other.own;
    }
}

impl AddAssign for Pair {
    fn add_assign(&mut self, other: Self) {
        self.missing += other.missing;
        self.extra += other.extra;
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.missing, self.extra)
    }
}
