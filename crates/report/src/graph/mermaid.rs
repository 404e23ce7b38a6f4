//! The graph as a Mermaid flowchart, which GitHub and GitLab render in Markdown.

use std::io::{self, Write};

use bomtrail_graph::{Bom, Diagnostics, EdgeRef, Format, WriteError, Writer};

use crate::escape::printable;
use crate::label;

/// The graph as a Mermaid flowchart; dependencies that are optional or not needed at run time are dotted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mermaid;

impl Writer for Mermaid {
    fn format(&self) -> Format {
        Format {
            name: "mermaid",
            version: "1",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        _diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        writeln!(out, "flowchart LR")?;
        for node in bom.graph.nodes() {
            let text = escaped(&label::of_node(node));
            writeln!(out, "  n{}[\"{text}\"]", node.id().index())?;
        }
        for edge in bom.graph.edges() {
            arrow(edge, out)?;
        }
        Ok(())
    }
}

fn arrow(edge: EdgeRef<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (Some(from), Some(to)) = (edge.from(), edge.to()) else {
        return Ok(());
    };
    let line = if label::is_weak(edge) { "-.->" } else { "-->" };
    write!(out, "  n{} {line}", from.id().index())?;
    if let Some(range) = edge.range().filter(|range| !range.is_empty()) {
        write!(out, "|\"{}\"|", escaped(range))?;
    }
    writeln!(out, " n{}", to.id().index())
}

/// Text of a quoted label: special characters of Mermaid and HTML become entities (`#34;`).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '|' => {
                escaped.push('#');
                escaped.push_str(&u32::from(character).to_string());
                escaped.push(';');
            }
            other => escaped.push(other),
        }
    }
    escaped
}
