//! Changes as text, JSON (`bomtrail/diff/v1`) and Markdown.

use std::io::{self, Write};

use bomtrail_graph::Tool;
use serde::Serialize;

use super::change::{Change, ChangeKind, Changes};
use crate::escape::{markdown, printable};
use crate::wire::{ChangeView, ToolView, print};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    changes: Vec<ChangeView<'a>>,
}

impl Changes {
    /// Writes one line for each change.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        for change in &self.changes {
            let Change { kind, package, .. } = change;
            write!(out, "{} {}", kind.name(), printable(package))?;
            let words = printable(&words(change)).into_owned();
            if !words.is_empty() {
                write!(out, " {words}")?;
            }
            if let Some(step) = change.step {
                write!(out, " ({})", step.name())?;
            }
            if !change.brought_by.is_empty() {
                write!(
                    out,
                    " (through {})",
                    printable(&change.brought_by.join(", "))
                )?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// Writes `bomtrail/diff/v1`, which `schemas/diff-v1.schema.json` describes.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_json(&self, tool: Tool<'_>, out: &mut dyn Write) -> io::Result<()> {
        let document = Document {
            schema: "bomtrail/diff/v1",
            tool: tool.into(),
            changes: self.changes.iter().map(ChangeView::from).collect(),
        };
        print(&document, out)
    }

    /// Writes a table for each kind of change, for a comment on a pull request.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.changes.is_empty() {
            return writeln!(out, "No dependency changed.");
        }
        let mut first = true;
        for kind in ChangeKind::ALL {
            let these: Vec<&Change> = self.changes.iter().filter(|it| it.kind == kind).collect();
            if these.is_empty() {
                continue;
            }
            if !first {
                writeln!(out)?;
            }
            first = false;
            writeln!(out, "### {} ({})\n", kind.title(), these.len())?;
            writeln!(out, "| package | before | after | through |")?;
            writeln!(out, "|---|---|---|---|")?;
            for it in these {
                let cells = [
                    markdown(&it.package),
                    markdown(&it.before.join(", ")),
                    markdown(&it.after.join(", ")),
                    markdown(&it.brought_by.join(", ")),
                ];
                writeln!(out, "| {} |", cells.join(" | "))?;
            }
        }
        Ok(())
    }
}

fn words(change: &Change) -> String {
    let (before, after) = (change.before.join(", "), change.after.join(", "));
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after,
        (_, true) => before,
        _ => [&*before, &*after].join(" -> "),
    }
}
