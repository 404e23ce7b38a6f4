//! Side tables: one optional value for each node of a graph, kept apart so that they never change the graph.

use crate::model::graph::{Graph, NodeId};

/// A value of type `T` for some of the nodes of one [`Graph`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeMap<T>(Vec<Option<T>>);

impl<T> NodeMap<T> {
    /// An empty table for the nodes of `graph`.
    pub fn new(graph: &Graph) -> Self {
        Self(graph.nodes().map(|_| None).collect())
    }

    /// The value of a node.
    pub fn get(&self, id: NodeId) -> Option<&T> {
        self.0.get(id.index()).and_then(Option::as_ref)
    }

    /// Sets the value of a node and returns the one it had. A node of another graph is ignored.
    pub fn insert(&mut self, id: NodeId, value: T) -> Option<T> {
        self.0
            .get_mut(id.index())
            .and_then(|slot| slot.replace(value))
    }

    /// The nodes that have a value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &T)> {
        self.0
            .iter()
            .zip(0_u32..)
            .filter_map(|(slot, number)| Some((NodeId::new(number), slot.as_ref()?)))
    }
}
