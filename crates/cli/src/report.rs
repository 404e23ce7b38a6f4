//! Diagnostics on standard error: one line each, limited for each kind.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use bomtrail::graph::Code;
use bomtrail::{Diagnostic, Level};
use clap::Args;

use crate::style::Style;
use bomtrail::views::printable;

/// How many diagnostics of one kind are shown.
const MOST_OF_A_KIND: usize = 20;

/// How much is shown on standard error.
#[derive(Args, Clone, Copy)]
pub(crate) struct Verbosity {
    /// Show notes, and do not limit repeated diagnostics
    #[arg(short, long, global = true, help_heading = "Global options")]
    verbose: bool,
    /// Show only errors that make the command fail
    #[arg(
        short,
        long,
        global = true,
        help_heading = "Global options",
        conflicts_with = "verbose"
    )]
    quiet: bool,
}

impl Verbosity {
    /// Whether notes are shown.
    pub(crate) fn shows_notes(self) -> bool {
        self.verbose
    }

    /// Whether only errors are shown.
    pub(crate) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// The same with notes, unless it is quiet.
    pub(crate) fn with_notes(self) -> Self {
        let verbose = !self.quiet;
        Self { verbose, ..self }
    }

    /// Shows diagnostics.
    pub(crate) fn report<'a, I>(self, diagnostics: I)
    where
        I: IntoIterator<Item = &'a Diagnostic>,
    {
        if !self.quiet {
            self.report_always(diagnostics);
        }
    }

    /// Shows diagnostics even if it is quiet: they are the reason that the command failed.
    pub(crate) fn report_always<'a, I>(self, diagnostics: I)
    where
        I: IntoIterator<Item = &'a Diagnostic>,
    {
        let mut counts: BTreeMap<&str, (&Code, usize)> = BTreeMap::new();
        for it in diagnostics {
            if it.code.level == Level::Note && !self.verbose {
                continue;
            }
            let (_, count) = counts.entry(it.code.id).or_insert((it.code, 0));
            *count += 1;
            if self.verbose || *count <= MOST_OF_A_KIND {
                diagnostic(it);
            }
        }
        if self.verbose {
            return;
        }
        for (id, (code, count)) in counts {
            if let Some(more @ 1..) = count.checked_sub(MOST_OF_A_KIND) {
                let head = format!("{}[{id}]", code.level.name());
                let rest = format!("… and {more} more (use --verbose to show all)");
                styled(code.level.into(), &head, &rest);
            }
        }
    }

    /// Shows what was done.
    pub(crate) fn say(self, message: &str) {
        if !self.quiet {
            line(message);
        }
    }
}

/// The exit code of a command that succeeded: 1 if it is strict and there are warnings or errors.
pub(crate) fn exit_code(strict: bool, worst: Option<Level>) -> ExitCode {
    if strict && worst >= Some(Level::Warning) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// One diagnostic, its level and id in colour.
fn diagnostic(it: &Diagnostic) {
    let text = it.to_string();
    let head = format!("{}[{}]", it.code.level.name(), it.code.id);
    match text.strip_prefix(&head) {
        Some(rest) => styled(it.code.level.into(), &head, rest.trim_start()),
        None => line(&text),
    }
}

/// Writes the error that ends the command.
pub(crate) fn error(text: &str) {
    styled(Style::Problem, "error:", text);
}

fn styled(style: Style, head: &str, rest: &str) {
    let (head, rest) = (style.text(&printable(head)), printable(rest));
    raw(&format!("{head} {rest}"));
}

/// Writes one line to standard error.
pub(crate) fn line(text: &str) {
    raw(&printable(text));
}

/// A failure to write to standard error is ignored: there is nowhere left to report it.
fn raw(text: &str) {
    drop(writeln!(anstream::stderr().lock(), "{text}"));
}
