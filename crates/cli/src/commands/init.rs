//! `bomtrail init`: writes a commented `bomtrail.toml` to fill in.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::settings::{SETTINGS_FILE, settings_template};
use clap::Args;

use crate::error::CliError;
use crate::output::{self, Sink};
use crate::report::Verbosity;

/// Create a commented bomtrail.toml, filled in from the project's metadata
#[derive(Args)]
pub(crate) struct Arguments {
    /// Project folder
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Print the file instead of writing it
    #[arg(long)]
    print: bool,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let file = self.path.join(SETTINGS_FILE);
        if !self.print && file.symlink_metadata().is_ok() {
            let message = format!(
                "`{}` already exists; use --print to print a new one",
                file.display()
            );
            return Err(CliError::Usage(message));
        }
        let scan = bomtrail::scan(&self.path)?;
        let text = settings_template(scan.graph());
        let sink = if self.print {
            Sink::Stdout
        } else {
            Sink::File(file)
        };
        output::write(&sink, |out| Ok(out.write_all(text.as_bytes())?))?;
        if !self.print {
            verbosity.say(&format!(
                "wrote {sink}; fill it in, then run `bomtrail report`"
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}
