//! `bomtrail advisories`: which known vulnerabilities are in a project, and how the product reaches them.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::Diagnostics;
use bomtrail::advisories::{Advised, AdvisoryFormat, AdvisoryOptions, write_index};
use bomtrail::approvals::Date;
use clap::{Args, Subcommand};

use crate::archives::ArchiveFolders;
use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};
use crate::part::ProjectArgs;
use crate::report::Verbosity;
use crate::{text, timestamp, today};

/// Find known vulnerabilities in a project, and how the product reaches them
///
/// Uses no network: advisories are read from files. Exit codes: 0 nothing to act on, 1 a vulnerability without a decision, or
/// incomplete data, 2 the command could not be completed.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    project: Look,
}

#[derive(Subcommand)]
enum Command {
    Index(IndexArguments),
}

/// Make one file of many advisories, which is read in milliseconds
#[derive(Args)]
struct IndexArguments {
    /// OSV records, folders or zip archives of them, CPANSA feeds, and lists of exploited vulnerabilities
    #[arg(required = true, value_name = "FILE")]
    sources: Vec<PathBuf>,
    /// Write the index to this file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// What a project is compared with.
#[derive(Args)]
struct Look {
    #[command(flatten)]
    part: ProjectArgs,
    #[command(flatten)]
    sources: AdvisoryArgs,
    #[command(flatten)]
    archives: ArchiveFolders,
    /// Output format: text, json (schemas/advisories-v1.schema.json), sarif or markdown [default: from the ending of the output
    /// file, else text]
    #[arg(short, long, value_name = "FORMAT", value_parser = crate::values::advisory_format())]
    format: Option<AdvisoryFormat>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The files of advisories, and how old they may be.
#[derive(Args, Clone)]
pub(crate) struct AdvisoryArgs {
    /// Advisories: an OSV record, a folder or zip archive of them, a CPANSA feed, a list of exploited vulnerabilities, or an
    /// index; repeatable
    #[arg(long, value_name = "FILE")]
    advisories: Vec<PathBuf>,
    /// File of decisions [default: package-advisories.json of the project]
    #[arg(
        long,
        value_name = "FILE",
        requires = "advisories",
        hide_short_help = true
    )]
    decisions: Option<PathBuf>,
    /// VEX document of someone else, whose statements are shown as claims next to the matches; repeatable
    #[arg(
        long,
        value_name = "FILE",
        requires = "advisories",
        hide_short_help = true
    )]
    vex: Vec<PathBuf>,
    /// Fail if the newest advisory of a file is older, such as 7d
    #[arg(long, value_name = "DAYS", value_parser = days, requires = "advisories")]
    max_age: Option<i64>,
    /// Measure ages and decide about expiry on this date [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "DATE", value_parser = today::parse, requires = "advisories")]
    at: Option<Date>,
}

/// The endings of file names that select a format.
const ENDINGS: &[Ending<AdvisoryFormat>] = &[
    (".txt", &[AdvisoryFormat::Text]),
    (".log", &[AdvisoryFormat::Text]),
    (".json", &[AdvisoryFormat::Json, AdvisoryFormat::Sarif]),
    (".sarif", &[AdvisoryFormat::Sarif]),
    (".sarif.json", &[AdvisoryFormat::Sarif]),
    (".md", &[AdvisoryFormat::Markdown]),
    (".markdown", &[AdvisoryFormat::Markdown]),
];

/// Parses a number of days, with or without `d`.
fn days(text: &str) -> Result<i64, &'static str> {
    let number = text.strip_suffix('d').unwrap_or(text);
    let days: Option<u32> = number.parse().ok();
    days.map(i64::from)
        .ok_or("expected a number of days such as `7d`")
}

impl AdvisoryArgs {
    /// The files that are read.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.advisories
            .iter()
            .chain(&self.decisions)
            .chain(&self.vex)
            .cloned()
            .collect()
    }

    /// The file of decisions that is given.
    pub(crate) fn decisions(&self) -> Option<PathBuf> {
        self.decisions.clone()
    }

    /// How a project is compared; `None` without files.
    pub(crate) fn options(&self) -> Result<Option<AdvisoryOptions>, CliError> {
        if self.advisories.is_empty() {
            return Ok(None);
        }
        let at = self.at.map(|it| format!("{it}T00:00:00Z"));
        let now = at.map_or_else(timestamp::by_default, |it| Ok(Some(it)))?;
        let options = now.and_then(|it| AdvisoryOptions::at(&it));
        let none = || {
            CliError::Usage("the system clock has no usable date; pass one with --at".to_owned())
        };
        let options = options.ok_or_else(none)?;
        let options = options.sources(&self.advisories).max_age(self.max_age);
        Ok(Some(
            options.decisions(self.decisions.clone()).claims(&self.vex),
        ))
    }
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        match &self.command {
            Some(Command::Index(index)) => index.run(verbosity),
            None => self.project.run(verbosity),
        }
    }
}

pub(crate) fn no_sources() -> CliError {
    CliError::Usage(
        "nothing to compare with: give files of advisories with --advisories".to_owned(),
    )
}

impl Look {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let format = ending::choose(self.format, AdvisoryFormat::Text, &sink, ENDINGS)?;
        let inputs = Inputs::given([self.part.path()]).and(self.sources.files());
        let options = self.sources.options()?.ok_or_else(no_sources)?;
        let scan = self.part.scan_options().recorder(Some(inputs.recorder()));
        let scan = self.archives.add_to(scan);
        let advised = Advised::run(self.part.source()?, &options.scan(scan))?;
        inputs.protect([&sink])?;
        let report = advised.report();
        let written = output::write(&sink, |out| Ok(report.write(format, out)?));
        let all = advised.scan.diagnostics().iter();
        verbosity.report(all.chain(&advised.diagnostics));
        written?;
        let matches = text::count(advised.advisories.matches.len(), "match");
        sink.announce(verbosity, &matches.replace("matchs", "matches"));
        Ok(if report.has_failed() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

impl IndexArguments {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(Some(&self.output));
        Inputs::given(self.sources.iter().cloned()).protect([&sink])?;
        let (bytes, sources, diagnostics) = write_index(&self.sources)?;
        output::write(&sink, |out| Ok(out.write_all(&bytes)?))?;
        verbosity.report(&diagnostics);
        let entries: u64 = sources.iter().map(|it| it.entries).sum();
        let damaged: u64 = sources.iter().map(|it| it.damaged).sum();
        let sources = text::count(sources.len(), "source");
        sink.announce(
            verbosity,
            &format!("{sources}, {entries} entries, {damaged} damaged"),
        );
        Ok(exit(&diagnostics))
    }
}

/// Success unless something could not be read.
fn exit(diagnostics: &Diagnostics) -> ExitCode {
    if diagnostics.worst() == Some(bomtrail::Level::Error) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
