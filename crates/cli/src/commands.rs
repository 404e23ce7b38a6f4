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
use crate::layout;
use crate::report::Verbosity;

/// Makes the command and what is done for each of them from one list.
macro_rules! commands {
    ($($(#[$condition:meta])* $name:literal $variant:ident($arguments:ty),)*) => {
        /// The command to run.
        #[derive(Subcommand)]
        pub(crate) enum Command {
            $($(#[$condition])* #[command(name = $name)] $variant($arguments),)*
        }

        impl Command {
            /// Adds the commands to `root` by their names; the options of a command are made when it is asked for.
            pub(crate) fn named(root: clap::Command) -> clap::Command {
                $(
                    $(#[$condition])*
                    let root = root.subcommand(clap::Command::new($name).defer(layout::options::<$arguments>));
                )*
                root
            }

            /// Runs the command.
            pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
                match self {
                    $($(#[$condition])* Self::$variant(it) => it.run(verbosity),)*
                }
            }
        }
    };
}

commands! {
    "sbom" Sbom(sbom::Arguments),
    "graph" Graph(graph::Arguments),
    "tree" Tree(tree::Arguments),
    "why" Why(why::Arguments),
    "check" Check(check::Arguments),
    "advisories" Advisories(advisories::Arguments),
    "approve" Approve(approve::Approve),
    "unapprove" Unapprove(deny::Unapprove),
    "decide" Decide(decide::Arguments),
    "deny" Deny(deny::Deny),
    "undeny" Undeny(deny::Undeny),
    "approvals" Approvals(approvals::Arguments),
    "exec" Exec(exec::Arguments),
    "explain" Explain(explain::Arguments),
    "report" Report(report::Arguments),
    "init" Init(init::Arguments),
    "verify" Verify(verify::Arguments),
    "verify-bundle" VerifyBundle(verify_bundle::Arguments),
    "source" Source(source::Arguments),
    "attest" Attest(attest::Arguments),
    "vex" Vex(vex::Arguments),
    "keygen" Keygen(keygen::Arguments),
    "validate" Validate(validate::Arguments),
    "convert" Convert(convert::Arguments),
    "merge" Merge(merge::Arguments),
    "diff" Diff(diff::Arguments),
    #[cfg(feature = "fleet")]
    "fleet" Fleet(fleet::Arguments),
    "completions" Completions(completions::Arguments),
    "man" Man(man::Arguments),
}
