//! The `bomtrail` program: arguments, exit codes, rendering. What it shows is made by the `bomtrail` library.

mod commands;
mod error;
mod fetch;
mod git;
mod output;
mod paint;
mod part;
mod progress;
mod report;
mod timestamp;
mod today;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;
use report::Verbosity;

/// Exact dependency graphs and SBOMs of npm projects, without network and without running anything.
///
/// Exit codes: 0 done, 1 a check failed (with --strict: the input has problems), 2 it could not be done.
#[derive(Parser)]
#[command(name = "bomtrail", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    verbosity: Verbosity,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => {
            // Help that nobody reads to its end is no failure.
            drop(answer.print());
            return u8::try_from(answer.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    match cli.command.run(cli.verbosity) {
        Ok(code) => code,
        Err(failure) => failure.report(cli.verbosity),
    }
}
