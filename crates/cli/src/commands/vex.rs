//! `bomtrail vex`: what a product says about the vulnerabilities of its packages.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::Purl;
use bomtrail::advisories::{Advised, VexFormat, VexOptions, vex};
use clap::Args;

use super::advisories::AdvisoryArgs;
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};
use crate::part::ProjectArgs;
use crate::report::Verbosity;
use crate::text::count;
use crate::timestamp::TimeArgs;

/// Write a VEX document: what the product says about known vulnerabilities of its packages
///
/// States what was decided in package-advisories.json, and what the graph proves. Uses no network.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ProjectArgs,
    #[command(flatten)]
    sources: AdvisoryArgs,
    /// Format: cyclonedx (1.6), openvex (0.2.0) or csaf (2.0); @VERSION pins it
    #[arg(short, long, value_name = "FORMAT", default_value = "cyclonedx", value_parser = crate::values::vex_format())]
    format: VexFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Package URL that users know the product by [default: that of the root]
    #[arg(long, value_name = "PURL", value_parser = super::decide::purl)]
    product: Option<Purl>,
    /// Who makes the statements [default: the manufacturer in bomtrail.toml]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Web address of who makes the statements, for CSAF [default: the manufacturer's in bomtrail.toml]
    #[arg(long, value_name = "URL")]
    namespace: Option<String>,
    /// Refer to this published SBOM in CycloneDX [default: the one that `bomtrail sbom` writes at the same time]
    #[arg(long, value_name = "FILE", conflicts_with = "embed")]
    sbom: Option<PathBuf>,
    /// Write an SBOM with the statements in it; some regulators require SBOMs without them
    #[arg(long)]
    embed: bool,
    #[command(flatten)]
    time: TimeArgs,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let inputs = Inputs::given([self.part.path()])
            .and(self.sources.files())
            .and(self.sbom.clone());
        let options = self
            .sources
            .options()?
            .ok_or_else(super::advisories::no_sources)?;
        let scan = self.part.scan_options().recorder(Some(inputs.recorder()));
        let advised = Advised::run(self.part.source()?, &options.scan(scan))?;
        inputs.protect([&sink])?;
        let none = || CliError::Usage("a VEX document states its time".to_owned());
        let time = self.time.resolve(self.part.path())?.ok_or_else(none)?;
        let options = VexOptions::new(self.format, &time).with(|it| {
            it.product.clone_from(&self.product);
            it.author.clone_from(&self.author);
            it.namespace.clone_from(&self.namespace);
            it.sbom.clone_from(&self.sbom);
            it.embed = self.embed;
        });
        let all = advised.scan.diagnostics().iter();
        verbosity.report(all.chain(&advised.diagnostics));
        let written = vex(&advised, &options).map_err(|it| CliError::Usage(it.to_string()))?;
        let (bytes, statements) = written;
        output::write(&sink, |out| Ok(out.write_all(&bytes)?))?;
        sink.announce(verbosity, &count(statements, "statement"));
        Ok(ExitCode::SUCCESS)
    }
}
