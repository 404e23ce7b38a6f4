//! Diagnostics on standard error: one line each, not too many of one kind.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use bomtrail::{Code, Diagnostic, Level};
use clap::Args;

use bomtrail::printable;

/// How many of one kind are told.
const MOST_OF_A_KIND: usize = 20;

/// How much is told.
#[derive(Args, Clone, Copy)]
pub(crate) struct Verbosity {
    /// Tell everything: notes too, and all diagnostics of a kind
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Tell nothing but why the command failed
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
}

impl Verbosity {
    /// Whether notes are told.
    pub(crate) fn tells_notes(self) -> bool {
        self.verbose
    }

    /// Whether nothing is told but failures.
    pub(crate) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Notes too, unless nothing is to be told.
    pub(crate) fn with_notes(self) -> Self {
        let verbose = !self.quiet;
        Self { verbose, ..self }
    }

    /// Tells diagnostics.
    pub(crate) fn report<'a, I>(self, diagnostics: I)
    where
        I: IntoIterator<Item = &'a Diagnostic>,
    {
        if self.quiet {
            return;
        }
        let mut counts: BTreeMap<&str, (&Code, usize)> = BTreeMap::new();
        for it in diagnostics {
            if it.code.level == Level::Note && !self.verbose {
                continue;
            }
            let (_, count) = counts.entry(it.code.id).or_insert((it.code, 0));
            *count += 1;
            if self.verbose || *count <= MOST_OF_A_KIND {
                line(&it.to_string());
            }
        }
        if self.verbose {
            return;
        }
        for (id, (code, count)) in counts {
            if let Some(more @ 1..) = count.checked_sub(MOST_OF_A_KIND) {
                line(&format!(
                    "{}[{id}] … and {more} more (--verbose tells all)",
                    code.level.name()
                ));
            }
        }
    }

    /// Tells what was done.
    pub(crate) fn say(self, message: &str) {
        if !self.quiet {
            line(message);
        }
    }
}

/// The exit code of a command that succeeded: 1 when it is strict and something is odd.
pub(crate) fn exit_code(strict: bool, worst: Option<Level>) -> ExitCode {
    if strict && worst >= Some(Level::Warning) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// One line on standard error. Where nobody listens, there is nobody to tell.
pub(crate) fn line(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{}", printable(text)));
}
