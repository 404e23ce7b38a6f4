use super::civil::{from_seconds, to_seconds};
use super::parse;

#[test]
fn times_are_read_in_every_spelling_and_given_in_utc() {
    for (text, utc) in [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("2024-02-29T23:59:60.5Z", "2024-02-29T23:59:59Z"),
        ("2026-01-01 00:30:00+01:00", "2025-12-31T23:30:00Z"),
        ("2026-12-31t20:00:00-05:30", "2027-01-01T01:30:00Z"),
        ("1600-03-01T00:00:00Z", "1600-03-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(parse(text).as_deref(), Ok(utc), "{text}");
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "2026-01-01",
        "2026-02-30T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.Z",
        "2026-1-1T00:00:00Z",
        "+026-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "2026-01-01T00:00:00+1:00",
        "2026-01-01Té00:00Z",
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn every_day_of_four_centuries_comes_back() {
    for day in -146_097..146_097 {
        let text = from_seconds(day * 86_400).unwrap();
        assert_eq!(to_seconds(&text), Some(day * 86_400), "{text}");
    }
    assert_eq!(from_seconds(i64::MAX), None);
    assert_eq!(from_seconds(i64::MIN), None);
}
