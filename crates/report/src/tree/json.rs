//! The lines of a tree as JSON: a flat list with depths, so that no reader runs out of stack.

use std::borrow::Cow;
use std::io::{self, Write};

use bomtrail_graph::{NodeRef, Tool};
use serde::{Serialize, Serializer};

use super::{Tree, TreeLine};
use crate::wire::{MarkView, ToolView, print};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    lines: Lines<'a>,
}

struct Lines<'a>(&'a Tree<'a>);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.lines().map(LineView::from))
    }
}

#[derive(Serialize)]
struct LineView<'g> {
    depth: usize,
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<Cow<'g, str>>,
    label: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<MarkView<'g>>,
}

impl<'g> From<TreeLine<'g>> for LineView<'g> {
    fn from(line: TreeLine<'g>) -> Self {
        Self {
            depth: line.depth,
            reference: line.node.map(NodeRef::reference),
            label: line.label,
            marks: line.marks.into_iter().map(MarkView::from).collect(),
        }
    }
}

impl Tree<'_> {
    /// Writes the lines as `bomtrail/tree/v1`, which `schemas/tree-v1.schema.json` describes.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_json(&self, tool: Tool<'_>, out: &mut dyn Write) -> io::Result<()> {
        let document = Document {
            schema: "bomtrail/tree/v1",
            tool: tool.into(),
            lines: Lines(self),
        };
        print(&document, out)
    }
}
