//! Calendar dates as lists and policies write them (`2026-11-21`). Knows no clock and no time zone.

use std::fmt;

/// A day of the proleptic Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2026-11-21` (RFC 3339 `full-date`); a longer text may go on with `T`. `None` for what is no day.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.split(['T', 't']).next()?;
        let mut parts = text.split('-');
        let mut number = |width: usize| {
            let part = parts.next()?;
            let digits = part.len() == width && part.bytes().all(|it| it.is_ascii_digit());
            part.parse::<u16>().ok().filter(|_| digits)
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let fits = parts.next().is_none() && year > 0 && (1..=days_of(year, month)?).contains(&day);
        fits.then_some(Self { year, month, day })
    }

    /// Days since the first of March of year 0.
    pub fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        // Years are counted from March, so that the leap day is a year's last.
        let year = i64::from(self.year) - i64::from(month <= 2);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        year * 365 + year / 4 - year / 100 + year / 400 + of_year
    }

    /// The same day so many years later; the last of February where there is no 29th.
    #[must_use]
    pub fn in_years(self, years: u16) -> Self {
        let year = self.year.saturating_add(years).min(9999);
        let last = days_of(year, self.month).unwrap_or(self.day);
        Self {
            year,
            day: self.day.min(last),
            ..self
        }
    }
}

fn days_of(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(28 + u8::from(leap)),
        _ => None,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests;
