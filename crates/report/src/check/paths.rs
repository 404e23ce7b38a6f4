//! Why a package is there: one shortest chain from the project to it. One walk for all of them.

use std::collections::VecDeque;

use bomtrail_graph::{Graph, NodeId, NodeRef};

/// The node before each on its shortest chain.
pub(super) struct Paths<'g> {
    graph: &'g Graph,
    before: Vec<Option<NodeId>>,
    reached: Vec<bool>,
}

impl<'g> Paths<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let count = graph.nodes().len();
        let mut paths = Self {
            graph,
            before: vec![None; count],
            reached: vec![false; count],
        };
        let mut open: VecDeque<NodeRef<'_>> = graph.roots().collect();
        for root in graph.roots() {
            paths.mark(root.id(), None);
        }
        while let Some(node) = open.pop_front() {
            for to in node.dependencies() {
                if paths.mark(to.id(), Some(node.id())) {
                    open.push_back(to);
                }
            }
        }
        paths
    }

    fn mark(&mut self, id: NodeId, before: Option<NodeId>) -> bool {
        let Some(slot @ false) = self.reached.get_mut(id.index()) else {
            return false;
        };
        *slot = true;
        if let Some(slot) = self.before.get_mut(id.index()) {
            *slot = before;
        }
        true
    }

    /// The chain to a node, the project first; the node alone where nothing of the project's needs it.
    pub(super) fn to(&self, id: NodeId) -> Vec<String> {
        let mut chain = Vec::new();
        let mut next = Some(id);
        // A chain has no more steps than there are nodes.
        while let Some(id) = next.filter(|_| chain.len() <= self.before.len()) {
            chain.extend(self.graph.node(id).map(label));
            next = self.before.get(id.index()).copied().flatten();
        }
        chain.reverse();
        chain
    }
}

/// `name@version`, or the name alone.
pub(super) fn label(node: NodeRef<'_>) -> String {
    match node.version() {
        Some(version) => format!("{}@{version}", node.name()),
        None => node.name().to_owned(),
    }
}
