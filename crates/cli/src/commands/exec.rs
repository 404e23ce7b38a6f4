//! `bomtrail exec -- npm ci`: installs only what passes the check, and verifies what was installed.

mod guard;

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use bomtrail::Files;
use bomtrail::check::{CheckFormat, Checked, differences, fingerprints, lockfile, write_check};
use clap::Args;

use super::check::Basis;
use crate::error::CliError;
use crate::report::{self, Verbosity};

/// Run `npm ci` only if the check passes, then verify that the installed packages are those that were checked
///
/// Nothing is written or run before the check has passed. Exit codes: 1 if the check fails or something else was installed, 2
/// if the check could not be completed, else the exit code of npm.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    basis: Basis,
    /// `npm ci` and its arguments, after `--`
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
                "there is no npm-shrinkwrap.json or package-lock.json in this folder".to_owned(),
            ));
        };
        let commit = self.basis.commit_in(here)?;
        let files = commit.as_ref().map(|it| it as &dyn Files);
        let options = self.basis.options(files)?;
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
            wrong.extend(differences(here, &checked)?);
        }
        for it in &wrong {
            report::line(&format!("error: {it}"));
        }
        if wrong.is_empty() {
            return Ok(ExitCode::from(code));
        }
        report::line(
            "the installed packages are not those that were checked; remove node_modules and do not use it",
        );
        Ok(ExitCode::FAILURE)
    }

    /// Runs npm; returns its exit code, or 1 if a signal ended it.
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
