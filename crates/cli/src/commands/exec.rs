//! `bomtrail exec -- npm ci`: installs only what passes a check, and looks at what was installed.

mod guard;

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use bomtrail::Files;
use bomtrail::check::{CheckFormat, Checked, differences, fingerprints, lockfile, write_check};
use clap::Args;

use super::check::Basis;
use crate::error::CliError;
use crate::git::Commit;
use crate::report::{self, Verbosity};

/// Check a project, and only when it passes run `npm ci`; then compare what was installed with what was checked
///
/// Exit codes: those of npm where the check passes; 1 where it does not, or something else was installed; 2 where it could not
/// be told. Nothing is written and nothing runs before the check has passed.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    basis: Basis,
    /// `npm ci` with its arguments, after `--`
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let here = Path::new(".");
        guard::command(&self.command)?;
        guard::surroundings(here)?;
        let Some(lock) = lockfile(here)? else {
            return Err(CliError::Usage(
                "there is neither npm-shrinkwrap.json nor package-lock.json here to check"
                    .to_owned(),
            ));
        };
        let commit = self.basis.commit_in(here)?;
        let files = commit.as_ref().map(|it: &Commit| it as &dyn Files);
        let options = self.basis.options(files)?;
        // The very file npm reads, and not whatever else there is.
        let checked = Checked::run(here, &options)?;
        if checked.failed {
            let mut out = std::io::stderr().lock();
            drop(write_check(CheckFormat::Text, &checked.report(), &mut out));
            report::line("nothing was installed");
            return Ok(ExitCode::FAILURE);
        }
        let before = fingerprints(here, &checked)?;
        verbosity.say(&format!("{lock} passes the check"));
        let code = self.spawn()?;
        let mut wrong: Vec<String> = Vec::new();
        let after = fingerprints(here, &checked)?;
        for (path, digest) in &before {
            if after.get(path) != Some(digest) {
                wrong.push(format!("`{path}` changed while npm ran"));
            }
        }
        if code == 0 {
            wrong.extend(differences(here, &checked, &options)?);
        }
        for it in &wrong {
            report::line(&format!("error: {it}"));
        }
        if wrong.is_empty() {
            return Ok(ExitCode::from(code));
        }
        report::line(
            "what is installed is not what was checked; remove node_modules, and do not run it",
        );
        Ok(ExitCode::FAILURE)
    }

    /// Runs npm; its exit code, 1 where a signal ended it.
    fn spawn(&self) -> Result<u8, CliError> {
        let mut words = self.command.iter();
        let program = words.next().cloned().unwrap_or_default();
        let status = Command::new(&program).args(words).status();
        let status = status.map_err(|error| {
            CliError::Usage(format!("`{}` cannot be run: {error}", program.display()))
        })?;
        Ok(status
            .code()
            .and_then(|it| u8::try_from(it).ok())
            .unwrap_or(1))
    }
}
