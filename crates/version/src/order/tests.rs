use std::cmp::Ordering;

use super::{compare, nearest};
use crate::Scheme;

#[test]
fn the_nearest_version_is_the_one_below() {
    let known = ["1.0.0", "1.10.0", "2.0.0"];
    let nearest = |version| nearest(Some(Scheme::Npm), version, known.iter().copied());
    assert_eq!(nearest("1.10.1"), Some("1.10.0"));
    assert_eq!(nearest("0.1.0"), Some("1.0.0"));
    assert_eq!(nearest("9.0.0"), Some("2.0.0"));
}

#[test]
fn each_scheme_has_its_own_order() {
    let cpan = |a, b| compare(Some(Scheme::Cpan), a, b);
    // A decimal version of CPAN is read in groups of three digits: `1.9` is 1.900.
    assert_eq!(cpan("1.9", "1.10"), Ordering::Greater);
    assert_eq!(cpan("v1.9", "v1.10"), Ordering::Less);
    assert_eq!(compare(None, "1.9", "1.10"), Ordering::Less);
    let npm = |a, b| compare(Some(Scheme::Npm), a, b);
    assert_eq!(npm("1.0.0-rc.1", "1.0.0"), Ordering::Less);
    assert_eq!(npm("1.0.0-rc.2", "1.0.0-rc.10"), Ordering::Less);
}

#[test]
fn the_nearest_version_of_cpan_is_by_its_own_order() {
    let known = ["1.10", "1.9"];
    let found = nearest(Some(Scheme::Cpan), "1.95", known.iter().copied());
    assert_eq!(found, Some("1.9"));
}
