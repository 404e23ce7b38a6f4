//! `bomtrail graph`: the graph as data for other programs, and as a drawing.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::{Bom, Diagnostics, TOOL, Writer};
use clap::Args;

use crate::error::CliError;
use crate::output::{self, Sink};
use crate::part::ProjectArgs;
use crate::report::Verbosity;

/// Print the dependency graph as JSON, Graphviz or Mermaid
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ProjectArgs,
    /// Output format: json (schemas/graph-v1.schema.json), dot (Graphviz) or mermaid
    #[arg(short, long, value_name = "FORMAT", default_value = "json", value_parser = bomtrail::view)]
    format: &'static dyn Writer,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write without line breaks and indentation
    #[arg(long)]
    compact: bool,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let scan = self.part.scan()?;
        let bom = Bom::new(scan.graph(), TOOL).compact(self.compact);
        let mut diagnostics = Diagnostics::new();
        let sink = Sink::named(self.output.as_deref());
        let written = output::write(&sink, |out| self.format.write(&bom, out, &mut diagnostics));
        verbosity.report(scan.diagnostics().iter().chain(&diagnostics));
        written?;
        Ok(ExitCode::SUCCESS)
    }
}
