//! `bomtrail approvals update`: fetches the remote lists that are extended, and shows what the change does before it asks.

use std::io::{IsTerminal, Write, stdin};
use std::process::ExitCode;

use bomtrail::approvals::{ApprovalStatus, Fetch};
use bomtrail::check::{CheckOptions, Refreshed};
use clap::Args;

use super::Plain;
use crate::commands::approve::asked;
use crate::error::CliError;
use crate::fetch;
use crate::output;
use crate::report::{self, Verbosity};
use crate::today;
use bomtrail::printable;

/// Fetch the remote lists that the project's list extends, over https; the only command that uses the network
///
/// Shows what the change does to this project's packages, and asks before anything is written.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    plain: Plain,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let mut options = CheckOptions::on(today::or_now(self.plain.date)?);
        options.approvals.clone_from(&self.plain.place.approvals);
        let fetch: &Fetch<'_> = &fetch::https;
        let refreshed = Refreshed::fetch(&self.plain.place.path, &options, fetch)?;
        if refreshed.is_same() {
            verbosity.say("the remote lists are as they were");
            return Ok(ExitCode::SUCCESS);
        }
        output::print(|out| Ok(show(&refreshed, out)?))?;
        if !self.yes {
            if !stdin().is_terminal() {
                report::line(
                    "error: nobody is there to ask, so nothing was written; --yes writes without asking",
                );
                return Ok(ExitCode::from(2));
            }
            if !asked("Use these lists? [y/N] ")? {
                report::line("nothing was written");
                return Ok(ExitCode::from(2));
            }
        }
        refreshed
            .write()
            .map_err(|error| CliError::Usage(error.to_string()))?;
        verbosity.say(&format!(
            "{} remote lists are vendored",
            refreshed.sources()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

fn show(refreshed: &Refreshed, out: &mut dyn Write) -> std::io::Result<()> {
    for (url, what) in refreshed.changed_sources() {
        writeln!(out, "{what} {}", printable(&url))?;
    }
    let mut same = 0_usize;
    for (name, before, after) in refreshed.effect() {
        if before == Some(after) {
            same += 1;
            continue;
        }
        let was = before.map_or("undecided", ApprovalStatus::name);
        writeln!(out, "  {}: {was} → {}", printable(&name), after.name())?;
    }
    writeln!(out, "{same} packages as before")
}
