//! `bomtrail check`: whether the locked packages are approved and comply with the policy.

mod projects;

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::approvals::Date;
use bomtrail::check::{
    Check, CheckFormat, CheckOptions, Checked, RULES, Verdict, summary_markdown, write_check,
    write_verdict,
};
use bomtrail::graph::{Files, HashAlgorithm};
use bomtrail::source::GitTree;
use bomtrail::source::Recorder;
use bomtrail::{Hash, WriteError};
use clap::Args;

use super::advisories::AdvisoryArgs;
use super::verify::AttestationArgs;
use crate::archives::{ArchiveArgs, SourceArgs};
use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::many::ManyArgs;
use crate::npm;
use crate::output::{self, Sink};
use crate::report::{self, Verbosity};
use crate::style;
use crate::timestamp;
use crate::today;

/// Check that all locked packages are approved and comply with the policy
///
/// Uses no network and runs no project code. Exit codes: 0 passed, 1 failed, 2 the check could not be completed.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ManyArgs,
    #[command(flatten)]
    basis: Basis,
    #[command(flatten)]
    archives: ArchiveArgs,
    #[command(flatten)]
    sources: SourceArgs,
    /// Output format: text, json (schemas/check-v1.schema.json), sarif, junit or github [default: from the ending of the
    /// output file, else github in a workflow of GitHub, else text]
    #[arg(short, long, value_name = "FORMAT", value_parser = crate::values::check_format())]
    format: Option<CheckFormat>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// If the check passes, write its result to this file as an unsigned in-toto statement (Simple Verification Result)
    #[arg(long, value_name = "FILE", conflicts_with = "approvals_from")]
    attest: Option<PathBuf>,
    /// List all rules with their default level and exit
    #[arg(long)]
    rules: bool,
}

/// The endings of file names that select a format.
const ENDINGS: &[Ending<CheckFormat>] = &[
    (".txt", &[CheckFormat::Text, CheckFormat::Github]),
    (".log", &[CheckFormat::Text, CheckFormat::Github]),
    (".json", &[CheckFormat::Json, CheckFormat::Sarif]),
    (".sarif", &[CheckFormat::Sarif]),
    (".sarif.json", &[CheckFormat::Sarif]),
    (".xml", &[CheckFormat::Junit]),
];

/// What a project is checked against.
#[derive(Args)]
pub(crate) struct Basis {
    /// Approvals list: a file or a vendored URL [default: the one named in package.json, else package-approvals.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) approvals: Option<String>,
    /// Policy file [default: bomtrail.toml next to the manifest]
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Read approvals and policy from this commit, so that a change cannot approve itself
    #[arg(long, value_name = "git:REF", conflicts_with_all = ["approvals", "policy"])]
    approvals_from: Option<String>,
    /// Additional facts about packages (schemas/facts-v1.schema.json)
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    #[command(flatten)]
    attested: AttestationArgs,
    #[command(flatten)]
    advisories: AdvisoryArgs,
    /// Fail if this rule is violated (--rules lists all rules); repeatable
    #[arg(short = 'D', long, value_name = "RULE", hide_possible_values = true, value_parser = crate::values::rule())]
    deny: Vec<String>,
    /// Only warn if this rule is violated; repeatable
    #[arg(short = 'W', long, value_name = "RULE", hide_possible_values = true, value_parser = crate::values::rule())]
    warn: Vec<String>,
    /// Ignore this rule; repeatable
    #[arg(short = 'A', long, value_name = "RULE", hide_possible_values = true, value_parser = crate::values::rule())]
    allow: Vec<String>,
    /// Lowest level that fails the check [default: deny]
    #[arg(long, value_name = "LEVEL", value_parser = ["deny", "warn"])]
    fail_on: Option<String>,
    /// Date used to decide whether approvals have expired [default: today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    date: Option<Date>,
}

impl Basis {
    /// The options of the check, without those for reading the project.
    pub(crate) fn options<'a>(
        &self,
        from: Option<&'a dyn Files>,
    ) -> Result<CheckOptions<'a>, CliError> {
        let mut options = CheckOptions::on(today::or_now(self.date)?)
            .approvals(self.approvals.clone())
            .policy(self.policy.clone())
            .facts(self.facts.clone())
            .provenance(self.attested.sources())
            .advisories(self.advisories.options()?)
            .from(from);
        for (rules, verdict) in [
            (&self.allow, Verdict::Allow),
            (&self.warn, Verdict::Warn),
            (&self.deny, Verdict::Deny),
        ] {
            options
                .verdicts
                .extend(rules.iter().map(|it| (it.clone(), verdict)));
        }
        options.fail_on = self.fail_on.as_deref().and_then(Verdict::from_name);
        Ok(options)
    }

    /// The commit that approvals are read from.
    pub(crate) fn commit(&self, part: &ManyArgs) -> Result<Option<GitTree>, CliError> {
        self.commit_in(&part.folder())
    }

    /// The commit that approvals are read from, for the project in `folder`.
    pub(crate) fn commit_in(&self, folder: &Path) -> Result<Option<GitTree>, CliError> {
        let named = self.approvals_from.as_deref();
        Ok(named.map(|it| GitTree::parse(it, folder)).transpose()?)
    }
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        if self.rules {
            return list_rules();
        }
        let sink = Sink::named(self.output.as_deref());
        let choose = |usual| ending::choose(self.format, usual, &sink, ENDINGS);
        let format = choose(CheckFormat::Text)?;
        if let Some(found) = self.part.discovery(verbosity)? {
            return self.check_all(&found, format, &sink, verbosity);
        }
        let format = choose(usual_format())?;
        let commit = self.basis.commit(&self.part)?;
        let files = commit.as_ref().map(|it| it as &dyn Files);
        let read = match &self.attest {
            Some(_) => Recorder::default(),
            None => Recorder::of_paths(),
        };
        // The process ends soon: releasing the memory of a large graph takes longer than ending.
        let checked = ManuallyDrop::new(self.checked(files, Some(read.clone()))?);
        let attest = self.attest.as_deref().map(|it| Sink::named(Some(it)));
        self.inputs(&read)
            .protect([&sink].into_iter().chain(&attest))?;
        let report = checked.report();
        let written = if format == CheckFormat::Text {
            output::write_text(&sink, |out| text(&report, out))
        } else {
            output::write(&sink, |out| Ok(write_check(format, &report, out)?))
        };
        let all = checked.scan.diagnostics().iter();
        let verification = checked.verification.iter();
        let problems = verification.flat_map(|it| it.diagnostics.iter());
        verbosity.report(
            all.chain(&checked.basis.approvals.list.diagnostics)
                .chain(problems),
        );
        written?;
        let verdict = if checked.failed {
            "the check failed"
        } else {
            "the check passed"
        };
        sink.announce(verbosity, verdict);
        if format == CheckFormat::Github {
            append_summary(&summary_markdown(&report));
        }
        if !checked.failed {
            return self.attested(&checked, &read);
        }
        if commit.is_some() && self.checked(None, None).is_ok_and(|it| !it.failed) {
            report::line(
                "note: the check would pass with the approvals and the policy of the working tree, which are not in that commit yet",
            );
        }
        Ok(ExitCode::FAILURE)
    }

    /// All files that are read.
    fn inputs(&self, read: &Recorder) -> Inputs {
        let basis = &self.basis;
        let approvals = basis.approvals.iter().map(PathBuf::from);
        Inputs::recorded(read.clone())
            .and([self.part.path()])
            .and(
                approvals
                    .chain(basis.policy.clone())
                    .chain(basis.facts.clone()),
            )
            .and(basis.attested.files())
            .and(basis.advisories.files())
    }

    /// Writes the result of a check that passed, if `--attest` is given.
    fn attested(&self, checked: &Checked, read: &Recorder) -> Result<ExitCode, CliError> {
        let Some(path) = &self.attest else {
            return Ok(ExitCode::SUCCESS);
        };
        // The lockfile is the subject of the check, not one of its policies.
        let inputs = checked.scan.graph().inputs();
        let files = read.files().into_iter();
        let policies: Vec<(String, Hash)> = files
            .filter(|(name, _)| !inputs.iter().any(|it| *it.path == **name))
            .filter_map(|(name, it)| Some((name, Hash::new(HashAlgorithm::Sha256, &it.sha256)?)))
            .collect();
        let time = timestamp::by_default()?.unwrap_or_default();
        let mut statement = Vec::new();
        let written = write_verdict(&checked.report(), &policies, &time, &mut statement);
        if !matches!(written, Ok(1..)) {
            let message = "no approved package has a digest, so there is nothing to attest";
            return Err(CliError::Usage(message.to_owned()));
        }
        output::write(&Sink::named(Some(path)), |out| {
            Ok(out.write_all(&statement)?)
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn checked(
        &self,
        files: Option<&dyn Files>,
        recorder: Option<Recorder>,
    ) -> Result<Checked, CliError> {
        let mut options = self.basis.options(files)?;
        let npm = Some(npm::environment(None));
        let scan = self.archives.add_to(self.part.scan_options().npm(npm));
        options.scan = scan.recorder(recorder.clone());
        options.clones.clone_from(&self.sources.all_sources);
        options.recorder = recorder;
        Ok(Checked::run(self.part.source()?, &options)?)
    }
}

/// The format where neither an option nor the name of the output decides: annotations in a workflow of GitHub.
fn usual_format() -> CheckFormat {
    match std::env::var_os("GITHUB_ACTIONS") {
        Some(it) if it == "true" => CheckFormat::Github,
        _ => CheckFormat::Text,
    }
}

/// Writes the text of a check with colours.
pub(crate) fn text(report: &Check<'_>, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut plain = Vec::new();
    write_check(CheckFormat::Text, report, &mut plain)?;
    let colored = style::verdict(&String::from_utf8_lossy(&plain));
    Ok(out.write_all(colored.as_bytes())?)
}

fn list_rules() -> Result<ExitCode, CliError> {
    output::print(|out| {
        for rule in RULES {
            writeln!(
                out,
                "{:<5} {:<30} {}",
                rule.default.name(),
                rule.id,
                rule.about
            )?;
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Appends to the job summary if GitHub Actions names a file for it. A missing summary does not fail the check.
fn append_summary(text: &str) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| !it.is_empty()) else {
        return;
    };
    if bomtrail::write::append(path.as_ref(), text).is_err() {
        report::line("warning: the job summary could not be written");
    }
}
