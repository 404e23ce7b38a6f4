//! `bomtrail report`: what laws and guidelines ask for, and what of it is there.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::approvals::Date;
use bomtrail::check::CheckOptions;
use bomtrail::compliance::{
    self, ComplianceFormat, Judgement, PROFILES, Profile, Reviews, reviews,
};
use bomtrail::{Changes, Diagnostics, Scan, diff, graph_of};
use clap::{Args, ValueEnum};

use super::verify::{Attested, Proved};
use crate::failure::Failure;
use crate::output::{self, Sink};
use crate::part::Part;
use crate::progress::Progress;
use crate::report::Verbosity;
use crate::timestamp;
use crate::today;

/// Report what a compliance profile asks for: present, said to be unknown, withheld, or missing
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: Part,
    #[command(flatten)]
    attested: Attested,
    #[command(flatten)]
    review: ReviewArguments,
    /// Tell what changed since an older state: a folder, lockfile or SBOM, or git:REF:PATH
    #[arg(long, value_name = "OLD")]
    since: Option<String>,
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

/// Which approvals count, and until when.
#[derive(Args)]
struct ReviewArguments {
    /// The approvals list [default: what package.json names, else package-approvals.json; beside an SBOM, none]
    #[arg(long, value_name = "FILE")]
    approvals: Option<String>,
    /// The day that reviews run out by [default: that of the time given, else today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    date: Option<Date>,
}

/// What a report is made of.
struct Material {
    scan: Scan,
    proved: Proved,
    reviews: Option<Reviews>,
    changes: Option<Changes>,
    diagnostics: Diagnostics,
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
        let timestamp = self.time()?;
        let mut progress = Progress::new(verbosity);
        let material = self.material(timestamp.as_deref(), &mut progress)?;
        progress.stage("writing the report");
        let judgement = self.judgement(&material, timestamp.as_deref());
        let written = output::write(&sink, |out| judgement.write(self.format(), out));
        progress.end();
        verbosity.report(&material.diagnostics);
        written?;
        if self.strict && !judgement.assessment().is_without_gaps() {
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn time(&self) -> Result<Option<String>, Failure> {
        match &self.timestamp {
            Some(time) => Ok(Some(time.clone())),
            None => timestamp::from_environment(),
        }
    }

    /// How the project is checked: as of the day that is given, else that of the document, else today.
    fn check_options(&self, timestamp: Option<&str>) -> Result<CheckOptions<'static>, Failure> {
        let of_document = timestamp.and_then(Date::parse);
        let today = today::or_now(self.review.date.or(of_document))?;
        let mut options = CheckOptions::on(today);
        options.approvals.clone_from(&self.review.approvals);
        Ok(options)
    }

    /// Reads all that the report is about.
    fn material(
        &self,
        timestamp: Option<&str>,
        progress: &mut Progress,
    ) -> Result<Material, Failure> {
        progress.stage("reading the project");
        let scan = self.part.scan()?;
        let mut diagnostics = scan.diagnostics().clone();
        progress.stage("looking for approvals");
        let options = self.check_options(timestamp)?;
        let reviews = reviews(self.part.path(), scan.graph(), &options)?;
        if let Some(reviews) = &reviews {
            diagnostics.append(reviews.diagnostics.clone());
        }
        progress.stage("verifying attestations");
        let proved = self.attested.proved(scan.graph())?;
        diagnostics.append(proved.diagnostics());
        let mut changes = None;
        if let Some(old) = &self.since {
            progress.stage("comparing with the older state");
            let (old, told) = graph_of(old)?;
            diagnostics.append(told);
            changes = Some(diff(&old, scan.graph()));
        }
        Ok(Material {
            scan,
            proved,
            reviews,
            changes,
            diagnostics,
        })
    }

    fn judgement<'g>(
        &'g self,
        material: &'g Material,
        timestamp: Option<&'g str>,
    ) -> Judgement<'g> {
        let mut judgement = Judgement::new(&material.scan, self.profile, timestamp)
            .reviews(material.reviews.as_ref());
        if let Some((verification, basis)) = material.proved.parts() {
            judgement = judgement.provenance(&verification.provenance, basis);
        }
        match self.since.as_deref().zip(material.changes.as_ref()) {
            Some((old, changes)) => judgement.since(old, changes),
            None => judgement,
        }
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
