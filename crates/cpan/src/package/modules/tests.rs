//! Which versions fit which ranges.

use proptest::prelude::*;

use super::{fits, plain};
use bomtrail_version::cpan::Version;

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
        // An invalid version or range refuses nothing.
        ("latest", Some("1"), true),
        ("1", Some("unknown"), true),
    ] {
        assert_eq!(fits(range, version), expected, "{range} {version:?}");
    }
}

proptest! {
    #[test]
    fn plain_numbers_compare_as_versions_do(a in "[0-9]{1,9}(\\.[0-9]{1,9})?", b in "[0-9]{1,9}(\\.[0-9]{1,9})?") {
        let versions = Version::parse(&a).unwrap().cmp(&Version::parse(&b).unwrap());
        prop_assert_eq!(plain(&a).unwrap().cmp(&plain(&b).unwrap()), versions);
    }

    #[test]
    fn what_is_not_plain_is_left_to_others(text in "[0-9v._ =-]{0,6}") {
        if plain(&text).is_some() {
            prop_assert!(!Version::parse(&text).unwrap().is_dotted());
        }
    }
}
