use super::{blocks, compare, constraints, satisfies};
use std::cmp::Ordering;

#[test]
fn a_bare_version_is_a_caret_range() {
    for (version, range) in [
        ("1.9.0", "1.2"),
        ("0.2.9", "0.2.1"),
        ("1.2.3", "=1.2.3"),
        ("1.2.3", ">=1, <2"),
        ("1.0.0-rc.1", "1.0.0-rc.1"),
    ] {
        assert!(satisfies(version, range), "{version} in {range}");
    }
    for (version, range) in [
        ("2.0.0", "1.2"),
        ("0.3.0", "0.2.1"),
        ("1.3.0-rc.1", "1.2"),
        ("1.2.3", "^1 || ^2"),
        ("soon", "*"),
    ] {
        assert!(!satisfies(version, range), "{version} not in {range}");
    }
}

#[test]
fn prereleases_come_before_their_release() {
    assert_eq!(compare("1.0.0-rc.2", "1.0.0-rc.10"), Some(Ordering::Less));
    assert_eq!(compare("1.0.0-rc.1", "1.0.0"), Some(Ordering::Less));
    assert_eq!(compare("1.0", "1.0.0"), None);
}

#[test]
fn a_blocked_range_includes_prereleases_and_incomparable_versions() {
    assert!(blocks("<1.5", "1.4.9") && blocks("=1.5.0", "1.5.0-rc.1") && blocks("<1", "soon"));
    assert!(!blocks("<1.5", "1.5.0") && !blocks("not a range", "1.0.0"));
}

#[test]
fn requirements_are_intervals() {
    for (range, expected) in [
        ("*", Some("*")),
        ("1.2.3", Some(">=1.2.3|<2.0.0-0")),
        ("0.2.3", Some(">=0.2.3|<0.3.0-0")),
        ("0.0.3", Some(">=0.0.3|<0.0.4-0")),
        ("0.0", Some(">=0.0.0|<0.1.0-0")),
        ("0", Some(">=0.0.0|<1.0.0-0")),
        ("~1.2.3", Some(">=1.2.3|<1.3.0-0")),
        ("~1", Some(">=1.0.0|<2.0.0-0")),
        ("1.2.*", Some(">=1.2.0|<1.3.0-0")),
        ("=1.2.3", Some("1.2.3")),
        ("=1.2", Some(">=1.2.0|<1.3.0-0")),
        (">1.2", Some(">=1.3.0")),
        (">1.2.3", Some(">1.2.3")),
        ("<=1.2", Some("<1.3.0-0")),
        (">=1.2, <1.5", Some(">=1.2.0|<1.5.0")),
        (">=1.2, >1.2.0", Some(">1.2.0")),
        (">=2, <1", None),
        (">1.0.0, <1.0.0", None),
        ("latest", None),
    ] {
        assert_eq!(constraints(range).as_deref(), expected, "{range}");
    }
}
