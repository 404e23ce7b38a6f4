//! The bom-refs of all nodes in one text. A document names a node once for each edge that reaches it, and the nodes themselves
//! are large and far apart.

use bomtrail_graph::{Graph, NodeId};

/// The bom-ref of every node.
pub(crate) struct BomRefs {
    text: String,
    /// Where each one ends in the text.
    ends: Vec<usize>,
}

/// The number of nodes from which on they do not fit into what the processor has at hand.
const LARGE: usize = 50_000;

/// The length that most have, in bytes.
const USUAL: usize = 32;

impl BomRefs {
    /// The bom-refs of a graph; `None` for a small one, which is at hand as it is.
    pub(crate) fn of_large(graph: &Graph) -> Option<Self> {
        (graph.nodes().len() >= LARGE).then(|| Self::of(graph))
    }

    fn of(graph: &Graph) -> Self {
        let nodes = graph.nodes();
        let mut text = String::with_capacity(nodes.len() * USUAL);
        let ends = nodes.map(|node| {
            text.push_str(&node.reference());
            text.len()
        });
        let ends = ends.collect();
        Self { text, ends }
    }

    /// The bom-ref of a node; empty for a node of another graph.
    pub(crate) fn get(&self, id: NodeId) -> &str {
        let before = id.index().checked_sub(1);
        let start = before.and_then(|it| self.ends.get(it)).copied();
        let end = self.ends.get(id.index());
        let part = end.and_then(|end| self.text.get(start.unwrap_or(0)..*end));
        part.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bomtrail_graph::{Component, Diagnostics, Fragment, link};

    #[test]
    fn every_node_has_its_own() {
        let names = ["é", "b", "a long name of a component without a version"];
        let mut fragment = Fragment::default();
        for name in names {
            fragment.add(Component::new(name).with(|it| it.place = name.into()));
        }
        let graph = link(vec![fragment], &mut Diagnostics::new());
        let all = BomRefs::of(&graph);
        assert_eq!(graph.nodes().len(), names.len());
        for node in graph.nodes() {
            assert_eq!(all.get(node.id()), node.reference());
        }
        assert!(BomRefs::of_large(&graph).is_none());
    }
}
