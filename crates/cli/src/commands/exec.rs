//! `bomtrail exec -- npm ci`, and what pnpm, Yarn and Bun have for it: installs only what passes the check, and verifies what was
//! installed.

mod bun;
mod guard;
mod manager;
mod pnpm;
mod yarn;

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use bomtrail::check::Checked;
use bomtrail::graph::Files;
use bomtrail::install::{
    Fingerprints, InstallError, bun_differences, differences, pnpm_differences, yarn_differences,
};
use bomtrail::npm::NpmEnvironment;
use bomtrail::source::Recorder;
use clap::Args;

use self::manager::Manager;
use super::check::{Basis, text};
use crate::error::CliError;
use crate::npm;
use crate::report::{self, Verbosity};

/// Run `npm ci`, or the frozen installation of pnpm, Yarn or Bun, only if the check passes, then verify that the installed packages are those that were checked
///
/// Nothing is written or run before the check has passed. Exit codes: 1 if the check fails or something else was installed, 2
/// if the check could not be completed, else the exit code of the package manager.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    basis: Basis,
    /// A command without `--`, to say how it is written.
    #[arg(hide = true)]
    misplaced: Vec<OsString>,
    /// `npm ci`, or the frozen installation of pnpm, Yarn or Bun, after `--`
    ///
    /// These are `pnpm install --frozen-lockfile`, `yarn install --immutable`, `yarn install --frozen-lockfile` (Yarn 1), and
    /// `bun install --frozen-lockfile`. Arguments that may change what is installed are refused.
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

impl From<InstallError> for CliError {
    fn from(error: InstallError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let here = Path::new(".");
        let manager = guard::command(self.command()?)?;
        let npm = npm::environment(self.command.first().map(OsString::as_os_str));
        guard::settings(here, manager, &npm)?;
        let lock = guard::lockfile(here, manager)?;
        guard::version(here, manager, &self.command)?;
        let mut before = Fingerprints::take(here)?;
        let read = Recorder::default();
        let checked = self.check(here, npm, &read)?;
        if checked.failed {
            let mut out = anstream::stderr().lock();
            drop(text(&checked.report(), &mut out));
            report::line("nothing was installed");
            return Ok(ExitCode::FAILURE);
        }
        before.add(&read);
        if differ(here, &before, "while it was checked")? {
            report::line("nothing was installed");
            return Ok(ExitCode::FAILURE);
        }
        verbosity.say(&format!("{lock} passes the check"));
        let code = self.spawn()?;
        let when = format!("while {} ran", manager.name());
        let changed = differ(here, &before, &when)?;
        let different = code == 0 && compare(here, manager)?;
        if changed || different {
            report::line(
                "the installed packages are not those that were checked; remove node_modules and do not use it",
            );
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::from(code))
    }

    /// The command, which follows `--`.
    fn command(&self) -> Result<&[OsString], CliError> {
        if self.misplaced.is_empty() && !self.command.is_empty() {
            return Ok(&self.command);
        }
        let message = "write the command after `--`, as in `bomtrail exec -- npm ci`";
        Err(CliError::Usage(message.to_owned()))
    }

    fn check(
        &self,
        here: &Path,
        npm: NpmEnvironment,
        read: &Recorder,
    ) -> Result<Checked, CliError> {
        let commit = self.basis.commit_in(here)?;
        let files = commit.as_ref().map(|it| it as &dyn Files);
        let mut options = self.basis.options(files)?;
        options.scan = options.scan.npm(Some(npm)).recorder(Some(read.clone()));
        options.recorder = Some(read.clone());
        Ok(Checked::run(here, &options)?)
    }

    /// Runs the package manager; returns its exit code, or 1 if a signal ended it.
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

/// Reports the files that changed; `true` if there are any.
fn differ(here: &Path, before: &Fingerprints, when: &str) -> Result<bool, CliError> {
    let changed = before.changed(here)?;
    for path in &changed {
        report::error(&format!("`{path}` changed {when}"));
    }
    Ok(!changed.is_empty())
}

/// Reports how the installed packages differ from the lockfile; `true` if they do.
fn compare(here: &Path, manager: Manager) -> Result<bool, CliError> {
    let all = match manager {
        Manager::Npm => differences(here)?,
        Manager::Pnpm => pnpm_differences(here)?,
        Manager::Yarn => yarn_differences(here)?,
        Manager::Bun => bun_differences(here)?,
    };
    for it in &all {
        report::error(&it.to_string());
    }
    Ok(!all.is_empty())
}
