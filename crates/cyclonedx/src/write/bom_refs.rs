//! The bom-refs of all nodes in one text. A document names a node once for each edge that reaches it, and the nodes themselves
//! are large and far apart.

use std::hint::black_box;

use bomtrail_graph::{Graph, NodeId, NodeRef};

/// The bom-ref of every node.
pub(crate) struct BomRefs {
    text: String,
    /// Where each one ends in the text. Four bytes each, because the edges of a large graph read them in no order.
    ends: Vec<u32>,
}

/// How many nodes are read ahead of the printer: few enough for what was read to be still at hand when it is printed.
const AHEAD: usize = 64;

/// The number of nodes from which on they do not fit into what the processor has at hand.
const LARGE: usize = 50_000;

/// The length that most have, in bytes.
const USUAL: usize = 32;

impl BomRefs {
    /// The bom-refs of a graph; `None` for a small one, which is at hand as it is, and for one with more than 4 GiB of them.
    pub(crate) fn of_large(graph: &Graph) -> Option<Self> {
        if graph.nodes().len() < LARGE {
            return None;
        }
        Self::of(graph)
    }

    fn of(graph: &Graph) -> Option<Self> {
        let nodes = graph.nodes();
        let mut text = String::with_capacity(nodes.len() * USUAL);
        let ends = nodes.map(|node| {
            text.push_str(&node.reference());
            u32::try_from(text.len()).ok()
        });
        let ends = ends.collect::<Option<_>>()?;
        Some(Self { text, ends })
    }

    /// The bom-ref of a node; empty for a node of another graph.
    pub(crate) fn get(&self, id: NodeId) -> &str {
        let end = self.ends.get(id.index()).copied();
        let part = end.and_then(|end| self.text.get(self.start(id)..end as usize));
        part.unwrap_or_default()
    }

    fn start(&self, id: NodeId) -> usize {
        let before = id.index().checked_sub(1);
        let start = before.and_then(|it| self.ends.get(it)).copied();
        start.unwrap_or(0) as usize
    }

    /// Reads the memory that a bom-ref is in; the value means nothing.
    fn touch(&self, id: NodeId) -> u8 {
        let end = self.ends.get(id.index()).copied().unwrap_or_default();
        let byte = |at: usize| self.text.as_bytes().get(at).copied().unwrap_or_default();
        byte(self.start(id)) ^ byte(end as usize)
    }
}

/// The nodes, after what `kept` has of their dependencies was read. The printer waits for each bom-ref that is not at hand; in a loop
/// that does nothing else, the processor waits for many at a time.
pub(crate) fn read_ahead<'g>(
    kept: Option<&BomRefs>,
    nodes: impl Iterator<Item = NodeRef<'g>> + Clone,
) -> impl Iterator<Item = NodeRef<'g>> {
    let mut ahead = nodes.clone();
    nodes.enumerate().map(move |(count, node)| {
        if let Some(kept) = kept
            && count.is_multiple_of(AHEAD)
        {
            let reached = ahead.by_ref().take(AHEAD).flat_map(NodeRef::dependencies);
            black_box(reached.fold(0, |all, it| all ^ kept.touch(it.id())));
        }
        node
    })
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
        let all = BomRefs::of(&graph).unwrap();
        assert_eq!(graph.nodes().len(), names.len());
        for node in graph.nodes() {
            assert_eq!(all.get(node.id()), node.reference());
        }
        let read: Vec<_> = read_ahead(Some(&all), graph.nodes())
            .map(NodeRef::id)
            .collect();
        assert!(read.into_iter().eq(graph.nodes().map(NodeRef::id)));
        assert!(BomRefs::of_large(&graph).is_none());
    }
}
