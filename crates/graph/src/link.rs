//! The linker: joins fragments into one graph. Merges by Package URL, unions the edges of all places, resolves names that
//! other fragments provide, and reports what stays open, ambiguous or in conflict. Invents nothing and loses nothing.

mod join;
mod merge;
mod resolve;

use crate::diagnostic::Diagnostics;
use crate::model::component::Component;
use crate::model::facts::Completeness;
use crate::model::fragment::{Fragment, Link, Target};
use crate::model::graph::{Edge, Graph, Node, NodeId};
use crate::model::shared_text::SharedText;
use crate::walk::adjacency::Adjacency;
use crate::walk::ahead::{self, AHEAD};
use crate::walk::places::{self, Places};
use crate::walk::scope;

use join::Joined;
use merge::Merged;

/// Joins fragments into one graph; their order never matters.
pub fn link(fragments: Vec<Fragment>, diagnostics: &mut Diagnostics) -> Graph {
    linked(
        resolved(join::join(fragments), diagnostics),
        None,
        diagnostics,
    )
    .0
}

/// Like [`link`], below one root: `product` depends on the roots of all fragments, which become its members.
pub fn link_below(
    product: Component,
    fragments: Vec<Fragment>,
    diagnostics: &mut Diagnostics,
) -> Graph {
    let joined = joined_below(Some(product), fragments);
    linked(resolved(joined, diagnostics), None, diagnostics).0
}

/// Like [`link_below`] or, without a product, [`link`]; with the places of the graph and what joins them.
pub fn link_with_places(
    product: Option<Component>,
    fragments: Vec<Fragment>,
    diagnostics: &mut Diagnostics,
) -> (Graph, Places) {
    let joined = resolved(joined_below(product, fragments), diagnostics);
    let inputs = joined.origins.iter().map(|it| it.input).collect();
    let Joined {
        components,
        links,
        roots,
        ..
    } = &joined;
    let places = places::places(components, links, roots, inputs);
    linked(joined, Some(places), diagnostics)
}

fn joined_below(product: Option<Component>, fragments: Vec<Fragment>) -> Joined {
    let mut joined = join::join(fragments);
    if let Some(product) = product {
        joined.add_above(product);
    }
    joined
}

fn resolved(mut joined: Joined, diagnostics: &mut Diagnostics) -> Joined {
    resolve::names(&mut joined, diagnostics);
    joined
}

fn linked(
    joined: Joined,
    places: Option<Places>,
    diagnostics: &mut Diagnostics,
) -> (Graph, Places) {
    let mut scopes = scope::scopes(&joined.components, &joined.links, &joined.roots);
    for (id, stated) in &joined.scopes {
        if let Some(scope) = scopes.get_mut(id.index()) {
            *scope = *stated;
        }
    }
    let Joined {
        components,
        links,
        roots,
        scopes: _,
        origins,
        sources,
    } = joined;
    let Merged { mut nodes, node_of } =
        merge::merge(components, &scopes, &origins, &sources, diagnostics);
    let places = places.map(|it| it.of_nodes(&node_of, nodes.len()));
    let node = |number: u32| node_of.get(number as usize).copied().map(NodeId::new);
    let (edges, offsets) = edges(&nodes, links, node);
    mark_incomplete(&mut nodes, &edges);
    let mut roots: Vec<NodeId> = roots.iter().filter_map(|id| node(id.0)).collect();
    roots.sort_unstable();
    roots.dedup();
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
    (graph, places.unwrap_or_default())
}

/// Marks the nodes whose dependencies are not all in the graph: those with an edge that is needed and reaches nothing.
fn mark_incomplete(nodes: &mut [Node], edges: &[Edge]) {
    let open = |edge: &&Edge| edge.to.is_none() && edge.need.is_strict();
    for edge in edges.iter().filter(open) {
        if let Some(node) = nodes.get_mut(edge.from.index()) {
            let known = &mut node.component.dependencies;
            *known = (*known).max(Completeness::Incomplete);
        }
    }
}

/// The edges of all nodes, sorted and without repeats, and where those of each node begin.
fn edges(
    nodes: &[Node],
    mut links: Vec<Link>,
    node: impl Fn(u32) -> Option<NodeId>,
) -> (Vec<Edge>, Vec<u32>) {
    let numbered: Vec<(u32, u32)> = links
        .iter()
        .zip(0_u32..)
        .filter_map(|(link, number)| Some((node(link.from.0)?.number(), number)))
        .collect();
    let by_node = Adjacency::new(nodes.len(), numbered.into_iter());
    let mut edges: Vec<Edge> = Vec::with_capacity(links.len());
    let mut offsets = Vec::with_capacity(nodes.len() + 1);
    let end = |edges: &[Edge]| u32::try_from(edges.len()).unwrap_or(u32::MAX);
    let mut own: Vec<Edge> = Vec::new();
    for (_, from) in nodes.iter().zip((0_u32..).map(NodeId::new)) {
        offsets.push(end(&edges));
        if from.index().is_multiple_of(AHEAD) {
            let next = (from.number()..).take(AHEAD);
            let of_next = next
                .flat_map(|it| by_node.of(it))
                .filter_map(|it| links.get(*it as usize));
            ahead::read(of_next.map(|it| match it.to {
                Target::Here(id) => node(id.0),
                Target::Named(_) | Target::Absent => None,
            }));
        }
        for number in by_node.of(from.number()) {
            let Some(link) = links.get_mut(*number as usize) else {
                continue;
            };
            let to = match link.to {
                Target::Here(id) => node(id.0),
                Target::Named(_) | Target::Absent => None,
            };
            own.push(edge(link, from, to, nodes));
        }
        own.sort_unstable();
        own.dedup();
        edges.append(&mut own);
    }
    offsets.push(end(&edges));
    (edges, offsets)
}

/// The edge of a link, which gives its texts away. Nodes are far apart in memory, and nearly no link has a name to compare.
fn edge(link: &mut Link, from: NodeId, to: Option<NodeId>, nodes: &[Node]) -> Edge {
    let reached = || Some(&*nodes.get(to?.index())?.component.name);
    let name = match link.name.take() {
        Some(name) if Some(&*name) == reached() => None,
        None if to.is_none() => Some(SharedText::default()),
        other => other,
    };
    Edge {
        from,
        to,
        name,
        phase: link.phase,
        need: link.need,
        range: link.range.take(),
        problem: link.problem,
        detail: link.detail.take(),
    }
}
