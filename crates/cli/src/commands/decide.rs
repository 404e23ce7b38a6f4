//! `bomtrail decide`: records what was decided about a vulnerability.

use std::process::ExitCode;

use bomtrail::Purl;
use bomtrail::advisories::{Decision, FILE_NAME, Justification, VexStatus, decide};
use bomtrail::approvals::Date;
use bomtrail::source::git_user_name;
use clap::Args;

use super::advisories::AdvisoryArgs;
use crate::error::CliError;
use crate::output::{self, Sink};
use crate::part::ProjectArgs;
use crate::report::{self, Verbosity};
use crate::today;

/// Record what was decided about a vulnerability of a package, in package-advisories.json
///
/// Uses no network. Nothing is written if the advisory does not match the package in the project.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Id of the advisory, or an alias such as CVE-2026-0001
    #[arg(value_name = "ADVISORY")]
    advisory: String,
    /// Package URL; with a version, the decision is about that version only
    #[arg(value_name = "PURL", value_parser = purl)]
    package: Purl,
    #[command(flatten)]
    part: ProjectArgs,
    #[command(flatten)]
    sources: AdvisoryArgs,
    /// What was decided
    #[arg(long, value_name = "STATUS", value_parser = crate::values::vex_status())]
    status: VexStatus,
    /// Why the product is not affected
    #[arg(long, value_name = "WHY", value_parser = crate::values::justification())]
    why: Option<Justification>,
    /// Reason in your own words
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// What users are to do if the product is affected
    #[arg(long, value_name = "TEXT")]
    action: Option<String>,
    /// Versions the decision is about, as one version or a range [default: the version in PURL, else all]
    #[arg(long, value_name = "RANGE")]
    versions: Option<String>,
    /// The decision counts only while this holds: dev-only
    #[arg(long = "while", value_name = "CONDITION", value_parser = ["dev-only"])]
    condition: Option<String>,
    /// The decision counts only while every chain to the package goes through this one; repeatable
    #[arg(long, value_name = "PURL", value_parser = purl)]
    via: Vec<Purl>,
    /// Last day on which the decision counts
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    until: Option<Date>,
    /// Who decided [default: the user name of git]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(crate) fn purl(text: &str) -> Result<Purl, String> {
    Purl::parse(text).map_err(|it| it.to_string())
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        if self.status == VexStatus::NotAffected && self.why.is_none() {
            let message =
                "`not-affected` needs a justification: add --why, as in `--why code-not-reachable`";
            return Err(CliError::Usage(message.to_owned()));
        }
        let none = || {
            let message =
                "give the advisories with --advisories, so that the decision is about a match";
            CliError::Usage(message.to_owned())
        };
        let options = self.sources.options()?.ok_or_else(none)?;
        let options = options.scan(self.part.scan_options());
        let file = self.sources.decisions();
        let file = file.unwrap_or_else(|| self.part.folder().join(FILE_NAME));
        let decision = self.decision(options.now.date());
        let decided = decide(self.part.source()?, &options, &file, &decision)?;
        let sink = Sink::named(Some(&file));
        output::write(&sink, |out| Ok(out.write_all(decided.text.as_bytes())?))?;
        let packages = decided.packages.join("`, `");
        let status = self.status.name();
        verbosity.say(&format!(
            "{sink}: {} is {status} for `{packages}`",
            self.advisory
        ));
        if let Some(why) = &decided.void {
            report::line(&format!("warning: the decision does not count now: {why}"));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn decision(&self, day: Date) -> Decision {
        let version = self.package.version().map(std::borrow::Cow::into_owned);
        let package = self.package.without_version();
        let by = self
            .by
            .clone()
            .or_else(|| git_user_name(&self.part.folder()));
        let decision = Decision::new(&self.advisory, package, self.status, &self.reason);
        decision.with(|it| {
            it.versions = self.versions.clone().or(version);
            it.why = self.why;
            it.action.clone_from(&self.action);
            it.conditions.develop_only = self.condition.is_some();
            it.conditions.via.clone_from(&self.via);
            it.decided = Some(day);
            it.by = by;
            it.until = self.until;
        })
    }
}
