//! `bomtrail fleet add`: stores SBOMs of any tool, and projects.

use std::collections::HashSet;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread::available_parallelism;

use bomtrail::approvals::Date;
use bomtrail::graph::Timestamp;
use bomtrail_fleet::{Ingested, Read, ingest};
use clap::Args;

use super::Place;
use super::find::{Input, found};
use super::read::Reading;
use crate::error::CliError;
use crate::progress::Progress;
use crate::text::count;
use crate::{timestamp, today};

/// Add SBOMs of any tool, and projects; a document that is stored already is not stored again
#[derive(Args)]
pub(super) struct Arguments {
    /// SBOM files, folders of them, project folders, or `-` for standard input
    #[arg(value_name = "PATH", required_unless_present = "all")]
    paths: Vec<PathBuf>,
    /// Add every project below this folder, each as a product of its own; repeatable
    #[arg(long, value_name = "DIR")]
    all: Vec<PathBuf>,
    /// Product that the documents are about [default: the main component of each]
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// Release of the product [default: the version of the main component]
    #[arg(long, value_name = "NAME")]
    release: Option<String>,
    /// Date or time of the release [default: the time of the document, else `SOURCE_DATE_EPOCH`, else now]
    #[arg(long, value_name = "DATE", value_parser = moment)]
    date: Option<Timestamp>,
    /// Commit that the release was built from
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,
    /// Source repository [default: that of the main component]
    #[arg(long, value_name = "URL")]
    repository: Option<String>,
    /// Also store what the approvals of projects say of their packages (see `bomtrail check`)
    #[arg(long)]
    statuses: bool,
    /// How many files are read at the same time [default: the number of processors]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

/// A time, or the beginning of a day.
fn moment(text: &str) -> Result<Timestamp, &'static str> {
    let day = || Timestamp::parse(&[&Date::parse(text)?.to_string(), "T00:00:00Z"].concat());
    let found = Timestamp::parse(text).or_else(|| (text.len() == 10).then(day)?);
    found.ok_or("expected a date such as `2026-11-21`, or a time such as `2026-11-21T12:00:00Z`")
}

impl Arguments {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let inputs = found(&self.paths, &self.all)?;
        let mut store = place.create()?;
        // With a product or a release of its own, a known document may be new.
        let may_know = self.product.is_none() && self.release.is_none();
        let known = if may_know {
            store.digests()?
        } else {
            HashSet::new()
        };
        let now = timestamp::by_default()?;
        let now = now.as_deref().and_then(Timestamp::parse);
        let now = now.ok_or_else(|| CliError::Usage("the clock has no usable time".to_owned()))?;
        let reading = Reading {
            known,
            now,
            today: today::or_now(None)?,
            product: self.product.clone(),
            release: self.release.clone(),
            date: self.date,
            commit: self.commit.clone(),
            repository: self.repository.clone(),
            statuses: self.statuses,
        };
        let read = |it: &Input| -> Read { reading.read(it) };
        let mut line = Progress::new(place.verbosity);
        let mut shown = usize::MAX;
        let jobs = self
            .jobs
            .or_else(|| available_parallelism().ok())
            .unwrap_or(NonZero::<usize>::MIN);
        let ingested = ingest(&mut store, &inputs, jobs, &read, &mut |it| {
            // A hundred lines are enough for any number of files.
            let percent = it.read * 100 / it.total.max(1);
            if shown != percent {
                shown = percent;
                line.stage(&format!("{} of {}", it.read, count(it.total, "file")));
            }
        });
        line.end();
        Ok(report(&ingested?, place))
    }
}

fn report(ingested: &Ingested, place: &Place) -> ExitCode {
    for it in &ingested.rejected {
        place
            .verbosity
            .say(&format!("not added: `{}`: {}", it.source, it.reason));
    }
    let mut parts = vec![format!(
        "added {} with {}",
        count(ingested.added, "SBOM"),
        count(ingested.packages, "package")
    )];
    if ingested.known > 0 {
        parts.push(format!("{} known already", ingested.known));
    }
    if !ingested.rejected.is_empty() {
        parts.push(format!("{} not added", ingested.rejected.len()));
    }
    let path = place.path().display();
    place
        .verbosity
        .say(&format!("`{path}`: {}", parts.join(", ")));
    if ingested.rejected.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
