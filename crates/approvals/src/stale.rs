//! Entries of a project's own list that nothing in its graph needs.

use std::collections::BTreeSet;

use bomtrail_graph::Graph;

use crate::key::{Key, subject};
use crate::list::List;

/// An approval that nothing needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The package.
    pub key: Key,
    /// The version.
    pub version: String,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// The versions that the project's own file approves, and that are not in `graph`.
pub fn stale(graph: &Graph, list: &List) -> Vec<Stale> {
    let subjects = graph.nodes().filter_map(subject);
    let used: BTreeSet<(Key, Option<String>)> = subjects.map(|it| (it.key, it.version)).collect();
    let mut found = Vec::new();
    for (key, all) in list.packages() {
        for it in all.iter().filter(|it| list.is_own(*it)) {
            if !used.contains(&(key.clone(), Some(it.version.clone()))) {
                found.push(Stale {
                    key: key.clone(),
                    version: it.version.clone(),
                    line: it.line,
                });
            }
        }
    }
    found
}
