//! The dependency tree: every package is shown with its dependencies once, at its shallowest place, and marked `deduped` at all
//! other places, as `npm ls` does.
//!
//! Lines are made one at a time and without colours.

mod children;
mod json;
mod lines;
mod plan;

use bomtrail_graph::{Graph, NodeRef};

use crate::mark::Mark;
pub use lines::TreeLines;
use plan::Plan;

/// Which part of the tree is shown. The default shows every level, without optional dependencies that are absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreeOptions {
    /// The maximum depth; direct dependencies have depth 1.
    pub depth: Option<usize>,
    /// Show optional dependencies that nothing provides.
    pub all: bool,
}

impl TreeOptions {
    /// With a maximum depth; direct dependencies have depth 1.
    #[must_use]
    pub fn depth(mut self, depth: Option<usize>) -> Self {
        self.depth = depth;
        self
    }

    /// With optional dependencies that nothing provides.
    #[must_use]
    pub fn all(mut self, all: bool) -> Self {
        self.all = all;
        self
    }
}

/// A graph as a tree.
#[derive(Clone, Debug)]
pub struct Tree<'g> {
    options: TreeOptions,
    plan: Plan<'g>,
}

/// One line of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeLine<'g> {
    /// The depth; roots have depth 0.
    pub depth: usize,
    /// The guide lines before the label.
    pub prefix: String,
    /// The package; `None` when the dependency is missing.
    pub node: Option<NodeRef<'g>>,
    /// `name@version`, or `name@range` when it is missing. Not escaped: it may contain control characters of the input.
    pub label: String,
    /// Remarks about it.
    pub marks: Vec<Mark<'g>>,
}

impl<'g> Tree<'g> {
    /// The tree of a graph: the roots, then the packages that no root reaches.
    pub fn new(graph: &'g Graph, options: TreeOptions) -> Self {
        Self {
            options,
            plan: Plan::new(graph, options.all),
        }
    }

    /// The lines from the top.
    pub fn lines(&self) -> TreeLines<'_, 'g> {
        TreeLines::new(self)
    }
}

#[cfg(test)]
mod tests;
