use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn only_days_that_exist_are_dates() {
    for text in ["2026-11-21", "2024-02-29", "2000-02-29T10:00:00Z"] {
        assert!(text.starts_with(&date(text).to_string()));
    }
    for text in [
        "2026-2-1",
        "2026-02-30",
        "2023-02-29",
        "1900-02-29",
        "soon",
        "",
        "2026-13-01",
        "2026-11-21-1",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
}

#[test]
fn days_count_across_leap_years() {
    assert_eq!(date("2024-02-28").days_until(date("2024-03-01")), 2);
    assert_eq!(date("2026-12-31").days_until(date("2027-01-01")), 1);
    assert_eq!(date("2024-02-29").in_years(1).to_string(), "2025-02-28");
}

#[test]
fn times_are_read_with_any_offset_and_print_in_utc() {
    for (text, printed) in [
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31t12:00:00.75z", "2026-01-31T12:00:00Z"),
        ("2026-01-31 12:00:00+02:00", "2026-01-31T10:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("0001-01-01T00:00:00-01:00", "0001-01-01T01:00:00Z"),
    ] {
        assert_eq!(
            Timestamp::parse(text).unwrap().to_string(),
            printed,
            "{text}"
        );
    }
    for text in [
        "",
        "Z",
        "2026-01-31",
        "2026-02-30T00:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00.xZ",
        "2026-01-31T12:00:00+2:00",
        "2026-01-31T12:00:00Z[UTC]",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

#[test]
fn seconds_go_both_ways() {
    let time = Timestamp::from_seconds(1_769_860_800).unwrap();
    assert_eq!(time.to_string(), "2026-01-31T12:00:00Z");
    assert_eq!(time.seconds(), 1_769_860_800);
    assert_eq!(time.date().to_string(), "2026-01-31");
    assert_eq!(Timestamp::from_seconds(i64::MAX), None);
}
