//! `bomtrail man`: manual pages.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::WriteError;
use bomtrail::write::make_folder;
use clap::error::{ContextKind, ContextValue};
use clap::{Args, Command};
use clap_mangen::Man;

use crate::error::CliError;
use crate::layout;
use crate::output::{self, Sink};
use crate::report::Verbosity;

/// Print the manual page (roff) of bomtrail or of a command
#[derive(Args)]
pub(crate) struct Arguments {
    /// Command to print the page of
    #[arg(conflicts_with = "out")]
    command: Option<String>,
    /// Write the pages of all commands into this folder instead
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Arguments {
    pub(crate) fn run(&self, _: Verbosity) -> Result<ExitCode, CliError> {
        let mut all = layout::command();
        all.build();
        if let Some(folder) = &self.out {
            return pages(&all, folder);
        }
        let page = match &self.command {
            None => Man::new(all),
            Some(name) => {
                let command = all.find_subcommand(name).cloned();
                Man::new(command.ok_or_else(|| unknown(name, all))?)
            }
        };
        output::print(|mut out| Ok(page.render(&mut out)?))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn unknown(name: &str, all: Command) -> CliError {
    let help = match suggested(name, all) {
        Some(it) => format!("did you mean `{it}`?"),
        None => "`bomtrail help` lists the commands".to_owned(),
    };
    CliError::Usage(format!("unknown command `{name}`; {help}"))
}

/// The command that a misspelt name may stand for.
fn suggested(name: &str, all: Command) -> Option<String> {
    let error = all.try_get_matches_from(["bomtrail", name]).err()?;
    match error.get(ContextKind::SuggestedSubcommand)? {
        ContextValue::String(it) => Some(it.clone()),
        ContextValue::Strings(them) => them.first().cloned(),
        _ => None,
    }
}

/// Writes the pages of the program and of all its commands: `bomtrail.1`, `bomtrail-approvals-ls.1`.
fn pages(all: &Command, folder: &Path) -> Result<ExitCode, CliError> {
    make_folder(folder).map_err(|error| {
        let to = format!("`{}`", folder.display());
        let error = WriteError::Sink(error);
        CliError::Write { to, error }
    })?;
    let mut open = vec![(all.get_name().to_owned(), all.clone())];
    while let Some((name, command)) = open.pop() {
        let below = command
            .get_subcommands()
            .filter(|it| it.get_name() != "help");
        open.extend(below.map(|it| (format!("{name}-{}", it.get_name()), it.clone())));
        let sink = Sink::File(folder.join(format!("{name}.1")));
        let page = Man::new(command.display_name(name.clone()));
        output::write(&sink, |mut out| Ok(page.render(&mut out)?))?;
    }
    Ok(ExitCode::SUCCESS)
}
