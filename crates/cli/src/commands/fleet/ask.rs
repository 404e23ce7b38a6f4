//! The questions of `bomtrail fleet`, and how their answers are written.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::TOOL;
use bomtrail::approvals::Date;
use bomtrail_fleet::{Answer, AnswerFormat, By, Store};
use clap::Args;

use super::Place;
use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::output::{self, Sink};
use crate::{today, values};

/// The endings of file names that select a format.
const ENDINGS: &[Ending<AnswerFormat>] = &[
    (".txt", &[AnswerFormat::Text]),
    (".json", &[AnswerFormat::Json]),
    (".csv", &[AnswerFormat::Csv]),
    (".md", &[AnswerFormat::Markdown]),
    (".markdown", &[AnswerFormat::Markdown]),
];

/// How and where an answer is written.
#[derive(Args)]
pub(super) struct Page {
    /// Output format: text, json (schemas/fleet-v1.schema.json), csv or markdown [default: from the ending of the output file,
    /// else text]
    #[arg(short, long, value_name = "FORMAT", value_parser = values::answer_format())]
    format: Option<AnswerFormat>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Page {
    /// Writes an answer. An answer that found nothing says so on standard error, where people see it.
    pub(super) fn write(
        &self,
        place: &Place,
        answer: &impl Answer,
        nothing: &str,
    ) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let format = ending::choose(self.format, AnswerFormat::Text, &sink, ENDINGS)?;
        if !answer.is_empty() || format != AnswerFormat::Text {
            output::write(&sink, |out| Ok(answer.write(format, TOOL, out)?))?;
        }
        if answer.is_empty() {
            place.verbosity.say(nothing);
        }
        for note in answer.notes() {
            place.verbosity.say(&note);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Show the SBOMs of the store
#[derive(Args)]
pub(super) struct Ls {
    /// Show the files that could not be added, with the reason
    #[arg(long)]
    rejected: bool,
    #[command(flatten)]
    page: Page,
}

impl Ls {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let mut listing = place.read()?.list()?;
        if self.rejected {
            listing.sboms.clear();
            return self.page.write(place, &listing, "no file was rejected");
        }
        self.page.write(place, &listing, "the store is empty")
    }
}

/// Show which products ship a package: by which path, since when, and which release no longer has it
#[derive(Args)]
pub(super) struct Where {
    /// Package URL, `name`, `name@RANGE`, or the id of an advisory whose matches are stored
    #[arg(value_name = "PACKAGE|ADVISORY")]
    query: String,
    #[command(flatten)]
    page: Page,
}

impl Where {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let store = place.read()?;
        let answer = store.locate(&self.query)?;
        let nothing = nothing(&store, &answer, &self.query)?;
        self.page.write(place, &answer, &nothing)
    }
}

/// Show when packages came into the products and when they left
#[derive(Args)]
pub(super) struct Since {
    /// Package URL, `name`, `name@RANGE`, or the id of an advisory whose matches are stored
    #[arg(value_name = "PACKAGE|ADVISORY")]
    query: String,
    #[command(flatten)]
    page: Page,
}

impl Since {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let store = place.read()?;
        let answer = store.since(&self.query)?;
        let nothing = nothing(&store, &answer, &self.query)?;
        self.page.write(place, &answer, &nothing)
    }
}

/// The name in a question, without its version.
fn bare(query: &str) -> &str {
    let at = query.rfind('@').filter(|it| *it > 0);
    at.and_then(|it| query.get(..it)).unwrap_or(query)
}

/// The message when no SBOM has the package. Only then are similar names looked up, which reads all names.
fn nothing(store: &Store, answer: &impl Answer, query: &str) -> Result<String, CliError> {
    if !answer.is_empty() {
        return Ok(String::new());
    }
    let similar = store.suggestions(bare(query), 5)?;
    let mut text = format!("no SBOM of the store has `{query}`");
    if !similar.is_empty() {
        text.push_str("; packages with a similar name: ");
        text.push_str(&similar.join(", "));
    }
    Ok(text)
}

/// Show what changed between two SBOMs
#[derive(Args)]
pub(super) struct Diff {
    /// A product (its newest release), `product@release`, or the id of an SBOM
    #[arg(value_name = "OLD")]
    old: String,
    /// What it is compared with
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    page: Page,
}

impl Diff {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let answer = place.read()?.diff(&self.old, &self.new)?;
        let nothing = "both have the same packages";
        self.page.write(place, &answer, nothing)
    }
}

/// Show what the newest releases of all products have most: packages, packages that are not approved, deprecated ones, licences
#[derive(Args)]
pub(super) struct Top {
    /// What is counted
    #[arg(long, value_name = "KIND", default_value = "used", value_parser = values::ranking())]
    by: By,
    /// How many are shown
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    page: Page,
}

impl Top {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let answer = place.read()?.top(self.by, self.limit)?;
        let nothing = match self.by {
            _ if answer.products == 0 => "the store is empty",
            By::Used | By::License => "the newest releases have no packages",
            By::Unapproved => "every package is approved",
            By::Deprecated => "no package is deprecated",
        };
        self.page.write(place, &answer, nothing)
    }
}

/// Show products whose newest SBOM is old, and how many packages are behind other products
#[derive(Args)]
pub(super) struct Stale {
    /// Age in days from which a product is stale
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: i64,
    /// Measure ages on this date [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    at: Option<Date>,
    #[command(flatten)]
    page: Page,
}

impl Stale {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let answer = place.read()?.stale(today::or_now(self.at)?, self.days)?;
        self.page.write(place, &answer, "the store is empty")
    }
}
