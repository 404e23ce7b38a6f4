//! Why a command could not do what it was asked for, and how that is told.

use std::fmt;
use std::io;
use std::process::ExitCode;

use bomtrail::check::CheckError;
use bomtrail::{Diagnostics, ScanError, WriteError};

use crate::report::{self, Verbosity};

/// The exit code of everything that could not be done.
const COULD_NOT: u8 = 2;

/// Why a command could not do it.
#[derive(Debug)]
pub(crate) enum CliError {
    /// The arguments do not fit each other.
    Usage(String),
    /// There is no graph.
    Scan(ScanError),
    /// Approvals or policy are not what they should be.
    Diagnosed(Diagnostics),
    /// The output could not be written.
    Write { to: String, error: WriteError },
}

impl From<ScanError> for CliError {
    fn from(error: ScanError) -> Self {
        Self::Scan(error)
    }
}

impl From<CheckError> for CliError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Scan(error) => Self::Scan(error),
            CheckError::Invalid(problems) => Self::Diagnosed(problems),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl CliError {
    /// Tells it on standard error. That nobody reads standard output any more is not a failure.
    pub(crate) fn report(&self, verbosity: Verbosity) -> ExitCode {
        if self.is_closed_pipe() {
            return ExitCode::SUCCESS;
        }
        if let Self::Scan(
            ScanError::Unreadable { diagnostics, .. } | ScanError::Settings { diagnostics },
        ) = self
        {
            verbosity.report(diagnostics);
        }
        report::line(&format!("error: {self}"));
        ExitCode::from(COULD_NOT)
    }

    fn is_closed_pipe(&self) -> bool {
        match self {
            Self::Write {
                error: WriteError::Sink(error),
                ..
            } => error.kind() == io::ErrorKind::BrokenPipe,
            _ => false,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => f.write_str(message),
            Self::Scan(ScanError::Unreadable { inputs, .. }) => {
                write!(f, "nothing could be read from `{inputs}`")
            }
            Self::Scan(ScanError::Settings { .. }) => {
                f.write_str("`bomtrail.toml` has errors, so nothing was done")
            }
            Self::Scan(error) => error.fmt(f),
            Self::Diagnosed(all) => write!(f, "{} problems", all.len()),
            Self::Write { to, error } => match error {
                WriteError::Sink(cause) => write!(f, "{to} cannot be written: {cause}"),
                other => write!(f, "{to} cannot be written: {other}"),
            },
        }
    }
}
