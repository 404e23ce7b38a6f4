//! `bomtrail convert`: converts an SBOM to another format or version, and reports what is lost.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::{DetailLevel, Diagnostics, Document, TOOL, Writer};
use clap::Args;

use super::sbom::plan;
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, OutputArgs, Sink};
use crate::part::source;
use crate::report::{self, Verbosity};
use crate::timestamp::{self, TimeArgs};

/// Convert an SBOM to another format or version, and report what is lost
#[derive(Args)]
pub(crate) struct Arguments {
    /// SBOM, or any other input that `bomtrail sbom` reads; `-` for standard input, git:REF:PATH for a revision
    file: PathBuf,
    /// Output format; a version after `@` pins it, as in cyclonedx-json@1.5
    /// [default: from the ending of the output file]
    #[arg(short, long, value_name = "FORMAT", value_parser = crate::values::format())]
    format: Option<&'static dyn Writer>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    extent: OutputArgs,
    /// Exit with code 1 if anything is lost; the document is still written
    #[arg(long)]
    strict: bool,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let format = plan::format(self.format, &sink)?;
        Inputs::given([&self.file]).protect([&sink])?;
        // The process ends soon: releasing the memory of a large graph takes longer than ending.
        let document = ManuallyDrop::new(Document::open(source(&self.file)?)?);
        let of_file = document.timestamp().and_then(timestamp::parse);
        let time = self.time.or_of(of_file, &self.file)?;
        let bom = document
            .scan()
            .bom(TOOL)
            .timestamp(time.as_deref())
            .detail(self.extent.detail(DetailLevel::Full))
            .compact(self.extent.compact);
        let mut lost = Diagnostics::new();
        output::write_within(self.extent.max_bytes, &sink, |out| {
            lost = Diagnostics::new();
            document.write(format, &bom, out, &mut lost)
        })?;
        // What the format cannot hold includes what the reader did not keep; each is shown once.
        let texts: BTreeSet<String> = lost.iter().map(ToString::to_string).collect();
        let content = (document.scan().graph(), document.diagnostics());
        sink.announce_sbom(verbosity, &format.format(), content);
        let others = document.diagnostics().iter();
        verbosity.report(others.filter(|it| !texts.contains(&it.to_string())));
        verbosity.with_notes().report(&lost);
        let is_lossy = self.strict && !lost.is_empty();
        Ok(if is_lossy {
            ExitCode::FAILURE
        } else {
            report::exit_code(self.strict, document.diagnostics().worst())
        })
    }
}
