//! The graph as stable JSON, described by `schemas/graph-v1.schema.json`. It is streamed.

mod edge;
mod node;

use std::borrow::Cow;
use std::io;

use bomtrail_document::{Layout, print};
use bomtrail_graph::{
    Bom, Diagnostics, Format, Graph, NodeRef, Source, Text, Tool, WriteError, Writer,
};
use serde::Serialize;

use crate::wire::{Each, ToolView};
use edge::EdgeView;
use node::NodeView;

/// The graph as `bomtrail/graph/v1`, with all its facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct GraphJson;

impl Writer for GraphJson {
    fn format(&self) -> Format {
        Format {
            name: "json",
            version: "v1",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn io::Write,
        _diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let references = References::new(bom.graph);
        let view = view(bom.graph, bom.tool, &references);
        Ok(print(&view, Layout::of(bom), out)?)
    }
}

/// The reference of every node by its position, computed once.
struct References<'g>(Vec<Cow<'g, str>>);

impl<'g> References<'g> {
    fn new(graph: &'g Graph) -> Self {
        Self(graph.nodes().map(NodeRef::reference).collect())
    }

    fn get(&self, position: usize) -> &str {
        self.0.get(position).map_or("", |it| &**it)
    }
}

#[derive(Serialize)]
struct GraphView<'g, R, I, N, E> {
    schema: &'static str,
    tool: ToolView<'g>,
    roots: R,
    inputs: I,
    nodes: N,
    edges: E,
}

fn view<'g>(
    graph: &'g Graph,
    tool: Tool<'g>,
    references: &'g References<'g>,
) -> impl Serialize + 'g {
    let reference = |node: NodeRef<'_>| references.get(node.id().index());
    GraphView {
        schema: "bomtrail/graph/v1",
        tool: tool.into(),
        roots: Each(graph.roots().map(reference)),
        inputs: Each(graph.inputs().iter().map(InputView::new)),
        nodes: Each(
            graph
                .nodes_ahead()
                .map(move |node| NodeView::new(node, reference(node))),
        ),
        edges: Each(graph.edges().map(|edge| EdgeView::new(edge, references))),
    }
}

#[derive(Serialize)]
struct InputView<'g> {
    path: &'g str,
    lifecycle: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property<'g>>,
}

impl<'g> InputView<'g> {
    fn new(source: &'g Source) -> Self {
        Self {
            path: &source.path,
            lifecycle: source.lifecycle.name(),
            properties: properties(&source.properties),
        }
    }
}

/// A named value; a name can occur more than once.
#[derive(Serialize)]
struct Property<'g> {
    name: &'g str,
    value: &'g str,
}

fn properties(pairs: &[(Text, Text)]) -> Vec<Property<'_>> {
    pairs
        .iter()
        .map(|(name, value)| Property { name, value })
        .collect()
}

#[cfg(test)]
mod tests;
