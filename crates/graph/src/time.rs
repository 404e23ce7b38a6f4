//! Dates and times as documents, lists and policies write them. Asks no clock; a caller that has one gives the time.

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil;

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Reads `2026-11-21` (RFC 3339 `full-date`), or the date of a longer text that goes on with `T`. `None` for any other
    /// text and for a day that does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.split(['T', 't']).next()?;
        let date = is_shape(text, "0000-00-00").then(|| text.parse::<civil::Date>());
        date?.ok().filter(|it| it.year() > 0).map(Self)
    }

    /// The number of days from this day to `later`; negative when `later` is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        self.0
            .until(later.0)
            .map_or(0, |it| i64::from(it.get_days()))
    }

    /// The same day so many years later; the last of February where that year has no 29th, and the last year is 9999.
    #[must_use]
    pub fn in_years(self, years: u16) -> Self {
        Self(self.0.saturating_add(i64::from(years).years()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A point in time, to the second, in UTC; prints as RFC 3339 (`2026-01-31T12:00:00Z`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// Reads RFC 3339 with any offset. A fraction of a second is dropped, a leap second is the second before it. `None` for
    /// anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        let (date, time) = upper.split_once(['T', ' '])?;
        let offset = time.find(['Z', '+', '-'])?;
        let (clock, offset) = time.split_at_checked(offset)?;
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let digits = !fraction.is_empty() && fraction.bytes().all(|it| it.is_ascii_digit());
        let zone = offset == "Z" || is_shape(offset, "+00:00") || is_shape(offset, "-00:00");
        if !digits || !zone || !is_shape(date, "0000-00-00") || !is_shape(clock, "00:00:00") {
            return None;
        }
        let plain = [date, "T", clock, offset].concat();
        plain.parse().ok().map(Self)
    }

    /// The time so many seconds after the start of 1970; `None` when its year does not have four digits.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        let time = jiff::Timestamp::from_second(seconds).ok()?;
        let year = jiff::tz::Offset::UTC.to_datetime(time).year();
        (0..=9999).contains(&year).then_some(Self(time))
    }

    /// Seconds since the start of 1970.
    pub fn seconds(self) -> i64 {
        self.0.as_second()
    }

    /// The day in UTC.
    pub fn date(self) -> Date {
        Date(jiff::tz::Offset::UTC.to_datetime(self.0).date())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// True when `text` has digits where `shape` has `0`, and the same characters elsewhere.
fn is_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(found, wanted)| {
            if wanted == b'0' {
                found.is_ascii_digit()
            } else {
                found == wanted
            }
        })
}

#[cfg(test)]
mod tests;
