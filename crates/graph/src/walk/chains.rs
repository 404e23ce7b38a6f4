//! Questions answered by walking: what is reached, and by which chains a node is required. Iterative and safe on cycles.

use crate::model::fragment::Need;
use crate::model::graph::{EdgeRef, Graph, NodeId, NodeRef};
use crate::walk::adjacency::Adjacency;

const UNREACHED: u32 = u32::MAX;

/// One way from a root to a node.
#[derive(Clone, Debug)]
pub struct Chain<'g> {
    /// Where it starts.
    pub start: NodeRef<'g>,
    /// The edges, from the start on; empty when the node is itself a start.
    pub edges: Vec<EdgeRef<'g>>,
}

/// The shortest chains to a node.
#[derive(Clone, Debug)]
pub struct Chains<'g> {
    /// The chains, in a stable order, up to the limit asked for.
    pub shown: Vec<Chain<'g>>,
    /// How many shortest chains there are; saturates.
    pub total: u64,
    /// Direct requirers of the node that are on no shortest chain.
    pub other_requirers: Vec<NodeRef<'g>>,
    /// True when the chains start at the project; false when no root reaches the node and they start at whatever nothing requires.
    pub from_roots: bool,
}

impl Graph {
    /// The nodes that `starts` reach, themselves included, as one truth value for each node in order.
    pub fn reach(
        &self,
        starts: impl IntoIterator<Item = NodeId>,
        follow: impl Fn(EdgeRef<'_>) -> bool,
    ) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        let mut open: Vec<NodeId> = starts.into_iter().collect();
        while let Some(id) = open.pop() {
            let Some(slot @ false) = reached.get_mut(id.index()) else {
                continue;
            };
            *slot = true;
            let Some(node) = self.node(id) else { continue };
            open.extend(
                node.edges()
                    .filter(|edge| follow(*edge))
                    .filter_map(|edge| edge.to().map(NodeRef::id)),
            );
        }
        reached
    }

    /// The nodes that depend directly on `id`, in order. A conflict is not a dependency.
    pub fn requirers(&self, id: NodeId) -> Vec<NodeRef<'_>> {
        let mut froms: Vec<NodeId> = self
            .edges
            .iter()
            .filter(|edge| edge.to == Some(id) && edge.is_dependency())
            .map(|edge| edge.from)
            .collect();
        froms.dedup();
        froms
            .into_iter()
            .filter_map(|from| self.node(from))
            .collect()
    }

    /// Why `target` is in the graph: its shortest chains from the roots, at most `limit` of them.
    pub fn why(&self, target: NodeId, limit: usize) -> Chains<'_> {
        self.chains_to(target, limit, &|_| true)
    }

    /// Like [`Graph::why`], for those who require `target` by `name` (an alias, a module) and not for those who require it by
    /// another name.
    pub fn why_by_name(&self, target: NodeId, name: &str, limit: usize) -> Chains<'_> {
        self.chains_to(target, limit, &|edge| edge.name() == name)
    }

    /// The chains to `target` whose last edge is one that `accepts` takes.
    fn chains_to(
        &self,
        target: NodeId,
        limit: usize,
        accepts: &dyn Fn(EdgeRef<'_>) -> bool,
    ) -> Chains<'_> {
        let follow = |edge: EdgeRef<'_>| {
            let to_target = edge.to().is_some_and(|to| to.id() == target);
            edge.need() != Need::Conflicts && (!to_target || accepts(edge))
        };
        let incoming = self.incoming(&follow);
        let mut from_roots = true;
        let mut distance = self.distances(&self.roots, &follow);
        if at(&distance, target) == UNREACHED {
            from_roots = false;
            let ids = self.nodes().map(NodeRef::id);
            let tops: Vec<NodeId> = ids
                .filter(|id| incoming.of(id.number()).is_empty())
                .collect();
            distance = self.distances(&tops, &follow);
        }
        let search = Search {
            graph: self,
            incoming: &incoming,
            distance: &distance,
        };
        let total = search.count(target);
        let shown = search.chains(target, limit);
        let here = at(&distance, target);
        let on_chain =
            |id: NodeId| here != UNREACHED && at(&distance, id).saturating_add(1) == here;
        let edges = incoming.of(target.number()).iter();
        let requirers = edges.filter_map(|number| self.edge(*number)?.from());
        let mut other_requirers: Vec<NodeRef<'_>> =
            requirers.filter(|node| !on_chain(node.id())).collect();
        other_requirers.dedup_by_key(|node| node.id());
        Chains {
            shown,
            total,
            other_requirers,
            from_roots,
        }
    }

    /// For each node the numbers of the edges that make others depend on it, of those to `follow`; a node does not depend on
    /// itself.
    fn incoming(&self, follow: &dyn Fn(EdgeRef<'_>) -> bool) -> Adjacency {
        let numbered = (0_u32..).map_while(|number| Some((self.edge(number)?, number)));
        let pairs = numbered.filter_map(|(edge, number)| {
            let to = edge.to()?.id();
            let other = edge.from().is_none_or(|from| from.id() != to);
            (other && follow(edge)).then_some((to.number(), number))
        });
        Adjacency::new(self.nodes.len(), pairs)
    }

    fn distances(&self, starts: &[NodeId], follow: &dyn Fn(EdgeRef<'_>) -> bool) -> Vec<u32> {
        let mut distance = vec![UNREACHED; self.nodes.len()];
        let mut queue: Vec<NodeId> = Vec::new();
        for id in starts {
            if let Some(slot) = distance.get_mut(id.index()) {
                *slot = 0;
                queue.push(*id);
            }
        }
        let mut next = 0;
        while let Some(id) = queue.get(next).copied() {
            next += 1;
            let reached = at(&distance, id).saturating_add(1);
            let Some(node) = self.node(id) else { continue };
            let edges = node.edges().filter(|edge| follow(*edge));
            for to in edges.filter_map(|edge| Some(edge.to()?.id())) {
                if let Some(slot) = distance
                    .get_mut(to.index())
                    .filter(|slot| **slot == UNREACHED)
                {
                    *slot = reached;
                    queue.push(to);
                }
            }
        }
        distance
    }
}

fn at(distance: &[u32], id: NodeId) -> u32 {
    distance.get(id.index()).copied().unwrap_or(UNREACHED)
}

struct Search<'s, 'g> {
    graph: &'g Graph,
    incoming: &'s Adjacency,
    distance: &'s [u32],
}

impl<'g> Search<'_, 'g> {
    /// The edges that lead to `id` on a shortest way, one for each requirer.
    fn steps(&self, id: NodeId) -> impl Iterator<Item = EdgeRef<'g>> {
        let here = at(self.distance, id);
        let graph = self.graph;
        let mut last = None;
        let numbers = self.incoming.of(id.number()).iter();
        numbers
            .filter_map(move |number| graph.edge(*number))
            .filter(move |edge| {
                let from = edge.from().map(NodeRef::id);
                let closer = from.is_some_and(|from| {
                    here != UNREACHED && at(self.distance, from).saturating_add(1) == here
                });
                let new = last != from;
                last = from;
                closer && new
            })
    }

    /// How many shortest ways lead to `target`, counted level by level.
    fn count(&self, target: NodeId) -> u64 {
        if at(self.distance, target) == UNREACHED {
            return 0;
        }
        // Backwards, one level at a time: each node carries the number of ways from it to the target.
        let mut level = std::collections::BTreeMap::from([(target, 1_u64)]);
        for _ in 0..at(self.distance, target) {
            let mut before = std::collections::BTreeMap::new();
            for (id, ways) in level {
                for from in self.steps(id).filter_map(EdgeRef::from) {
                    let slot: &mut u64 = before.entry(from.id()).or_default();
                    *slot = slot.saturating_add(ways);
                }
            }
            level = before;
        }
        level.into_values().fold(0, u64::saturating_add)
    }

    /// The first `limit` shortest ways, found depth first; `open` holds, for each edge of the way so far, the edges not
    /// tried yet in its stead.
    fn chains(&self, target: NodeId, limit: usize) -> Vec<Chain<'g>> {
        let mut done = Vec::new();
        if limit == 0 || at(self.distance, target) == UNREACHED {
            return done;
        }
        let mut way: Vec<EdgeRef<'g>> = Vec::new();
        let mut open = Vec::new();
        let mut here = target;
        loop {
            if at(self.distance, here) == 0 {
                let start = self.graph.node(here);
                done.extend(start.map(|start| Chain {
                    start,
                    edges: way.iter().rev().copied().collect(),
                }));
                way.pop();
            } else {
                open.push(self.steps(here));
            }
            // Back to the last place where there is another edge to try.
            let next = loop {
                let Some(steps) = open.last_mut().filter(|_| done.len() < limit) else {
                    return done;
                };
                if let Some(edge) = steps.next() {
                    break edge;
                }
                open.pop();
                way.pop();
            };
            let Some(from) = next.from() else { return done };
            way.push(next);
            here = from.id();
        }
    }
}
