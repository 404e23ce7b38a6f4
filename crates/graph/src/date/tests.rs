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
    assert_eq!(date("2024-03-01").days() - date("2024-02-28").days(), 2);
    assert_eq!(date("2027-01-01").days() - date("2026-12-31").days(), 1);
    assert_eq!(date("2024-02-29").in_years(1).to_string(), "2025-02-28");
}
