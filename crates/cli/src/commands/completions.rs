//! `bomtrail completions`: shell completion scripts.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::Cli;
use crate::error::CliError;
use crate::output;

/// Print a shell completion script
#[derive(Args)]
pub(crate) struct Arguments {
    /// Shell to write the script for
    shell: Shell,
}

impl Arguments {
    pub(crate) fn run(&self) -> Result<ExitCode, CliError> {
        // Into memory first, because the generator panics on a write error.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "bomtrail", &mut script);
        output::print(|out| Ok(out.write_all(&script)?))?;
        Ok(ExitCode::SUCCESS)
    }
}
