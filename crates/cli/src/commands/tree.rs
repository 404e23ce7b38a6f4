//! `bomtrail tree`: the dependency tree, as `npm ls` folds it.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::{Tree, TreeLine, TreeOptions, WriteError};
use clap::Args;

use crate::error::CliError;
use crate::output;
use crate::paint::{Paint, Style};
use crate::part::ProjectArgs;
use crate::report::Verbosity;
use bomtrail::printable;

/// Print the dependency tree; a package's own dependencies are printed once, then it is `deduped`
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ProjectArgs,
    /// No package deeper than this; the project's own dependencies have depth 1
    #[arg(long, value_name = "N")]
    depth: Option<usize>,
    /// Optional dependencies that are absent, too
    #[arg(long)]
    all: bool,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let scan = self.part.scan()?;
        let options = TreeOptions::default().depth(self.depth).all(self.all);
        let tree = Tree::new(scan.graph(), options);
        let paint = Paint::for_stdout();
        let written = output::print(|out| {
            let mut lines = tree.lines();
            lines.try_for_each(|it| line(&it, paint, out))
        });
        verbosity.report(scan.diagnostics());
        written?;
        Ok(ExitCode::SUCCESS)
    }
}

fn line(line: &TreeLine<'_>, paint: Paint, out: &mut dyn Write) -> Result<(), WriteError> {
    write!(out, "{}", line.prefix)?;
    for mark in line.marks.iter().filter(|mark| mark.leads()) {
        write!(out, "{} ", paint.mark(*mark))?;
    }
    let first_party = line
        .node
        .is_some_and(|node| node.component().role.is_first_party());
    let style = if first_party {
        Style::Own
    } else {
        Style::Plain
    };
    write!(out, "{}", paint.text(style, &printable(&line.label)))?;
    for mark in line.marks.iter().filter(|mark| !mark.leads()) {
        write!(out, " {}", paint.mark(*mark))?;
    }
    writeln!(out)?;
    Ok(())
}
