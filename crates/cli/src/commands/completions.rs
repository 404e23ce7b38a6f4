//! `bomtrail completions`: a script that completes arguments in a shell.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::Cli;
use crate::error::CliError;
use crate::output;

/// Print a script that completes bomtrail's arguments in a shell
#[derive(Args)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

impl Arguments {
    pub(crate) fn run(&self) -> Result<ExitCode, CliError> {
        // Into memory first: the generator panics when its sink refuses.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "bomtrail", &mut script);
        output::print(|out| Ok(out.write_all(&script)?))?;
        Ok(ExitCode::SUCCESS)
    }
}
