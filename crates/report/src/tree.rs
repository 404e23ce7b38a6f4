//! The dependency tree as people read it: every package with its dependencies once, at its shallowest place, and folded
//! (`deduped`) everywhere else, as `npm ls` does it.
//!
//! Lines are made one after the other and hold no colour; how deep or large the graph is costs no memory per line.

mod children;
mod lines;
mod plan;

use bomtrail_graph::{Graph, NodeRef};

use crate::mark::Mark;
pub use lines::TreeLines;
use plan::Plan;

/// What of the tree is shown. The default shows every level, and no optional dependency that is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreeOptions {
    /// Show no package deeper than this; the project's own dependencies have depth 1.
    pub depth: Option<usize>,
    /// Show optional dependencies that nothing provides, too.
    pub all: bool,
}

impl TreeOptions {
    /// With no package deeper than `depth`; the project's own dependencies have depth 1.
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

/// A graph unfolded as far as it makes sense.
#[derive(Clone, Debug)]
pub struct Tree<'g> {
    options: TreeOptions,
    plan: Plan<'g>,
}

/// One line of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeLine<'g> {
    /// How many steps below a top the package stands.
    pub depth: usize,
    /// What is drawn before it.
    pub prefix: String,
    /// The package; nothing when the dependency is missing.
    pub node: Option<NodeRef<'g>>,
    /// `name@version`, or `name@range` when it is missing; as the input writes it, control characters and all.
    pub label: String,
    /// What is to be said about it.
    pub marks: Vec<Mark<'g>>,
}

impl<'g> Tree<'g> {
    /// The tree of a graph: the project's roots, then what no root reaches.
    pub fn new(graph: &'g Graph, options: TreeOptions) -> Self {
        Self {
            options,
            plan: Plan::new(graph, options.all),
        }
    }

    /// Its lines, from the top.
    pub fn lines(&self) -> TreeLines<'_, 'g> {
        TreeLines::new(self)
    }
}

#[cfg(test)]
mod tests;
