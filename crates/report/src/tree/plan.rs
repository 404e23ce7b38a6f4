//! Where every package is expanded: at its shallowest place, which a breadth-first walk reaches first.

use std::collections::VecDeque;

use bomtrail_graph::{Graph, NodeRef};

use super::children::Children;

/// How a walk reaches a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way<'g> {
    /// The package is at the top of the tree.
    Top,
    /// From the package at this position in node order, by this name.
    From(usize, &'g str),
}

/// A package at the top of the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Top<'g> {
    pub(super) node: NodeRef<'g>,
    /// Whether it is a root of the project.
    pub(super) is_root: bool,
}

/// The tops of the tree, and where each package is expanded.
#[derive(Clone, Debug)]
pub(super) struct Plan<'g> {
    pub(super) tops: Vec<Top<'g>>,
    ways: Vec<Option<Way<'g>>>,
}

impl<'g> Plan<'g> {
    pub(super) fn new(graph: &'g Graph, all: bool) -> Self {
        let mut plan = Self {
            tops: Vec::new(),
            ways: vec![None; graph.nodes().len()],
        };
        let root = |node| Top {
            node,
            is_root: true,
        };
        plan.walk(graph.roots().map(root), all);
        // Packages that no root reaches: first those without a requirer, then those in cycles.
        let wanted = plan.wanted_by_others(graph);
        let alone = graph
            .nodes()
            .filter(|node| !wanted.get(node.id().index()).copied().unwrap_or_default());
        for node in alone.chain(graph.nodes()) {
            if plan.way_to(node).is_none() {
                let is_root = false;
                plan.walk([Top { node, is_root }], all);
            }
        }
        plan
    }

    /// True when the tree expands `node` where it is reached by `way`.
    pub(super) fn unfolds(&self, node: NodeRef<'_>, way: Way<'_>) -> bool {
        self.way_to(node) == Some(way)
    }

    fn way_to(&self, node: NodeRef<'_>) -> Option<Way<'g>> {
        self.ways.get(node.id().index()).copied().flatten()
    }

    /// Notes the first way to `node`; true when this is it.
    fn arrive(&mut self, node: NodeRef<'_>, way: Way<'g>) -> bool {
        match self.ways.get_mut(node.id().index()) {
            Some(slot @ None) => {
                *slot = Some(way);
                true
            }
            Some(Some(_)) | None => false,
        }
    }

    fn walk(&mut self, tops: impl IntoIterator<Item = Top<'g>>, all: bool) {
        let mut open = VecDeque::new();
        for top in tops {
            if self.arrive(top.node, Way::Top) {
                self.tops.push(top);
                open.push_back(top.node);
            }
        }
        while let Some(from) = open.pop_front() {
            let children = Children::of(from, all);
            for child in children.iter() {
                let way = Way::From(from.id().index(), child.name());
                if let Some(node) = child.node().filter(|node| self.arrive(*node, way)) {
                    open.push_back(node);
                }
            }
        }
    }

    /// For each node, whether a package that no root reaches needs it.
    fn wanted_by_others(&self, graph: &Graph) -> Vec<bool> {
        let mut wanted = vec![false; self.ways.len()];
        let unreached = graph.nodes().filter(|node| self.way_to(*node).is_none());
        for node in unreached {
            let others = node.dependencies().filter(|it| *it != node);
            for it in others {
                if let Some(slot) = wanted.get_mut(it.id().index()) {
                    *slot = true;
                }
            }
        }
        wanted
    }
}
