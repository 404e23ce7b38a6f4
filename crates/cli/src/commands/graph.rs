//! `bomtrail graph`: the graph as data for other programs, and as a drawing.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::{Bom, Diagnostics, TOOL, Writer};
use clap::Args;

use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::many::ManyArgs;
use crate::output::{self, Sink};
use crate::report::Verbosity;

/// Print the dependency graph as JSON, Graphviz or Mermaid
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ManyArgs,
    /// Output format: json (schemas/graph-v1.schema.json), dot (Graphviz) or mermaid [default: from the ending of the output
    /// file, else json]
    #[arg(short, long, value_name = "FORMAT", value_parser = crate::values::view())]
    format: Option<&'static dyn Writer>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write without line breaks and indentation
    #[arg(long)]
    compact: bool,
}

/// The endings of file names that select a format.
const ENDINGS: &[Ending<&str>] = &[
    (".json", &["json"]),
    (".dot", &["dot"]),
    (".gv", &["dot"]),
    (".mmd", &["mermaid"]),
    (".mermaid", &["mermaid"]),
];

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let given = self.format.map(|it| it.format().name);
        let name = ending::choose(given, "json", &sink, ENDINGS)?;
        let named =
            || bomtrail::formats::view(name).map_err(|error| CliError::Usage(error.to_string()));
        let format = self.format.map_or_else(named, Ok)?;
        let inputs = Inputs::given([self.part.path()]);
        let scan = self.part.scan_noting(&inputs, verbosity)?;
        inputs.protect([&sink])?;
        let bom = Bom::new(scan.graph(), TOOL).compact(self.compact);
        let mut diagnostics = Diagnostics::new();
        let written = output::write(&sink, |out| format.write(&bom, out, &mut diagnostics));
        verbosity.report(scan.diagnostics().iter().chain(&diagnostics));
        written?;
        sink.announce_sbom(
            verbosity,
            &format.format(),
            (scan.graph(), scan.diagnostics()),
        );
        Ok(ExitCode::SUCCESS)
    }
}
