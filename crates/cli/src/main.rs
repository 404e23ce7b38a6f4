//! The `bomtrail` program: arguments, exit codes and rendering. The `bomtrail` library does the work.

mod archives;
mod commands;
mod ending;
mod error;
mod fetch;
mod inputs;
#[cfg(unix)]
mod interrupt;
mod layout;
mod many;
mod npm;
mod output;
mod part;
mod progress;
#[cfg(test)]
mod reference;
mod report;
mod style;
mod text;
mod timestamp;
mod today;
mod values;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, FromArgMatches, Parser};

use commands::Command;
use report::Verbosity;
use style::ColorWhen;

/// Half of what a small project costs is memory that is used for the first time; this allocator asks the system for less.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exact dependency graphs and SBOMs of npm and CPAN projects, without network access and without running project code
///
/// Exit codes: 0 success, 1 a check failed (with --strict: the input has problems), 2 the command could not be completed.
#[derive(Parser)]
#[command(name = "bomtrail", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    globals: Globals,
}

/// The options of every command.
#[derive(Args)]
struct Globals {
    #[command(flatten)]
    verbosity: Verbosity,
    /// When to use colours (auto: on a terminal, unless `NO_COLOR` is set)
    #[arg(long, global = true, help_heading = "Global options", value_name = "WHEN", value_enum, default_value_t = ColorWhen::Auto)]
    color: ColorWhen,
}

fn main() -> ExitCode {
    let cli = match parsed() {
        Ok(Some(cli)) => cli,
        Ok(None) => return ExitCode::SUCCESS,
        Err(answer) => {
            // A reader that closes the pipe early does not make `--help` fail.
            drop(answer.print());
            return u8::try_from(answer.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    #[cfg(unix)]
    interrupt::clean_up_on_signals();
    cli.globals.color.apply();
    match cli.command.run(cli.globals.verbosity) {
        Ok(code) => code,
        Err(error) => error.report(cli.globals.verbosity),
    }
}

/// The command line; `None` when a completion script asked and was answered.
fn parsed() -> Result<Option<Cli>, clap::Error> {
    if commands::answer_completion()? {
        return Ok(None);
    }
    Cli::from_arg_matches(&matches()?).map(Some)
}

/// The arguments. Whatever is more than arguments, such as help and mistakes, is answered by the whole command line.
fn matches() -> Result<ArgMatches, clap::Error> {
    match lean().try_get_matches() {
        Err(answer) if answer.kind() != ErrorKind::DisplayVersion => {
            layout::command().try_get_matches()
        }
        result => result,
    }
}

/// The command line to read arguments with: only the command that is asked for gets its options, which saves half of the time
/// that the program needs to start. It has no help pages, and mistakes are explained by [`layout::command`].
fn lean() -> clap::Command {
    let root = clap::Command::new("bomtrail")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true);
    Command::named(Globals::augment_args(root))
}
