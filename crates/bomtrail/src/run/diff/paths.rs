//! Which of the project's own dependencies lead to a package.

use std::collections::BTreeSet;

use bomtrail_graph::{Graph, Need, NodeRef};
use bomtrail_report::MOST_BROUGHT_BY;

/// The dependents of each package, against the direction of the edges.
pub(super) struct Paths {
    needed_by: Vec<Vec<usize>>,
    names: Vec<String>,
    direct: Vec<bool>,
}

impl Paths {
    pub(super) fn of(graph: &Graph) -> Self {
        let count = graph.nodes().len();
        let mut paths = Self {
            needed_by: vec![Vec::new(); count],
            names: graph.nodes().map(|it| it.name().to_owned()).collect(),
            direct: vec![false; count],
        };
        for edge in graph.edges().filter(|it| it.need() != Need::Conflicts) {
            let (Some(from), Some(to)) = (edge.from(), edge.to()) else {
                continue;
            };
            let (number, target) = (from.id().index(), to.id().index());
            if from.component().role.is_first_party()
                && let Some(slot) = paths.direct.get_mut(target)
            {
                *slot = true;
            }
            if let Some(slot) = paths.needed_by.get_mut(target) {
                slot.push(number);
            }
        }
        paths
    }

    /// The names of the direct dependencies that lead to any of `nodes`, sorted.
    pub(super) fn brought_by(&self, nodes: &[NodeRef<'_>]) -> Vec<String> {
        let mut open: Vec<usize> = nodes.iter().map(|it| it.id().index()).collect();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        let mut names = BTreeSet::new();
        while let Some(at) = open.pop() {
            if self.direct.get(at) == Some(&true) {
                names.extend(self.names.get(at).cloned());
            }
            for from in self.needed_by.get(at).into_iter().flatten() {
                if seen.insert(*from) {
                    open.push(*from);
                }
            }
        }
        names.into_iter().take(MOST_BROUGHT_BY).collect()
    }
}
