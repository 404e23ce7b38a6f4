//! Points in time, as UTC text that sorts in order of time. Knows no clock and no calendar beyond the shape of a date.

/// A point in time, to the second: `2025-01-29T00:00:00Z`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Instant(Box<str>);

impl Instant {
    /// Reads RFC 3339 in UTC; fractions of a second are dropped. `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plain = text.strip_suffix('Z')?;
        let plain = match plain.split_once('.') {
            Some((seconds, fraction)) => fraction
                .bytes()
                .all(|it| it.is_ascii_digit())
                .then_some(seconds)?,
            None => plain,
        };
        let shape = b"0000-00-00T00:00:00";
        let fits = plain.len() == shape.len()
            && plain
                .bytes()
                .zip(shape)
                .all(|(found, wanted)| match wanted {
                    b'0' => found.is_ascii_digit(),
                    other => found == *other,
                });
        fits.then(|| Self(format!("{plain}Z").into()))
    }

    /// As RFC 3339.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utc_times_are_read_and_they_sort() {
        let early = Instant::parse("1999-01-01T00:00:00.000Z").unwrap();
        let late = Instant::parse("2025-01-29T00:00:00Z").unwrap();
        assert!(early < late);
        assert_eq!(early.as_str(), "1999-01-01T00:00:00Z");
        for bad in [
            "",
            "Z",
            "2025-01-29",
            "2025-01-29T00:00:00+01:00",
            "2025-01-29T00:00:00.xZ",
        ] {
            assert_eq!(Instant::parse(bad), None, "{bad}");
        }
    }
}
