//! The linker: joins fragments into one graph. Merges by Package URL, unions the edges of all places, resolves names that
//! other fragments provide, and reports what stays open, ambiguous or in conflict. Invents nothing and loses nothing.

mod join;
mod merge;
mod resolve;

use crate::diagnostic::Diagnostics;
use crate::fragment::{Fragment, Link, Target};
use crate::graph::{Edge, Graph, NodeId};
use crate::scope;

use join::Joined;
use merge::Merged;

/// Joins fragments into one graph; their order never matters.
pub fn link(fragments: Vec<Fragment>, diagnostics: &mut Diagnostics) -> Graph {
    let mut joined = join::join(fragments);
    resolve::names(&mut joined, diagnostics);
    let scopes = scope::scopes(&joined.components, &joined.links, &joined.roots);
    let Joined {
        components,
        links,
        roots,
        origins,
        sources,
    } = joined;
    let Merged { nodes, node_of } =
        merge::merge(components, &scopes, &origins, &sources, diagnostics);
    let node = |number: u32| node_of.get(number as usize).copied().map(NodeId::new);
    let mut edges: Vec<Edge> = Vec::with_capacity(links.len());
    for link in links {
        if let Some(from) = node(link.from.0) {
            let to = match link.to {
                Target::Here(id) => node(id.0),
                Target::Named(_) | Target::Absent => None,
            };
            let reached = to
                .and_then(|id| nodes.get(id.index()))
                .map(|it| &*it.component.name);
            edges.push(edge(link, from, to, reached));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    let mut roots: Vec<NodeId> = roots.iter().filter_map(|id| node(id.0)).collect();
    roots.sort_unstable();
    roots.dedup();
    let offsets = offsets(nodes.len(), &edges);
    let graph = Graph {
        nodes,
        edges,
        offsets,
        roots,
        inputs: sources,
    };
    debug_assert_eq!(
        graph.verify(),
        Ok(()),
        "link() broke a promise of the graph"
    );
    graph
}

fn edge(link: Link, from: NodeId, to: Option<NodeId>, reached: Option<&str>) -> Edge {
    let Link {
        name,
        range,
        phase,
        need,
        problem,
        detail,
        ..
    } = link;
    let name = if reached.is_some() {
        name.filter(|name| Some(&**name) != reached)
    } else {
        Some(name.unwrap_or_default())
    };
    Edge {
        from,
        to,
        name,
        phase,
        need,
        range,
        problem,
        detail,
    }
}

fn offsets(count: usize, edges: &[Edge]) -> Vec<u32> {
    let mut offsets = vec![0_u32; count + 1];
    for edge in edges {
        if let Some(slot) = offsets.get_mut(edge.from.index() + 1) {
            *slot += 1;
        }
    }
    let mut total = 0;
    for slot in &mut offsets {
        total += *slot;
        *slot = total;
    }
    offsets
}
