//! Why a package is there: a shortest chain from the project to it, cut in the middle where it is long. One walk for all
//! packages; every chain takes constant time and space.

use std::collections::VecDeque;

use bomtrail_graph::{Graph, NodeId, NodeRef};

use crate::label;

/// Packages shown from the start of a long chain.
const HEAD: usize = 4;
/// Packages shown from the end of a long chain.
const TAIL: usize = 4;

/// A place of a node in the tree of shortest chains.
#[derive(Clone, Copy)]
struct Step {
    /// The node before it.
    before: Option<NodeId>,
    /// How many nodes are before it.
    depth: usize,
    /// The last node of the first [`HEAD`] on its chain.
    head: NodeId,
}

/// The shortest chains of a graph.
pub(super) struct Paths<'g> {
    graph: &'g Graph,
    steps: Vec<Option<Step>>,
}

/// A chain of packages, the project first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path {
    /// The packages; of a long chain the first and the last ones.
    pub(super) labels: Vec<String>,
    /// How many packages are left out after the first [`Path::HEAD`].
    pub(super) omitted: usize,
}

impl Path {
    /// Where a long chain is cut.
    pub(super) const HEAD: usize = HEAD;

    /// The chain on one line; empty when it says no more than the package's name.
    pub(super) fn text(&self) -> String {
        if self.labels.len() < 3 {
            return String::new();
        }
        let mut labels = self.labels.clone();
        if self.omitted > 0 {
            labels.insert(HEAD, format!("… {} more …", self.omitted));
        }
        labels.join(" > ")
    }
}

impl<'g> Paths<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let mut paths = Self {
            graph,
            steps: vec![None; graph.nodes().len()],
        };
        let mut open: VecDeque<NodeRef<'_>> = graph.roots().collect();
        for root in graph.roots() {
            paths.arrive(root.id(), None);
        }
        while let Some(node) = open.pop_front() {
            for to in node.dependencies() {
                if paths.arrive(to.id(), Some(node.id())) {
                    open.push_back(to);
                }
            }
        }
        paths
    }

    fn step(&self, id: NodeId) -> Option<Step> {
        self.steps.get(id.index()).copied().flatten()
    }

    /// Notes the first way to a node; true when this is it.
    fn arrive(&mut self, id: NodeId, before: Option<NodeId>) -> bool {
        let parent = before.and_then(|it| self.step(it));
        let Some(slot @ None) = self.steps.get_mut(id.index()) else {
            return false;
        };
        let depth = parent.map_or(0, |it| it.depth + 1);
        let head = parent.filter(|_| depth >= HEAD).map_or(id, |it| it.head);
        *slot = Some(Step {
            before,
            depth,
            head,
        });
        true
    }

    /// The chain to a node, the project first; the node alone when nothing in the project needs it.
    pub(super) fn to(&self, id: NodeId) -> Path {
        let Some(step) = self.step(id) else {
            return Path {
                labels: self.labels(id, 1),
                omitted: 0,
            };
        };
        let length = step.depth + 1;
        if length <= HEAD + TAIL {
            return Path {
                labels: self.labels(id, length),
                omitted: 0,
            };
        }
        let mut labels = self.labels(step.head, HEAD);
        labels.extend(self.labels(id, TAIL));
        Path {
            labels,
            omitted: length - HEAD - TAIL,
        }
    }

    /// The last `count` packages of the chain to a node.
    fn labels(&self, id: NodeId, count: usize) -> Vec<String> {
        let mut labels = Vec::with_capacity(count);
        let mut next = Some(id);
        while let Some(id) = next.filter(|_| labels.len() < count) {
            labels.extend(self.graph.node(id).map(label::of_node));
            next = self.step(id).and_then(|it| it.before);
        }
        labels.reverse();
        labels
    }
}

#[cfg(test)]
mod tests {
    use bomtrail_graph::{Diagnostics, Fragment, LocalId, link};

    use super::*;
    use crate::graph::tests::{component, link_to};

    fn chain(count: u32) -> Graph {
        let mut fragment = Fragment::default();
        for number in 0..count {
            fragment.add(component("n", &number.to_string())).unwrap();
        }
        fragment.roots.push(LocalId(0));
        fragment.links = (1..count)
            .map(|number| link_to(LocalId(number - 1), Some(LocalId(number)), "n", ""))
            .collect();
        link(vec![fragment], &mut Diagnostics::new())
    }

    fn last(count: u32) -> Path {
        let graph = chain(count);
        let name = (count - 1).to_string();
        let node = graph.nodes().find(|it| it.version() == Some(&*name));
        Paths::new(&graph).to(node.unwrap().id())
    }

    #[test]
    fn chains_are_cut_in_the_middle() {
        assert_eq!(last(1).text(), "");
        assert_eq!(last(3).text(), "n@0 > n@1 > n@2");
        assert_eq!((last(8).labels.len(), last(8).omitted), (8, 0));
        assert_eq!(
            last(9).text(),
            "n@0 > n@1 > n@2 > n@3 > … 1 more … > n@5 > n@6 > n@7 > n@8"
        );
        let long = last(20_000);
        assert_eq!((long.labels.len(), long.omitted), (8, 19_992));
        assert_eq!(long.labels.last().unwrap(), "n@19999");
    }
}
