//! Which of the project's own dependencies lead to a package.

use std::collections::BTreeSet;

use bomtrail_graph::{Graph, Need, NodeRef};
use bomtrail_report::MOST_BROUGHT_BY;

/// The first names, in order, of the direct dependencies that lead to each package.
pub(super) struct Paths<'g> {
    /// By the position of the package in the graph; at most [`MOST_BROUGHT_BY`] each.
    names: Vec<Vec<&'g str>>,
}

impl<'g> Paths<'g> {
    /// Follows the dependencies of each name in the order of the names. A package that has enough names is not passed again, so
    /// that the time grows with the number of edges, whatever their shape.
    pub(super) fn of(graph: &'g Graph) -> Self {
        let mut names: Vec<Vec<&'g str>> = vec![Vec::new(); graph.nodes().len()];
        let mut open = Vec::new();
        for (name, node) in direct(graph) {
            open.push(node);
            while let Some(node) = open.pop() {
                let Some(known) = names.get_mut(node.id().index()) else {
                    continue;
                };
                if known.len() < MOST_BROUGHT_BY && known.last() != Some(&name) {
                    known.push(name);
                    open.extend(node.dependencies());
                }
            }
        }
        Self { names }
    }

    /// The names of the direct dependencies that lead to any of `nodes`, sorted.
    pub(super) fn brought_by(&self, nodes: &[NodeRef<'_>]) -> Vec<String> {
        let known = nodes
            .iter()
            .filter_map(|it| self.names.get(it.id().index()));
        let names: BTreeSet<&str> = known.flatten().copied().collect();
        let first = names.into_iter().take(MOST_BROUGHT_BY);
        first.map(str::to_owned).collect()
    }
}

/// The direct dependencies of the project with their names, sorted.
fn direct(graph: &Graph) -> Vec<(&str, NodeRef<'_>)> {
    let needed = graph.edges().filter(|it| it.need() != Need::Conflicts);
    let direct = needed.filter_map(|edge| {
        let is_own = edge.from()?.component().role.is_first_party();
        edge.to().filter(|_| is_own)
    });
    let mut all: Vec<(&str, NodeRef<'_>)> = direct.map(|it| (it.name(), it)).collect();
    all.sort_by_key(|(name, node)| (*name, node.id()));
    all.dedup();
    all
}
