//! `bomtrail report`: what laws and guidelines ask for, and what of it is there.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::compliance::{self, ComplianceFormat, Judgement, PROFILES, Profile};
use clap::{Args, ValueEnum};

use crate::failure::Failure;
use crate::output::{self, Sink};
use crate::part::Part;
use crate::report::Verbosity;
use crate::timestamp;

/// Report what a compliance profile asks for: present, said to be unknown, withheld, or missing
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: Part,
    /// cra, cra-steward, bsi, cisa-2026 or ntia-2021
    #[arg(long, value_name = "PROFILE", default_value = "cra", value_parser = profile)]
    profile: &'static Profile,
    /// html, md, csv (one row for each component) or json [default: by the output's ending, else md]
    #[arg(short, long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print what a profile asks for, by which clause, where it is looked for and how to supply it; reads no project
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    explain: Option<&'static Profile>,
    /// Exit with 1 when anything that has to be there is missing; the report is written all the same
    #[arg(long)]
    strict: bool,
    /// The time of the SBOM that is reported on (RFC 3339) [default: `SOURCE_DATE_EPOCH`, else none]
    #[arg(long, value_name = "TIME", value_parser = timestamp::parse)]
    timestamp: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Md,
    Csv,
    Json,
}

/// The profile of a name.
pub(crate) fn profile(name: &str) -> Result<&'static Profile, String> {
    let known = || {
        let names: Vec<_> = PROFILES.iter().map(|it| it.id).collect();
        format!(
            "there is no profile `{name}`; there is `{}`",
            names.join("`, `")
        )
    };
    compliance::profile(name).ok_or_else(known)
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, Failure> {
        let sink = Sink::named(self.output.as_deref());
        if let Some(profile) = self.explain {
            output::write(&sink, |out| compliance::explain(profile, out))?;
            return Ok(ExitCode::SUCCESS);
        }
        let timestamp = match &self.timestamp {
            Some(time) => Some(time.clone()),
            None => timestamp::from_environment()?,
        };
        let scan = self.part.scan()?;
        let judgement = Judgement::new(&scan, self.profile, timestamp.as_deref());
        let written = output::write(&sink, |out| judgement.write(self.format(), out));
        verbosity.report(scan.diagnostics());
        written?;
        if self.strict && !judgement.assessment().is_without_gaps() {
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn format(&self) -> ComplianceFormat {
        let ending = self
            .output
            .as_deref()
            .and_then(|it| it.extension()?.to_str());
        let format = self.format.unwrap_or(match ending {
            Some("html" | "htm") => Format::Html,
            Some("csv") => Format::Csv,
            Some("json") => Format::Json,
            _ => Format::Md,
        });
        match format {
            Format::Html => ComplianceFormat::Html,
            Format::Md => ComplianceFormat::Markdown,
            Format::Csv => ComplianceFormat::Csv,
            Format::Json => ComplianceFormat::Json,
        }
    }
}
