//! The time of a document: from `--timestamp`, else from `SOURCE_DATE_EPOCH`, else none. The clock is used only for formats
//! that require a time.

use std::time::UNIX_EPOCH;

use bomtrail::graph::Timestamp;

use crate::error::CliError;

/// Parses an RFC 3339 time; returns it in UTC, without a fraction of a second.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    let time = Timestamp::parse(text).map(|it| it.to_string());
    time.ok_or_else(|| "expected a time such as `2026-01-31T12:00:00Z` (RFC 3339)".to_owned())
}

/// The time in `SOURCE_DATE_EPOCH` (seconds since 1970), if it is set and not empty.
fn from_environment() -> Result<Option<String>, CliError> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let seconds = value.to_str().and_then(|it| it.parse().ok());
    let time = seconds.and_then(Timestamp::from_seconds);
    let wrong = || {
        let value = value.display();
        CliError::Usage(format!(
            "SOURCE_DATE_EPOCH is `{value}`, which is not a number of seconds since 1970"
        ))
    };
    time.map(|it| Some(it.to_string())).ok_or_else(wrong)
}

/// The time that a document states, and the one for formats that require a time.
pub(crate) struct Times {
    /// The time that the document states.
    pub(crate) stated: Option<String>,
    /// The present time, if none is stated.
    pub(crate) now: Option<String>,
}

impl Times {
    /// The given time, else that of the environment; the clock only for `now`.
    pub(crate) fn of(given: Option<String>) -> Result<Self, CliError> {
        let stated = stated(given)?;
        let now = if stated.is_some() { None } else { now() };
        Ok(Self { stated, now })
    }
}

/// The given time, else that of the environment.
pub(crate) fn stated(given: Option<String>) -> Result<Option<String>, CliError> {
    match given {
        Some(time) => Ok(Some(time)),
        None => from_environment(),
    }
}

/// The present time.
#[expect(
    clippy::disallowed_methods,
    reason = "the only place that reads the clock, for formats that require a time when none is given"
)]
pub(crate) fn now() -> Option<String> {
    let since = std::time::SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()?;
    let seconds = i64::try_from(since.as_secs()).ok()?;
    Timestamp::from_seconds(seconds).map(|it| it.to_string())
}

#[cfg(test)]
mod tests;
