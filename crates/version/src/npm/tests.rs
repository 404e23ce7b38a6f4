use nodejs_semver::{Range, Version};
use proptest::prelude::*;

use super::{
    Common, Release, any_of, intersects, is_exact, is_range, is_version, plain, satisfies,
};

#[test]
fn common_forms_and_odd_ones() {
    for (version, range) in [
        ("1.2.3", "^1.2.0"),
        ("1.2.3", "~1.2"),
        ("1.2.3", "1"),
        ("1.2.3", "1.x"),
        ("1.2.3", "1.2.x || 3"),
        ("0.0.3", "^0.0.3"),
        ("0.2.9", "^0.2"),
        ("1.2.3", ""),
        ("1.2.3", ">= 1.0.0"),
        ("1.2.3", ">=1.0.0 <2"),
        ("1.2.3", "1.0.0 - 1.2.3"),
        ("1.2.3-beta.1", "^1.2.3-beta.0"),
        ("v1.2.3", "1.2.3"),
        ("1.2.3", "v1.2.3"),
        ("1.2.3", "=1.2.3"),
    ] {
        assert!(satisfies(version, range), "{version} in {range}");
    }
    for (version, range) in [
        ("2.0.0", "^1.2.0"),
        ("0.1.0", "^0.0.3"),
        ("0.3.0", "^0.2.1"),
        ("1.2.3-beta.1", "^1.0.0"),
        ("1.2.3", "latest"),
        ("not a version", "*"),
        ("1.3.0", "~1.2.3"),
    ] {
        assert!(!satisfies(version, range), "{version} not in {range}");
    }
}

#[test]
fn ranges_of_two_versions_need_no_full_parser() {
    assert_eq!(any_of((2, 9, 9), "1 - 2"), Some(true));
    assert_eq!(any_of((3, 0, 0), "1.2.3 - 2"), Some(false));
    assert_eq!(any_of((2, 3, 4), "1 - 2.3.4 || 5"), Some(true));
    assert_eq!(any_of((1, 0, 0), "3 - 1"), None);
}

#[test]
fn a_range_that_was_read_includes_the_same_versions() {
    let ranges = [
        "^1.2.0",
        "^0.0.3",
        "^0.2",
        "~1.2",
        "1",
        "1.x",
        "*",
        "",
        ">= 1.2.3",
        "1 - 2",
        "1.2.3",
        "3 - 1",
        "1.2.x || 3",
        "^1.2.3-rc.1",
        " ^1 ",
        "latest",
        ">1",
        "1 |",
        "||",
        "2 || latest",
    ];
    for range in ranges {
        let common = Common::parse(range);
        for version in [
            "0.0.3", "0.2.9", "1.2.3", "1.2.4", "1.3.0", "2.9.9", "3.0.0",
        ] {
            let version = Release::parse(version).unwrap();
            let included = common.as_ref().map(|it| it.includes(version));
            assert_eq!(included, version.is_in(range), "{version:?} in {range:?}");
        }
    }
}

#[test]
fn ranges_versions_and_tags() {
    assert!(is_range("^1") && is_range("*") && is_range("") && is_range(">=1 <3 || 5"));
    assert!(!is_range("latest") && !is_range("next"));
    assert!(is_version("1.2.3-rc.1+build") && is_version("v1.2.3") && !is_version("1.2"));
    assert!(intersects("^1.2.0", "1.x") && !intersects("^1.2.0", "2.x"));
}

#[test]
fn exact_versions_are_spelled_as_registries_do() {
    for version in ["1.2.3", "0.0.0", "1.0.0-rc.1", "1.0.0-0abc"] {
        assert!(is_exact(version), "{version}");
    }
    for version in [
        "",
        "1.2",
        "v1.2.3",
        "1.2.3+build",
        "01.2.3",
        "1.0.0-",
        "1.2.3.4",
        "1.2.x",
    ] {
        assert!(!is_exact(version), "{version}");
    }
}

proptest! {
    #[test]
    fn the_short_way_agrees_with_the_full_parser(
        a in 0_u64..4, b in 0_u64..4, c in 0_u64..4, x in 0_u64..4, y in 0_u64..4, z in 0_u64..4,
        mark in prop::sample::select(vec!["^", "~", "", ">=", ">= "]), count in 1_usize..4, more in any::<bool>(),
    ) {
        let version = format!("{a}.{b}.{c}");
        let numbers = [x.to_string(), y.to_string(), z.to_string()];
        let mut range = format!("{mark}{}", numbers[..count].join("."));
        if more && count < 3 && mark.is_empty() {
            range.push_str(".x");
        }
        let full = Range::parse(&range).unwrap().satisfies(&Version::parse(&version).unwrap());
        prop_assert_eq!(any_of(plain(&version).unwrap(), &range), Some(full), "{} in {}", version, range);
    }

    #[test]
    fn hyphens_and_prereleases_agree_with_the_full_parser(
        a in 0_u64..4, b in 0_u64..4, c in 0_u64..4, x in 0_u64..4, y in 0_u64..4, z in 0_u64..4,
        low in 1_usize..4, high in 1_usize..4,
        prerelease in prop::sample::select(vec!["0", "beta.1", "rc-1", "next.0.x", "0a"]),
    ) {
        let version = format!("{a}.{b}.{c}");
        let numbers = |[x, y, z]: [u64; 3], count: usize| [x.to_string(), y.to_string(), z.to_string()][..count].join(".");
        let above = [x.max(c), y.max(b), z.max(a)];
        let hyphen = format!("{} - {}", numbers([x, y, z], low), numbers(above, high));
        let full = |range: &str| Range::parse(range).unwrap().satisfies(&Version::parse(&version).unwrap());
        let short = |range: &str| any_of(plain(&version).unwrap(), range);
        prop_assert_eq!(short(&hyphen).unwrap_or_else(|| full(&hyphen)), full(&hyphen), "{} in {}", version, hyphen);
        let caret = format!("^{x}.{y}.{z}-{prerelease}");
        prop_assert_eq!(short(&caret), Some(full(&caret)), "{} in {}", version, caret);
        prop_assert_eq!(any_of((x, y, z), &format!("^{x}.{y}.{z}-01")), None);
    }
}
