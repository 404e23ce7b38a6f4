//! `bomtrail approvals`: looking at the list, and keeping it in order.

mod diff;
mod explain;
mod update;

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::approvals::{self, ApprovalStatus, Date, ListError};
use bomtrail::check::allowed_scripts;
use clap::{Args, Subcommand};

use super::approve::Where;
use crate::error::CliError;
use crate::output::{self, Sink};
use crate::report::Verbosity;
use crate::today;
use bomtrail::printable;

/// Look at the approvals list, and keep it in order
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List what is approved and denied, where it is from, and what of it is needed
    Ls(Plain),
    Explain(explain::Arguments),
    Diff(diff::Arguments),
    Prune(Prune),
    Update(update::Arguments),
    Fmt(Fmt),
    ImportAllowScripts(Import),
    Aggregate(Aggregate),
}

/// Where the list is, and the day.
#[derive(Args)]
pub(super) struct Plain {
    #[command(flatten)]
    place: Where,
    /// The day that reviews run out by [default: today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    date: Option<Date>,
}

/// Remove approvals that nothing needs from the project's own list
#[derive(Args)]
struct Prune {
    #[command(flatten)]
    plain: Plain,
    /// Only tell which
    #[arg(long)]
    dry_run: bool,
}

/// Sort the project's own list by name and version
#[derive(Args)]
struct Fmt {
    #[command(flatten)]
    place: Where,
    /// Change nothing, and exit with 1 where something would be
    #[arg(long)]
    check: bool,
}

/// Put on record what `allowScripts` of package.json says of approved packages; approves nothing
#[derive(Args)]
struct Import {
    #[command(flatten)]
    plain: Plain,
}

/// Make one list of several, to publish for others to extend: what any approves and none refuses
#[derive(Args)]
struct Aggregate {
    /// The lists, which may extend no others
    #[arg(value_name = "FILE", required = true)]
    lists: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Aggregate {
    fn run(&self) -> Result<ExitCode, CliError> {
        let text = approvals::aggregate(&self.lists)?;
        let sink = Sink::named(self.output.as_deref());
        output::write(&sink, |out| Ok(out.write_all(text.as_bytes())?))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        match &self.command {
            Command::Ls(it) => it.ls(),
            Command::Explain(it) => it.run(),
            Command::Diff(it) => it.run(),
            Command::Prune(it) => it.run(verbosity),
            Command::Update(it) => it.run(verbosity),
            Command::Fmt(it) => it.run(verbosity),
            Command::ImportAllowScripts(it) => it.run(verbosity),
            Command::Aggregate(it) => it.run(),
        }
    }
}

impl Plain {
    fn ls(&self) -> Result<ExitCode, CliError> {
        let checked = self.place.checked(today::or_now(self.date)?)?;
        let list = &checked.approvals.list;
        let stale = approvals::stale(checked.scan.graph(), list);
        output::print(|out| {
            for (key, all) in list.packages() {
                for it in all {
                    let unused = stale
                        .iter()
                        .any(|stale| stale.key == *key && stale.version == it.version);
                    let mark = if list.is_own(it) && unused {
                        " (unused)"
                    } else {
                        ""
                    };
                    let (name, version) = (key.entry_name(), &it.version);
                    let line = format!(
                        "approved {name}@{version} {}{mark}",
                        list.chain(it).join(" > ")
                    );
                    writeln!(out, "{}", printable(&line))?;
                }
            }
            for it in list.all_denied() {
                let denial = &it.denial;
                let all = denial.versions.iter().chain(&denial.ranges);
                let versions: Vec<&str> = all.map(String::as_str).collect();
                let versions = if versions.is_empty() {
                    "all versions".to_owned()
                } else {
                    versions.join(" || ")
                };
                let why = denial.reason.as_deref().unwrap_or("no reason given");
                let line = format!(
                    "denied   {} {versions} ({why}) {}",
                    denial.key.entry_name(),
                    list.chain(it).join(" > ")
                );
                writeln!(out, "{}", printable(&line))?;
            }
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Prune {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let place = &self.plain.place;
        let checked = place.checked(today::or_now(self.plain.date)?)?;
        let stale = approvals::stale(checked.scan.graph(), &checked.approvals.list);
        output::print(|out| {
            for it in &stale {
                let line = format!("{}@{}", it.key.entry_name(), it.version);
                writeln!(out, "{}", printable(&line))?;
            }
            Ok(())
        })?;
        if stale.is_empty() || self.dry_run {
            let would = if self.dry_run { "would be " } else { "" };
            verbosity.say(&format!("{} {would}removed", stale.len()));
            return Ok(ExitCode::SUCCESS);
        }
        let wanted: Vec<(String, Option<String>)> = stale
            .iter()
            .map(|it| (it.key.entry_name().into_owned(), Some(it.version.clone())))
            .collect();
        let list = place.list()?;
        list.change(|name, text| approvals::unapprove(name, text, &wanted))?;
        verbosity.say(&format!("{} removed from {}", stale.len(), list.name()));
        Ok(ExitCode::SUCCESS)
    }
}

impl Import {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let place = &self.plain.place;
        let checked = place.checked(today::or_now(self.plain.date)?)?;
        let scripts = allowed_scripts(&place.path)?;
        let answers = approvals::script_answers(checked.scan.graph(), &checked.table, &scripts);
        for it in &answers.open {
            let note = format!("note: {it} is not approved, so nothing is recorded of it");
            verbosity.say(&note);
        }
        let list = place.list()?;
        let changed = !answers.approved.is_empty()
            && list.change(|name, text| approvals::allow_scripts(name, text, &answers.approved))?;
        verbosity.say(&if changed {
            let count = answers.approved.len();
            format!("{count} answers are in {}", list.name())
        } else {
            "nothing was left to record".to_owned()
        });
        Ok(ExitCode::SUCCESS)
    }
}

impl Fmt {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let list = self.place.list()?;
        if self.check {
            let text = list.text()?;
            let sorted = approvals::sort(list.name(), &text);
            let sorted = sorted.map_err(ListError::Edit)?;
            let code = u8::from(sorted != text);
            return Ok(ExitCode::from(code));
        }
        let changed = list.change(approvals::sort)?;
        verbosity.say(if changed { "sorted" } else { "sorted already" });
        Ok(ExitCode::SUCCESS)
    }
}

/// A status in one word for a line.
fn status(status: ApprovalStatus) -> &'static str {
    status.name()
}
