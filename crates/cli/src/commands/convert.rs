//! `bomtrail convert`: an SBOM in another format or version, and what that loses.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::{Bom, Diagnostics, Document, TOOL, Writer};
use clap::Args;

use crate::failure::Failure;
use crate::output::{self, Sink};
use crate::report::{self, Verbosity};
use crate::timestamp;

/// Write an SBOM in another format or version, and tell what that loses
#[derive(Args)]
pub(crate) struct Arguments {
    /// An SBOM, or any other file that `sbom` reads
    file: PathBuf,
    /// The format, such as cyclonedx-json, spdx-json or, to pin a version, cyclonedx-json@1.5
    #[arg(short, long, value_name = "FORMAT", value_parser = bomtrail::writer)]
    format: &'static dyn Writer,
    /// Write to this file; `-`, and nothing, is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The time of the document (RFC 3339) [default: that of FILE, else `SOURCE_DATE_EPOCH`, else none]
    #[arg(long, value_name = "TIME", value_parser = timestamp::parse)]
    timestamp: Option<String>,
    /// No line breaks and indentation
    #[arg(long)]
    compact: bool,
    /// Write nothing when the document would be larger, and tell which sections make it so
    #[arg(long, value_name = "N")]
    max_bytes: Option<u64>,
    /// Exit with 1 when anything is lost; the document is written all the same
    #[arg(long)]
    strict: bool,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, Failure> {
        let document = Document::open(&self.file)?;
        let of_file = document
            .timestamp()
            .and_then(|it| timestamp::parse(it).ok());
        let time = match self.timestamp.clone().or(of_file) {
            Some(time) => Some(time),
            None => timestamp::from_environment()?,
        };
        let now = timestamp::now().filter(|_| time.is_none());
        let bom = Bom::new(document.graph(), TOOL)
            .timestamp(time.as_deref())
            .now(now.as_deref())
            .compact(self.compact);
        let mut lost = Diagnostics::new();
        let sink = Sink::named(self.output.as_deref());
        output::write_within(self.max_bytes, &sink, |out| {
            lost = Diagnostics::new();
            document.write(self.format, &bom, out, &mut lost)
        })?;
        verbosity.report(document.diagnostics());
        verbosity.with_notes().report(&lost);
        let is_lossy = self.strict && !lost.is_empty();
        Ok(if is_lossy {
            ExitCode::FAILURE
        } else {
            report::exit_code(self.strict, document.diagnostics().worst())
        })
    }
}
