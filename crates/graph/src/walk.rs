//! Walks over graphs and fragments: scopes, selections and the chains that lead to a node. All walks are iterative.

pub(crate) mod adjacency;
pub(crate) mod ahead;
pub(crate) mod chains;
pub(crate) mod places;
pub(crate) mod scope;
pub(crate) mod select;
