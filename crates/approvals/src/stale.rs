//! Entries of a project's own list that its graph does not use.

use std::collections::HashSet;

use bomtrail_graph::Graph;
use foldhash::fast::RandomState;

use crate::key::{Key, Subject, subject};
use crate::list::List;

/// An approval that is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stale {
    /// The package.
    pub key: Key,
    /// The version.
    pub version: String,
    /// Its line in the list, from 1; 0 where the list was not read from a file.
    pub line: usize,
}

/// The versions that the project's own file approves and `graph` does not have.
pub fn stale(graph: &Graph, list: &List) -> Vec<Stale> {
    let subjects: Vec<Subject> = graph.nodes().filter_map(subject).collect();
    let used = subjects
        .iter()
        .filter_map(|it| Some((it.key.as_str(), it.version.as_deref()?)));
    let used: HashSet<(&str, &str), RandomState> = used.collect();
    let mut found = Vec::new();
    for (key, all) in list.packages() {
        for it in all.iter().filter(|it| list.is_own(*it)) {
            if !used.contains(&(key.as_str(), it.version.as_str())) {
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
