//! The graph as a Graphviz drawing (the DOT language).

use std::io::{self, Write};

use bomtrail_graph::{Bom, Diagnostics, EdgeRef, Format, WriteError, Writer};

use crate::escape::printable;
use crate::label;

/// The graph in the DOT language: a box for each package, an arrow for each dependency. Dependencies that are optional or not
/// needed at run time are dashed; missing dependencies are dotted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dot;

impl Writer for Dot {
    fn format(&self) -> Format {
        Format {
            name: "dot",
            version: "1",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        _diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let graph = bom.graph;
        writeln!(out, "digraph dependencies {{")?;
        writeln!(out, "  rankdir=LR;")?;
        writeln!(out, "  node [shape=box];")?;
        for node in graph.nodes() {
            let style = if node.component().role.is_first_party() {
                ", style=bold"
            } else {
                ""
            };
            let (number, text) = (node.id().index(), quoted(&label::of_node(node)));
            writeln!(out, "  n{number} [label={text}{style}];")?;
        }
        for edge in graph.edges() {
            arrow(edge, out)?;
        }
        writeln!(out, "}}")?;
        Ok(())
    }
}

fn arrow(edge: EdgeRef<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(from) = edge.from().map(|node| node.id().index()) else {
        return Ok(());
    };
    let range = quoted(edge.range().unwrap_or_default());
    if let Some(to) = edge.to() {
        let style = if label::is_weak(edge) {
            ", style=dashed"
        } else {
            ""
        };
        return writeln!(
            out,
            "  n{from} -> n{} [label={range}{style}];",
            to.id().index()
        );
    }
    if edge.problem().is_none() {
        return Ok(());
    }
    // The ids of packages are `n` and a number.
    let (id, label) = (quoted(&format!("?{}", edge.name())), quoted(edge.name()));
    writeln!(out, "  {id} [label={label}, style=dotted];")?;
    writeln!(out, "  n{from} -> {id} [label={range}, style=dotted];")
}

/// A quoted string of DOT; control characters and characters that change the direction of text are escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in printable(text).chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
