//! The commands, one module each.

mod advisories;
mod approvals;
mod approve;
mod attest;
mod check;
mod completions;
mod convert;
mod decide;
mod deny;
mod diff;
mod exec;
mod explain;
#[cfg(feature = "fleet")]
mod fleet;
mod graph;
mod init;
mod keygen;
mod list;
mod man;
mod merge;
mod report;
mod sbom;
mod source;
mod tree;
mod validate;
mod verify;
mod verify_bundle;
mod vex;
mod why;

use std::process::ExitCode;

use clap::Subcommand;
pub(crate) use completions::{answer as answer_completion, workspaces};

use crate::error::CliError;
use crate::report::Verbosity;

/// The command to run.
#[derive(Subcommand)]
pub(crate) enum Command {
    Sbom(sbom::Arguments),
    Graph(graph::Arguments),
    Tree(tree::Arguments),
    Why(why::Arguments),
    Check(check::Arguments),
    Advisories(advisories::Arguments),
    Approve(approve::Approve),
    Unapprove(deny::Unapprove),
    Decide(decide::Arguments),
    Deny(deny::Deny),
    Undeny(deny::Undeny),
    Approvals(approvals::Arguments),
    Exec(exec::Arguments),
    Explain(explain::Arguments),
    Report(report::Arguments),
    Init(init::Arguments),
    Verify(verify::Arguments),
    VerifyBundle(verify_bundle::Arguments),
    Source(source::Arguments),
    Attest(attest::Arguments),
    Vex(vex::Arguments),
    Keygen(keygen::Arguments),
    Validate(validate::Arguments),
    Convert(convert::Arguments),
    Merge(merge::Arguments),
    Diff(diff::Arguments),
    #[cfg(feature = "fleet")]
    Fleet(fleet::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Command {
    /// Runs the command.
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        match self {
            Self::Sbom(it) => it.run(verbosity),
            Self::Graph(it) => it.run(verbosity),
            Self::Tree(it) => it.run(verbosity),
            Self::Why(it) => it.run(verbosity),
            Self::Check(it) => it.run(verbosity),
            Self::Advisories(it) => it.run(verbosity),
            Self::Approve(it) => it.run(verbosity),
            Self::Unapprove(it) => it.run(verbosity),
            Self::Decide(it) => it.run(verbosity),
            Self::Deny(it) => it.run(verbosity),
            Self::Undeny(it) => it.run(verbosity),
            Self::Approvals(it) => it.run(verbosity),
            Self::Exec(it) => it.run(verbosity),
            Self::Explain(it) => it.run(),
            Self::Report(it) => it.run(verbosity),
            Self::Init(it) => it.run(verbosity),
            Self::Verify(it) => it.run(verbosity),
            Self::VerifyBundle(it) => it.run(verbosity),
            Self::Source(it) => it.run(verbosity),
            Self::Attest(it) => it.run(),
            Self::Vex(it) => it.run(verbosity),
            Self::Keygen(it) => it.run(verbosity),
            Self::Validate(it) => it.run(verbosity),
            Self::Convert(it) => it.run(verbosity),
            Self::Merge(it) => it.run(verbosity),
            Self::Diff(it) => it.run(verbosity),
            #[cfg(feature = "fleet")]
            Self::Fleet(it) => it.run(verbosity),
            Self::Completions(it) => it.run(),
            Self::Man(it) => it.run(),
        }
    }
}
