//! The answer to `why` as JSON.

use std::io::{self, Write};

use bomtrail_graph::{Chain, EdgeRef, NodeRef, Tool};
use serde::Serialize;

use super::{Found, Why, edge_marks};
use crate::wire::{MarkView, PackageView, ToolView, print};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    query: &'a str,
    found: Vec<FoundView<'a>>,
    missing: Vec<RequirementView<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FoundView<'a> {
    package: PackageView<'a>,
    root: bool,
    reachable: bool,
    chains: Vec<ChainView<'a>>,
    total_chains: u64,
    other_requirers: Vec<PackageView<'a>>,
}

#[derive(Serialize)]
struct ChainView<'a> {
    start: PackageView<'a>,
    steps: Vec<StepView<'a>>,
}

/// One edge of a chain, and the package it leads to.
#[derive(Serialize)]
struct StepView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<PackageView<'a>>,
    name: &'a str,
    range: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<MarkView<'a>>,
}

/// A dependency that nothing provides.
#[derive(Serialize)]
struct RequirementView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<PackageView<'a>>,
    step: StepView<'a>,
}

impl<'a> From<EdgeRef<'a>> for StepView<'a> {
    fn from(edge: EdgeRef<'a>) -> Self {
        Self {
            package: edge.to().map(PackageView::from),
            name: edge.name(),
            range: edge.range(),
            marks: edge_marks(edge).into_iter().map(MarkView::from).collect(),
        }
    }
}

impl<'a> From<&'a Chain<'a>> for ChainView<'a> {
    fn from(chain: &'a Chain<'a>) -> Self {
        Self {
            start: chain.start.into(),
            steps: chain.edges.iter().copied().map(StepView::from).collect(),
        }
    }
}

impl<'a> From<&'a Found<'a>> for FoundView<'a> {
    fn from(found: &'a Found<'a>) -> Self {
        let chains = &found.chains;
        let others = chains.other_requirers.iter().copied();
        let shown = chains.shown.iter().filter(|it| !it.edges.is_empty());
        Self {
            package: found.node.into(),
            root: NodeRef::is_root(found.node),
            reachable: chains.from_roots,
            chains: shown.map(ChainView::from).collect(),
            total_chains: chains.total,
            other_requirers: others.map(PackageView::from).collect(),
        }
    }
}

impl Why<'_> {
    /// Writes the answer as `bomtrail/why/v1`, which `schemas/why-v1.schema.json` describes.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_json(&self, tool: Tool<'_>, out: &mut dyn Write) -> io::Result<()> {
        let missing = self.missing.iter().map(|edge| RequirementView {
            from: edge.from().map(PackageView::from),
            step: (*edge).into(),
        });
        let document = Document {
            schema: "bomtrail/why/v1",
            tool: tool.into(),
            query: &self.query,
            found: self.found.iter().map(FoundView::from).collect(),
            missing: missing.collect(),
        };
        print(&document, out)
    }
}
