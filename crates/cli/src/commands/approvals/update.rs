//! `bomtrail approvals update`: fetches extended remote lists, and shows the effect of the change before it asks.

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
use crate::text::count;
use crate::today;
use bomtrail::views::printable;

/// Fetch the remote lists that the project's list extends; the only command that uses the network
///
/// Shows the effect on this project's packages, and asks before writing anything.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    plain: Plain,
    /// Write without asking
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let location = self.plain.location();
        let options = CheckOptions::on(today::or_now(self.plain.date)?)
            .approvals(location.approvals.map(str::to_owned));
        let fetch: &Fetch<'_> = &fetch::https;
        let refreshed = Refreshed::fetch(location.path, &options, fetch)?;
        if refreshed.is_same() {
            verbosity.say("the remote lists have not changed");
            return Ok(ExitCode::SUCCESS);
        }
        output::print(|out| Ok(show(&refreshed, out)?))?;
        if !self.yes {
            if !stdin().is_terminal() {
                report::line(
                    "error: standard input is not a terminal, so nothing was written; use --yes to write without asking",
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
        let lists = count(refreshed.sources(), "remote list");
        verbosity.say(&format!("wrote {lists}"));
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
    writeln!(out, "{} unchanged", count(same, "package"))
}
