//! The children of a package in the tree: one for each package and each alias it depends on.

use bomtrail_graph::{EdgeRef, Need, NodeId, NodeRef};

use crate::label;
use crate::mark::{self, Mark};

/// The dependencies of one package, in the order they are shown.
#[derive(Clone, Debug)]
pub(super) struct Children<'g>(Vec<EdgeRef<'g>>);

impl<'g> Children<'g> {
    /// The dependencies of a node, sorted by name or alias. Optional dependencies that are absent are included only with
    /// `all`.
    pub(super) fn of(node: NodeRef<'g>, all: bool) -> Self {
        let dependencies = node.edges().filter(|edge| edge.need() != Need::Conflicts);
        let mut edges: Vec<EdgeRef<'g>> = dependencies
            .filter(|edge| all || edge.to().is_some() || edge.problem().is_some())
            .collect();
        edges.sort_by(|a, b| asked(*a).cmp(&asked(*b)));
        Self(edges)
    }

    /// One child for each name and the package it resolves to.
    pub(super) fn iter(&self) -> impl Iterator<Item = Child<'_, 'g>> {
        self.0.chunk_by(|a, b| asked(*a) == asked(*b)).map(Child)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The child that starts with the edge at `position`, and the position after it.
    pub(super) fn at(&self, position: usize) -> Option<(Child<'_, 'g>, usize)> {
        let edges = self.0.get(position..)?;
        let child = edges.chunk_by(|a, b| asked(*a) == asked(*b)).next()?;
        Some((Child(child), position + child.len()))
    }

    /// True when `position` is after the last child.
    pub(super) fn ends_at(&self, position: usize) -> bool {
        position >= self.0.len()
    }
}

/// One dependency: the edges of one name to one package, at least one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child<'c, 'g>(&'c [EdgeRef<'g>]);

impl<'g> Child<'_, 'g> {
    pub(super) fn node(self) -> Option<NodeRef<'g>> {
        self.0.first().and_then(|edge| edge.to())
    }

    /// The name that is requested.
    pub(super) fn name(self) -> &'g str {
        self.0.first().map_or("", |edge| asked(*edge).0)
    }

    pub(super) fn label(self) -> String {
        if let Some(node) = self.node() {
            return label::of_node(node);
        }
        let range = self.0.first().and_then(|edge| edge.range());
        match range.filter(|range| !range.is_empty()) {
            Some(range) => format!("{}@{range}", self.name()),
            None => self.name().to_owned(),
        }
    }

    pub(super) fn marks(self) -> Vec<Mark<'g>> {
        mark::of_edges(self.0)
    }
}

/// The identity of a child: the package, or the alias. A package whose modules are requested one by one is one child.
fn asked(edge: EdgeRef<'_>) -> (&str, Option<NodeId>) {
    let aliased = edge.detail().is_some_and(|it| it.alias.is_some());
    match edge.to() {
        Some(node) if !aliased => (node.name(), Some(node.id())),
        reached => (edge.name(), reached.map(NodeRef::id)),
    }
}
