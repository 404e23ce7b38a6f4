use super::*;

#[test]
fn exact_versions_only() {
    for version in ["1.2.3", "0.0.0", "1.0.0-rc.1", "1.0.0-0abc"] {
        assert_eq!(inexact("npm", false, version), None, "{version}");
    }
    for version in [
        "",
        "^1.2.3",
        "1.2.x",
        "1.2",
        "latest",
        "v1.2.3",
        "=1.2.3",
        "1.2.3+build",
        "01.2.3",
        "1 - 2",
        "1.2.3 ",
        "*",
        "1.0.0-",
        ">=1.0.0 <2.0.0",
        "npm:a@1.0.0",
        "1.2.3.4",
    ] {
        assert!(inexact("npm", false, version).is_some(), "{version}");
    }
    assert_eq!(inexact("cpan", false, "1.23_01"), None);
    assert!(inexact("cpan", false, ">= 1.2").is_some());
    assert!(inexact("cpan", false, "latest").is_some());
    let commit = "0123456789012345678901234567890123456789";
    assert_eq!(inexact("npm", true, commit), None);
    assert!(inexact("npm", true, "0123456").is_some());
}

#[test]
fn a_denied_range_holds_prereleases_and_what_cannot_be_compared() {
    let denied = range("<1.0.0 || 2.1.x").unwrap();
    for version in [
        "0.9.0",
        "1.0.0-rc.1",
        "2.1.7",
        "2.1.7-beta",
        "not-a-version",
    ] {
        let held = holds(&denied, version);
        assert_eq!(held, version != "1.0.0-rc.1", "{version}");
    }
    assert!(!holds(&denied, "1.0.0"));
}

#[test]
fn the_nearest_version_is_the_one_below() {
    let known = ["1.0.0", "1.10.0", "2.0.0"];
    let nearest = |version| nearest(version, known.iter().copied());
    assert_eq!(nearest("1.10.1"), Some("1.10.0"));
    assert_eq!(nearest("0.1.0"), Some("1.0.0"));
    assert_eq!(nearest("9.0.0"), Some("2.0.0"));
}
