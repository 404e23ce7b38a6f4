//! `bomtrail report`: which required fields are present, unknown, withheld or missing.

mod material;

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::approvals::Date;
use bomtrail::compliance::{self, ComplianceFormat, Judgement, NoticesFormat, Profile, notices};
use clap::{Args, ValueEnum};

use super::advisories::AdvisoryArgs;
use super::verify::AttestationArgs;
use crate::archives::{ArchiveArgs, SourceArgs};
use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::many::ManyArgs;
use crate::output::{self, Sink};
use crate::progress::Progress;
use crate::report::Verbosity;
use crate::text::count;
use crate::timestamp::TimeArgs;
use crate::today;

/// Report which fields required by a compliance profile are present, unknown, withheld or missing
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ManyArgs,
    #[command(flatten)]
    attested: AttestationArgs,
    #[command(flatten)]
    archives: ArchiveArgs,
    #[command(flatten)]
    sources: AdvisoryArgs,
    #[command(flatten)]
    clones: SourceArgs,
    #[command(flatten)]
    review: ReviewArguments,
    /// Include the changes since this older state: folder, lockfile, SBOM or git:REF:PATH
    #[arg(long, value_name = "OLD")]
    since: Option<String>,
    /// Compliance profile
    #[arg(long, value_name = "PROFILE", default_value = "cra", value_parser = crate::values::profile())]
    profile: &'static Profile,
    /// Output format; csv and xlsx have a row for each component; notices are html or text [default: from the ending of the output
    /// file, else md]
    #[arg(short, long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write third-party notices instead: packages by licence, with the licence texts of installed packages and archives
    #[arg(long, conflicts_with_all = ["since", "explain", "evidence"])]
    notices: bool,
    /// Write an evidence pack for the technical file into this folder or .zip file: SBOMs, report, notices, check results,
    /// copies of what people decided, and a manifest with the SHA-256 of every file and input
    #[arg(long, value_name = "DIR", conflicts_with_all = ["output", "format", "explain"])]
    evidence: Option<PathBuf>,
    /// Print the fields that a profile requires, by which clause, and how to supply them
    #[arg(long, value_name = "PROFILE", hide_possible_values = true, value_parser = crate::values::profile())]
    explain: Option<&'static Profile>,
    /// Exit with code 1 if a required field is missing; the report is still written
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    time: TimeArgs,
}

/// Which approvals are used, and on which date.
#[derive(Args)]
struct ReviewArguments {
    /// Approvals list [default: the one named in package.json, else package-approvals.json; none for an SBOM]
    #[arg(long, value_name = "FILE")]
    approvals: Option<String>,
    /// Date used to decide whether approvals have expired [default: the date of --timestamp, else today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    date: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Text,
    #[value(alias = "markdown")]
    Md,
    Csv,
    Xlsx,
    Json,
}

/// The endings of file names that select a format of a report.
const ENDINGS: &[Ending<Format>] = &[
    (".html", &[Format::Html]),
    (".htm", &[Format::Html]),
    (".md", &[Format::Md]),
    (".markdown", &[Format::Md]),
    (".csv", &[Format::Csv]),
    (".xlsx", &[Format::Xlsx]),
    (".json", &[Format::Json]),
];

/// The endings of file names that select a format of notices.
const NOTICES: &[Ending<Format>] = &[
    (".html", &[Format::Html]),
    (".htm", &[Format::Html]),
    (".txt", &[Format::Text]),
];

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        if let Some(profile) = self.explain {
            output::write(&sink, |out| compliance::explain(profile, out))?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut progress = Progress::new(verbosity);
        if self.notices {
            return self.write_notices(&sink, &mut progress, verbosity);
        }
        let format = self.format(&sink)?;
        let timestamp = self.time()?;
        let material = self.material(timestamp.as_deref(), &mut progress, verbosity)?;
        self.inputs(&material).protect([&sink])?;
        let judgement = self.judgement(&material, timestamp.as_deref());
        if let Some(folder) = &self.evidence {
            self.write_evidence(folder, (&material, &judgement), &mut progress, verbosity)?;
        } else {
            progress.stage("writing the report");
            let written = output::write(&sink, |out| judgement.write(format, out));
            progress.end();
            verbosity.report(&material.diagnostics);
            written?;
            sink.announce(verbosity, &judgement.verdict());
        }
        if self.strict && !judgement.assessment().is_without_gaps() {
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn write_notices(
        &self,
        sink: &Sink,
        progress: &mut Progress,
        verbosity: Verbosity,
    ) -> Result<ExitCode, CliError> {
        let format = match ending::choose(self.format, Format::Text, sink, NOTICES)? {
            Format::Html => NoticesFormat::Html,
            Format::Text => NoticesFormat::Text,
            Format::Md | Format::Csv | Format::Xlsx | Format::Json => {
                let message = "--notices supports the formats html and text";
                return Err(CliError::Usage(message.to_owned()));
            }
        };
        progress.stage("reading the project");
        let inputs = Inputs::given([self.part.path()]);
        let scan = self
            .part
            .scan_archives(&inputs, &self.archives, verbosity)?;
        inputs.protect([sink])?;
        progress.stage("looking for licence texts");
        let notices = notices(&scan);
        let title = Judgement::new(&scan, self.profile, None).title();
        let written = output::write(sink, |out| notices.write(&scan, &title, format, out));
        progress.end();
        verbosity.report(scan.diagnostics());
        written?;
        let packages = count(scan.graph().nodes().len(), "component");
        sink.announce(verbosity, &["notices of ", &packages].concat());
        Ok(ExitCode::SUCCESS)
    }

    fn format(&self, sink: &Sink) -> Result<ComplianceFormat, CliError> {
        let format = ending::choose(self.format, Format::Md, sink, ENDINGS)?;
        match format {
            Format::Html => Ok(ComplianceFormat::Html),
            Format::Md => Ok(ComplianceFormat::Markdown),
            Format::Csv => Ok(ComplianceFormat::Csv),
            Format::Xlsx => Ok(ComplianceFormat::Xlsx),
            Format::Json => Ok(ComplianceFormat::Json),
            Format::Text => Err(CliError::Usage(
                "the format text is only available with --notices; use html, md, csv, xlsx or json"
                    .to_owned(),
            )),
        }
    }
}
