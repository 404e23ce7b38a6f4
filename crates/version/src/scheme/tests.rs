use super::Scheme;

#[test]
fn a_blocked_range_includes_prereleases_and_incomparable_versions() {
    let range = "<1.0.0 || 2.1.x";
    for (version, blocked) in [
        ("0.9.0", true),
        ("1.0.0-rc.1", false),
        ("1.0.0", false),
        ("2.1.7", true),
        ("2.1.7-beta", true),
        ("not-a-version", true),
    ] {
        assert_eq!(Scheme::Npm.blocks(range, version), blocked, "{version}");
    }
    assert!(Scheme::Cpan.blocks(">= 1.0, < 1.5", "1.4999"));
    assert!(!Scheme::Cpan.blocks(">= 1.0, < 1.5", "1.50"));
    assert!(Scheme::Cpan.blocks(">= 1.0", "not a version"));
    assert!(!Scheme::Cpan.blocks(">= 2, < 1", "1.5"));
}

#[test]
fn schemes_have_the_names_of_package_url_types() {
    for scheme in Scheme::ALL.iter().copied() {
        assert_eq!(Scheme::of_type(scheme.name()), Some(scheme));
    }
    assert_eq!(Scheme::of_type("gem"), None);
    assert!(Scheme::Npm.is_range("^1 || 2") && !Scheme::Npm.is_range("latest"));
    assert!(Scheme::Cpan.is_range(">= 1, != 1.2") && !Scheme::Cpan.is_range("soon"));
}
