//! Which packages contain which, as a document states it: `CONTAINS` in every version of SPDX.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Graph, NodeId, NodeRef};

/// Contained packages by the package that contains them.
#[derive(Debug, Default)]
pub(crate) struct Containment {
    children: BTreeMap<NodeId, BTreeSet<NodeId>>,
    contained: BTreeSet<NodeId>,
}

impl Containment {
    /// The containment that the components of a graph state.
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut containment = Self::default();
        let container = |node: NodeRef<'_>| node.component().details.as_ref()?.container.clone();
        let stated = graph.nodes().filter_map(|it| Some((it, container(it)?)));
        let stated: Vec<_> = stated.collect();
        if stated.is_empty() {
            return containment;
        }
        let places: BTreeMap<(u32, &str), NodeId> = graph
            .nodes()
            .flat_map(|node| node.instances().iter().map(move |it| (node.id(), it)))
            .map(|(id, it)| ((it.input, &*it.place), id))
            .collect();
        for (node, place) in stated {
            for instance in node.instances() {
                let parent = places.get(&(instance.input, &*place)).copied();
                let Some(parent) = parent.filter(|it| *it != node.id()) else {
                    continue;
                };
                containment
                    .children
                    .entry(parent)
                    .or_default()
                    .insert(node.id());
                containment.contained.insert(node.id());
            }
        }
        containment
    }

    /// The packages that `node` contains, in the order of the graph.
    pub(crate) fn children<'g>(
        &self,
        graph: &'g Graph,
        node: NodeRef<'_>,
    ) -> impl Iterator<Item = NodeRef<'g>> {
        let children = self.children.get(&node.id()).into_iter().flatten();
        children.filter_map(|it| graph.node(*it))
    }

    /// True when a package contains `node`.
    pub(crate) fn has(&self, node: NodeRef<'_>) -> bool {
        self.contained.contains(&node.id())
    }
}
