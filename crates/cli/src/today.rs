//! The day a check is made: as given, else the clock's.

use bomtrail::approvals::Date;

use crate::error::CliError;
use crate::timestamp;

/// Reads a day from the command line.
pub(crate) fn parse(text: &str) -> Result<Date, &'static str> {
    Date::parse(text).ok_or("a day is written as in `2026-11-21`")
}

/// The day given, else today in UTC.
pub(crate) fn or_now(given: Option<Date>) -> Result<Date, CliError> {
    let now = || Date::parse(&timestamp::now()?);
    let none = || CliError::Usage("the clock gives no day; name one with --date".to_owned());
    given.or_else(now).ok_or_else(none)
}
