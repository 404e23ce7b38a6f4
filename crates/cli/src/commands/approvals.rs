//! `bomtrail approvals`: shows and maintains the approvals list.

mod diff;
mod explain;
mod ls;
mod update;

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::approvals::{self, ApprovalStatus, Date, ListError};
use bomtrail::check::{Decided, allowed_scripts};
use clap::{Args, Subcommand, ValueEnum};

use super::list::{ListArguments, ListLocation};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};
use crate::report::Verbosity;
use crate::text::count;
use crate::today;
use bomtrail::views::printable;

/// Show and maintain the approvals list
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Ls(ls::Arguments),
    Explain(explain::Arguments),
    Diff(diff::Arguments),
    Prune(Prune),
    Update(update::Arguments),
    Fmt(Fmt),
    ImportAllowScripts(Import),
    Aggregate(Aggregate),
}

/// The project, its list and the date.
#[derive(Args)]
pub(super) struct Plain {
    #[command(flatten)]
    list: ListArguments,
    /// Date used to decide whether approvals have expired [default: today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    date: Option<Date>,
}

/// Remove unused approvals from the project's own list
#[derive(Args)]
struct Prune {
    #[command(flatten)]
    plain: Plain,
    /// Only show what would be removed
    #[arg(long)]
    dry_run: bool,
}

/// Sort the project's own list by name and version
#[derive(Args)]
struct Fmt {
    #[command(flatten)]
    list: ListArguments,
    /// Only check: exit with code 1 if the list is not sorted
    #[arg(long)]
    check: bool,
}

/// Copy decisions from `allowScripts` in package.json to approved packages; approves nothing
#[derive(Args)]
struct Import {
    #[command(flatten)]
    plain: Plain,
}

/// Combine several lists into one to publish: entries that any list approves and none denies
#[derive(Args)]
struct Aggregate {
    /// Approvals lists; they must not extend other lists
    #[arg(value_name = "FILE", required = true)]
    lists: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Aggregate {
    fn run(&self) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        Inputs::given(&self.lists).protect([&sink])?;
        let text = approvals::aggregate(&self.lists)?;
        output::write(&sink, |out| Ok(out.write_all(text.as_bytes())?))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        match &self.command {
            Command::Ls(it) => it.run(),
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
    fn location(&self) -> ListLocation<'_> {
        self.list.location()
    }

    /// The project, with what its list says of each package on the given date.
    fn decided(&self) -> Result<Decided, CliError> {
        self.location().decided(today::or_now(self.date)?)
    }
}

/// How a command about the lists prints.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    #[default]
    Text,
    Json,
}

impl Prune {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let decided = self.plain.decided()?;
        let stale = approvals::stale(decided.scan.graph(), &decided.basis.approvals.list);
        output::print(|out| {
            for it in &stale {
                let line = approvals::versioned(&it.key.entry_name(), &it.version);
                writeln!(out, "{}", printable(&line))?;
            }
            Ok(())
        })?;
        if stale.is_empty() || self.dry_run {
            let would = if self.dry_run { "would be " } else { "" };
            verbosity.say(&format!(
                "{} {would}removed",
                count(stale.len(), "approval")
            ));
            return Ok(ExitCode::SUCCESS);
        }
        let wanted: Vec<(String, Option<String>)> = stale
            .iter()
            .map(|it| (it.key.entry_name().into_owned(), Some(it.version.clone())))
            .collect();
        let list = self.plain.location().file()?;
        list.change(|name, text| approvals::unapprove(name, text, &wanted))?;
        let removed = count(stale.len(), "approval");
        verbosity.say(&format!("{removed} removed from {}", list.name()));
        Ok(ExitCode::SUCCESS)
    }
}

impl Import {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let decided = self.plain.decided()?;
        let files = decided.scan.files();
        let scripts = files.map(|it| allowed_scripts(it)).unwrap_or_default();
        let answers = approvals::script_answers(decided.scan.graph(), &decided.table, &scripts);
        for it in &answers.open {
            let note =
                format!("note: {it} is not approved, so its `allowScripts` entry is not copied");
            verbosity.say(&note);
        }
        let list = self.plain.location().file()?;
        let changed = !answers.approved.is_empty()
            && list.change(|name, text| approvals::allow_scripts(name, text, &answers.approved))?;
        verbosity.say(&if changed {
            let copied = count(answers.approved.len(), "decision");
            format!("{copied} copied to {}", list.name())
        } else {
            "nothing to copy".to_owned()
        });
        Ok(ExitCode::SUCCESS)
    }
}

impl Fmt {
    fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let list = self.list.location().file()?;
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

/// The name of a status.
fn status(status: ApprovalStatus) -> &'static str {
    status.name()
}
