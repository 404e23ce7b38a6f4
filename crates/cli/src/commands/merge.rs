//! `bomtrail merge`: several SBOMs as one.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::{Bom, DetailLevel, Diagnostics, TOOL, Writer, merge};
use clap::Args;

use super::sbom::plan;
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, OutputArgs, Sink};
use crate::part::{Around, source};
use crate::report::Verbosity;
use crate::timestamp::TimeArgs;

/// Merge several SBOMs into one; packages with the same Package URL become one, unless their digests differ
#[derive(Args)]
pub(crate) struct Arguments {
    /// SBOMs, lockfiles, project folders, `-` for standard input, or `git:REF[:PATH]`
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Add a main component with this name that depends on the main component of each file
    #[arg(long, value_name = "NAME[@VERSION]")]
    hierarchical: Option<String>,
    /// Output format; a version after `@` pins it, as in cyclonedx-json@1.5
    /// [default: from the ending of the output file, else cyclonedx-json]
    #[arg(short, long, value_name = "FORMAT", value_parser = crate::values::format())]
    format: Option<&'static dyn Writer>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    extent: OutputArgs,
    #[command(flatten)]
    around: Around,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let format = plan::format(self.format, &sink)?;
        let above = self.hierarchical.as_deref().map(|name| {
            let split = name.rsplit_once('@').filter(|(name, _)| !name.is_empty());
            split.map_or((name, None), |(name, version)| (name, Some(version)))
        });
        let sources = self.files.iter().map(|it| source(it));
        let sources = sources.collect::<Result<Vec<_>, _>>()?;
        let inputs = Inputs::given(&self.files);
        let options = self.around.options().recorder(Some(inputs.recorder()));
        // The process ends soon: releasing the memory of a large graph takes longer than ending.
        let scan = ManuallyDrop::new(merge(sources, above, &options)?);
        inputs.protect([&sink])?;
        let first = self.files.first().map_or(Path::new("."), |it| it);
        let time = self.time.resolve(first)?;
        let bom = Bom::new(scan.graph(), TOOL)
            .timestamp(time.as_deref())
            .detail(self.extent.detail(DetailLevel::Full))
            .compact(self.extent.compact);
        let mut diagnostics = Diagnostics::new();
        output::write_within(self.extent.max_bytes, &sink, |out| {
            diagnostics = Diagnostics::new();
            format.write(&bom, out, &mut diagnostics)
        })?;
        sink.announce_sbom(
            verbosity,
            &format.format(),
            (scan.graph(), scan.diagnostics()),
        );
        verbosity.report(scan.diagnostics());
        verbosity.report(&diagnostics);
        Ok(ExitCode::SUCCESS)
    }
}
