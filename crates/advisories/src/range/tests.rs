use super::{Event, Range};

fn hit(events: &[Event<'_>], version: &str) -> Option<String> {
    let range = Range::of(events).expect("the events are valid");
    range.hit(version).map(|it| it.range)
}

#[test]
fn the_branch_that_applies_is_named() {
    let events = [
        Event::Fixed("3.2.5"),
        Event::Introduced("1.0.0"),
        Event::Fixed("1.0.2"),
        Event::Introduced("3.0.0"),
    ];
    assert_eq!(hit(&events, "1.0.1").as_deref(), Some(">=1.0.0 <1.0.2"));
    assert_eq!(
        hit(&events, "3.2.5-rc.1").as_deref(),
        Some(">=3.0.0 <3.2.5")
    );
    assert_eq!(hit(&events, "1.0.2"), None);
}

#[test]
fn a_last_affected_version_is_affected() {
    let events = [Event::Introduced("0"), Event::LastAffected("1.2.3")];
    assert_eq!(hit(&events, "1.2.3").as_deref(), Some("<=1.2.3"));
    assert_eq!(hit(&events, "1.2.4-0"), None);
}

#[test]
fn of_a_fix_and_a_limit_the_lower_one_is_named() {
    let events = [
        Event::Introduced("1.0.0"),
        Event::Fixed("1.5.0"),
        Event::Introduced("2.0.0"),
        Event::Limit("2.2.0"),
    ];
    assert_eq!(hit(&events, "1.4.0").as_deref(), Some(">=1.0.0 <1.5.0"));
    assert_eq!(hit(&events, "2.1.0").as_deref(), Some(">=2.0.0 <2.2.0"));
    assert_eq!(hit(&events, "2.2.0"), None);
    let unlimited = [events[0], Event::Limit("2.0.0"), Event::Limit("*")];
    assert_eq!(hit(&unlimited, "5.0.0").as_deref(), Some(">=1.0.0"));
}

#[test]
fn two_events_at_one_version_are_ambiguous_there_alone() {
    let events = [
        Event::Introduced("0"),
        Event::Fixed("1.0.0"),
        Event::Introduced("1.0.0"),
    ];
    let range = Range::of(&events).expect("the events are valid");
    assert!(range.is_ambiguous("1.0.0"));
    assert!(!range.is_ambiguous("0.9.0"));
}

#[test]
fn a_text_that_is_not_a_version_is_an_error() {
    assert_eq!(Range::of(&[Event::Fixed("next")]), Err("next".to_owned()));
}
