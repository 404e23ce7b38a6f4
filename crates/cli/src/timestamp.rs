//! The time a document carries: from `--timestamp`, else from `SOURCE_DATE_EPOCH`, else none. The clock is asked only for
//! formats that cannot do without.

mod civil;

use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::CliError;
use civil::{from_seconds, to_seconds};

/// Reads an RFC 3339 time; gives it in UTC, without fraction of a second.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    to_seconds(text)
        .and_then(from_seconds)
        .ok_or_else(|| "a time is written as in `2026-01-31T12:00:00Z` (RFC 3339)".to_owned())
}

/// The time asked for by `SOURCE_DATE_EPOCH` (seconds since 1970), if it is set and not empty.
fn from_environment() -> Result<Option<String>, CliError> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let text = value
        .to_str()
        .and_then(|it| it.parse().ok())
        .and_then(from_seconds);
    let wrong = || {
        let value = value.display();
        CliError::Usage(format!(
            "SOURCE_DATE_EPOCH is `{value}`, which is no number of seconds since 1970"
        ))
    };
    text.map(Some).ok_or_else(wrong)
}

/// The time a document says, and the one it may fall back on where its format cannot do without.
pub(crate) struct Times {
    pub(crate) said: Option<String>,
    /// The time now, where none is said.
    pub(crate) now: Option<String>,
}

impl Times {
    /// Takes `given`, else what the environment asks for, else the clock for `now` alone.
    pub(crate) fn of(given: Option<String>) -> Result<Self, CliError> {
        let said = said(given)?;
        let now = if said.is_some() { None } else { now() };
        Ok(Self { said, now })
    }
}

/// The time that is given, else the one the environment asks for.
pub(crate) fn said(given: Option<String>) -> Result<Option<String>, CliError> {
    match given {
        Some(time) => Ok(Some(time)),
        None => from_environment(),
    }
}

/// The time now.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock, for formats that require a time when none is given"
)]
pub(crate) fn now() -> Option<String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    from_seconds(i64::try_from(since.as_secs()).ok()?)
}

#[cfg(test)]
mod tests;
