//! Why a command could not be completed, and how that is reported.

use std::fmt;
use std::process::ExitCode;

use bomtrail::advisories::AdvisoryError;
use bomtrail::check::CheckError;
use bomtrail::convert::ConvertError;
use bomtrail::source::GitError;
use bomtrail::validate::ValidateError;
use bomtrail::{Diagnostics, ScanError, WriteError};

use crate::report::{self, Verbosity};
use crate::text::count;

/// The exit code of a command that could not be completed.
const COULD_NOT: u8 = 2;

/// Why a command could not be completed.
#[derive(Debug)]
pub(crate) enum CliError {
    /// The arguments, or the files they name, cannot be used.
    Usage(String),
    /// A command is refused, with what to do instead.
    Refused { message: String, help: &'static str },
    /// The project could not be read.
    Scan(ScanError),
    /// An approvals list or a policy is invalid.
    Diagnosed(Diagnostics),
    /// The output could not be written.
    Write { to: String, error: WriteError },
}

impl From<ScanError> for CliError {
    fn from(error: ScanError) -> Self {
        Self::Scan(error)
    }
}

impl From<GitError> for CliError {
    fn from(error: GitError) -> Self {
        Self::Scan(error.into())
    }
}

impl From<ConvertError> for CliError {
    fn from(error: ConvertError) -> Self {
        match error {
            ConvertError::Scan(error) => Self::Scan(error),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl From<ValidateError> for CliError {
    fn from(error: ValidateError) -> Self {
        match error {
            ValidateError::Scan(error) => Self::Scan(error),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl From<AdvisoryError> for CliError {
    fn from(error: AdvisoryError) -> Self {
        match error {
            AdvisoryError::Scan(error) => Self::Scan(*error),
            AdvisoryError::Invalid(problems) => Self::Diagnosed(problems),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl From<CheckError> for CliError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Scan(error) => Self::Scan(error),
            CheckError::Invalid(problems) => Self::Diagnosed(problems),
            CheckError::Advisories(error) => error.into(),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl CliError {
    /// Reports the error on standard error, after the diagnostics that led to it.
    pub(crate) fn report(&self, verbosity: Verbosity) -> ExitCode {
        match self {
            Self::Scan(ScanError::Unreadable { diagnostics, .. }) => verbosity.report(diagnostics),
            // They are the reason of the failure, so they are shown even with --quiet.
            Self::Diagnosed(problems)
            | Self::Scan(ScanError::Settings {
                diagnostics: problems,
            }) => verbosity.report_always(problems),
            Self::Scan(_) | Self::Usage(_) | Self::Refused { .. } | Self::Write { .. } => {}
        }
        report::error(&self.to_string());
        if let Self::Refused { help, .. } = self {
            report::line(&format!("  help: {help}"));
        }
        ExitCode::from(COULD_NOT)
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Refused { message, .. } => f.write_str(message),
            Self::Scan(ScanError::Unreadable { inputs, .. }) => {
                write!(f, "`{}` could not be read", inputs.join("`, `"))
            }
            Self::Scan(ScanError::Settings { .. }) => f.write_str("`bomtrail.toml` has errors"),
            Self::Scan(error) => error.fmt(f),
            Self::Diagnosed(all) => {
                let problems = count(all.len(), "problem");
                write!(f, "the approvals or the policy cannot be used: {problems}")
            }
            Self::Write { to, error } => match error {
                WriteError::Sink(cause) => write!(f, "{to} cannot be written: {cause}"),
                WriteError::Source(cause) => {
                    write!(f, "{to} cannot be written: {error}: {cause}")
                }
                other => write!(f, "{to} cannot be written: {other}"),
            },
        }
    }
}
