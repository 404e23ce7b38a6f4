//! `bomtrail diff`: what changed between two SBOMs, lockfiles or revisions.

use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::advisories::{Advised, AdvisoryOptions, vulnerability_changes};
use bomtrail::diff::{Change, ChangeKind, Changes, VersionStep};
use bomtrail::{Scan, TOOL, diff};
use clap::{Args, ValueEnum};

use super::advisories::AdvisoryArgs;
use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};
use crate::part::{Around, source};
use crate::report::Verbosity;
use crate::style;
use crate::text::count;

/// Show what changed between two SBOMs, lockfiles, projects or git revisions
#[derive(Args)]
pub(crate) struct Arguments {
    /// Old state: SBOM, lockfile, project folder, `-` for standard input, or `git:REF[:PATH]`
    old: PathBuf,
    /// New state, in the same forms
    new: PathBuf,
    /// Output format [default: from the ending of the output file, else text]
    #[arg(short, long, value_enum)]
    format: Option<Form>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with code 1 if there is a change of this kind: added, removed, version, registry, source, hash, integrity-lost,
    /// integrity-weakened, integrity-changed, install-script, production, scope, license, edge-added, edge-removed, missing,
    /// invalid, repaired, vulnerability, vulnerability-gone; a version step: downgrade, major, minor, patch, prerelease, unknown-step; or any; repeatable
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kinds)]
    fail_on: Vec<Kinds>,
    #[command(flatten)]
    around: Around,
    #[command(flatten)]
    sources: AdvisoryArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    #[value(alias = "md")]
    Markdown,
}

/// The endings of file names that select a format.
const ENDINGS: &[Ending<Form>] = &[
    (".txt", &[Form::Text]),
    (".log", &[Form::Text]),
    (".json", &[Form::Json]),
    (".md", &[Form::Markdown]),
    (".markdown", &[Form::Markdown]),
];

/// One kind of change, or any.
#[derive(Clone, Copy)]
enum Kinds {
    Any,
    Kind(ChangeKind),
    Step(VersionStep),
}

impl Kinds {
    fn is(self, change: &Change) -> bool {
        match self {
            Self::Any => true,
            Self::Kind(kind) => change.kind == kind,
            Self::Step(step) => change.step == Some(step),
        }
    }
}

fn kinds(name: &str) -> Result<Kinds, String> {
    if name == "any" {
        return Ok(Kinds::Any);
    }
    let kind = ChangeKind::from_name(name).map(Kinds::Kind);
    let step = || VersionStep::from_name(name).map(Kinds::Step);
    kind.or_else(step).ok_or_else(|| {
        let kinds = ChangeKind::ALL.into_iter().map(ChangeKind::name);
        let steps = VersionStep::ALL.into_iter().map(VersionStep::name);
        let known: Vec<&str> = kinds.chain(steps).collect();
        format!("expected one of {}, any", known.join(", "))
    })
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let format = ending::choose(self.format, Form::Text, &sink, ENDINGS)?;
        let inputs = Inputs::given([&self.old, &self.new]).and(self.sources.files());
        let options = self.around.options().recorder(Some(inputs.recorder()));
        let found = if let Some(advisories) = self.sources.options()? {
            self.with_advisories(&advisories.scan(options), verbosity)?
        } else {
            // The process ends soon: releasing the memory of a large graph takes longer than ending.
            let old = ManuallyDrop::new(Scan::with(source(&self.old)?, &options)?);
            verbosity.report(old.diagnostics());
            let new = ManuallyDrop::new(Scan::with(source(&self.new)?, &options)?);
            verbosity.report(new.diagnostics());
            diff(old.graph(), new.graph())
        };
        inputs.protect([&sink])?;
        match format {
            Form::Text => output::write_text(&sink, |out| {
                let mut plain = Vec::new();
                found.write_text(&mut plain)?;
                let text = style::changes(&String::from_utf8_lossy(&plain));
                Ok(out.write_all(text.as_bytes())?)
            }),
            Form::Json => output::write(&sink, |out| Ok(found.write_json(TOOL, out)?)),
            Form::Markdown => output::write(&sink, |out| Ok(found.write_markdown(out)?)),
        }?;
        sink.announce(verbosity, &count(found.changes.len(), "change"));
        let mut changes = found.changes.iter();
        let fails = changes.any(|change| self.fail_on.iter().any(|it| it.is(change)));
        Ok(if fails {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    /// The changes, with the vulnerabilities that are new and those that no longer apply.
    fn with_advisories(
        &self,
        options: &AdvisoryOptions,
        verbosity: Verbosity,
    ) -> Result<Changes, CliError> {
        let [old, new] = Advised::pair(source(&self.old)?, source(&self.new)?, options)?;
        for it in [&old, &new] {
            verbosity.report(it.scan.diagnostics().iter().chain(&it.diagnostics));
            if it.advisories.is_incomplete() {
                let message = "the advisories are incomplete, so that changes of vulnerabilities are not known; `bomtrail advisories` shows what is missing";
                return Err(CliError::Usage(message.to_owned()));
            }
        }
        let mut found = diff(old.scan.graph(), new.scan.graph());
        found.changes.extend(vulnerability_changes(&old, &new));
        found.changes.sort();
        Ok(found)
    }
}
