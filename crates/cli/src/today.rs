//! The date of a check: the given one, else today.

use bomtrail::approvals::Date;

use crate::error::CliError;
use crate::timestamp;

/// Parses a date from the command line.
pub(crate) fn parse(text: &str) -> Result<Date, &'static str> {
    Date::parse(text).ok_or("expected a date such as `2026-11-21`")
}

/// The given date, else today in UTC.
pub(crate) fn or_now(given: Option<Date>) -> Result<Date, CliError> {
    let now = || Date::parse(&timestamp::now()?);
    let none =
        || CliError::Usage("the system clock has no usable date; pass one with --date".to_owned());
    given.or_else(now).ok_or_else(none)
}
