//! The time a document carries: from `--timestamp`, else from `SOURCE_DATE_EPOCH`, else none. The clock is asked only for
//! formats that cannot do without.

mod civil;

use std::time::{SystemTime, UNIX_EPOCH};

use crate::failure::Failure;
use civil::{from_seconds, to_seconds};

/// Reads an RFC 3339 time; gives it in UTC, without fraction of a second.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    to_seconds(text)
        .and_then(from_seconds)
        .ok_or_else(|| "a time is written as in `2026-01-31T12:00:00Z` (RFC 3339)".to_owned())
}

/// The time asked for by `SOURCE_DATE_EPOCH` (seconds since 1970), if it is set and not empty.
pub(crate) fn from_environment() -> Result<Option<String>, Failure> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let text = value
        .to_str()
        .and_then(|it| it.parse().ok())
        .and_then(from_seconds);
    let wrong = || {
        let value = value.display();
        Failure::Usage(format!(
            "SOURCE_DATE_EPOCH is `{value}`, which is no number of seconds since 1970"
        ))
    };
    text.map(Some).ok_or_else(wrong)
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
