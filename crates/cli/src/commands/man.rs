//! `bomtrail man`: manual pages.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::Cli;
use crate::error::CliError;
use crate::output;

/// Print the manual page (roff) of bomtrail or of a command
#[derive(Args)]
pub(crate) struct Arguments {
    /// Command to print the page of
    command: Option<String>,
}

impl Arguments {
    pub(crate) fn run(&self) -> Result<ExitCode, CliError> {
        let mut all = Cli::command();
        all.build();
        let page = match &self.command {
            None => Man::new(all),
            Some(name) => {
                let command = all.find_subcommand(name).cloned();
                let unknown = || CliError::Usage(format!("unknown command `{name}`"));
                Man::new(command.ok_or_else(unknown)?)
            }
        };
        output::print(|mut out| Ok(page.render(&mut out)?))?;
        Ok(ExitCode::SUCCESS)
    }
}
