//! `bomtrail tree`: the dependency tree, folded as `npm ls` does.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::views::{Tree, TreeLine, TreeOptions};
use bomtrail::{TOOL, WriteError};
use clap::{Args, ValueEnum};

use crate::error::CliError;
use crate::output;
use crate::part::ProjectArgs;
use crate::report::Verbosity;
use crate::style::{self, Style};
use bomtrail::views::printable;

/// Print the dependency tree; repeated packages are marked `deduped` and not expanded again
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ProjectArgs,
    /// Maximum depth; the project's direct dependencies have depth 1
    #[arg(long, value_name = "N")]
    depth: Option<usize>,
    /// Include optional dependencies that are not locked
    #[arg(long)]
    all: bool,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

/// Formats of trees and chains.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Text,
    Json,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let scan = self.part.scan()?;
        let options = TreeOptions::default().depth(self.depth).all(self.all);
        let tree = Tree::new(scan.graph(), options);
        let written = match self.format {
            Form::Json => output::print(|out| Ok(tree.write_json(TOOL, out)?)),
            Form::Text => output::print_text(|out| {
                let mut lines = tree.lines();
                lines.try_for_each(|it| line(&it, out))
            }),
        };
        verbosity.report(scan.diagnostics());
        written?;
        Ok(ExitCode::SUCCESS)
    }
}

fn line(line: &TreeLine<'_>, out: &mut dyn Write) -> Result<(), WriteError> {
    write!(out, "{}", line.prefix)?;
    for mark in line.marks.iter().filter(|mark| mark.leads()) {
        write!(out, "{} ", style::mark(*mark))?;
    }
    let first_party = line
        .node
        .is_some_and(|node| node.component().role.is_first_party());
    let style = if first_party {
        Style::FirstParty
    } else {
        Style::Plain
    };
    write!(out, "{}", style.text(&printable(&line.label)))?;
    for mark in line.marks.iter().filter(|mark| !mark.leads()) {
        write!(out, " {}", style::mark(*mark))?;
    }
    writeln!(out)?;
    Ok(())
}
