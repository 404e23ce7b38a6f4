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
