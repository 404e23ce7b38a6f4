//! Which versions fit which ranges.

use super::fits;

#[test]
fn a_version_fits_a_range_as_perl_compares_them() {
    for (range, version, expected) in [
        ("", None, true),
        ("0", None, true),
        ("0.1", None, false),
        ("1.10", Some("1.1"), true),
        ("1.2", Some("1.10"), false),
        ("v1.2.3", Some("1.002004"), true),
        (">= 1, != 1.5", Some("1.5"), false),
        (">= 1, != 1.5", Some("1.50001"), true),
        ("== 5.30", Some("5.30"), true),
        // What is no version, or no range, refuses nothing.
        ("latest", Some("1"), true),
        ("1", Some("unknown"), true),
    ] {
        assert_eq!(fits(range, version), expected, "{range} {version:?}");
    }
}
