use crate::Scheme;

fn of(scheme: &str, range: &str) -> Option<String> {
    Scheme::of_type(scheme)?.vers(range)
}

fn npm(range: &str) -> Option<String> {
    Some(of("npm", range)?.strip_prefix("vers:npm/")?.to_owned())
}

#[test]
fn ranges_of_npm_are_sorted_lists() {
    for (range, expected) in [
        ("", "*"),
        ("*", "*"),
        ("1.2.3", "1.2.3"),
        ("=1.2.3", "1.2.3"),
        ("^1.2.3", ">=1.2.3|<2.0.0-0"),
        ("~1.2", ">=1.2.0|<1.3.0-0"),
        (">=1 <2.5.0", ">=1.0.0|<2.5.0"),
        (">1.0.0", ">1.0.0"),
        ("<=2.0.0", "<=2.0.0"),
        ("<=1.0", "<1.1.0-0"),
        ("<=1", "<2.0.0-0"),
        ("<=1.x", "<2.0.0-0"),
        (">=1 <=2.3", ">=1.0.0|<2.4.0-0"),
        ("1.0 - 2", ">=1.0.0|<3.0.0-0"),
        ("1.0.0 - 2.3", ">=1.0.0|<2.4.0-0"),
        (">1", ">=2.0.0"),
        (">1.2", ">=1.3.0"),
        ("<1.2", "<1.2.0-0"),
        ("<=1.0 || ^1.1.0", "<1.1.0-0|>=1.1.0|<2.0.0-0"),
        ("^3 || ^1", ">=1.0.0|<2.0.0-0|>=3.0.0|<4.0.0-0"),
        (">=1.0.0 || >=2.0.0 <3.0.0", ">=1.0.0"),
        ("1.0.0 || 1.0.0", "1.0.0"),
        ("1.0.0 || >1.0.0", ">=1.0.0"),
        ("<1.0.0 || >1.0.0", "<1.0.0|>1.0.0"),
        ("1.0.0 - 2.0.0", ">=1.0.0|<=2.0.0"),
    ] {
        assert_eq!(npm(range).as_deref(), Some(expected), "{range}");
    }
}

#[test]
fn prerequisites_of_cpan_are_sorted_lists() {
    for (range, expected) in [
        ("0", "vers:cpan/*"),
        ("", "vers:cpan/*"),
        ("2.4", "vers:cpan/>=2.4"),
        ("== 1.0", "vers:cpan/1.0"),
        (">= 1.2, != 1.5, < 2.0", "vers:cpan/>=1.2|!=1.5|<2.0"),
        ("< 1.10.0, >= v1.9", "vers:cpan/>=v1.9.0|<v1.10.0"),
        (">= 1, >= 2", "vers:cpan/>=2"),
        ("> 1, < 2", "vers:cpan/>1|<2"),
        ("!= 1.1, != 1.10", "vers:cpan/!=1.1"),
        // `1.02` is 1.020, and `1.1` is 1.100.
        ("< 1.1, >= 1.02", "vers:cpan/>=1.02|<1.1"),
    ] {
        assert_eq!(of("cpan", range).as_deref(), Some(expected), "{range}");
    }
}

#[test]
fn text_that_is_not_a_range_has_no_vers() {
    for (scheme, range) in [
        ("npm", "latest"),
        ("npm", "git+https://example.com/a.git"),
        ("npm", "file:../a"),
        ("cpan", ">= 1, < 1.000"),
        ("cpan", "== 1, == 2"),
        ("cpan", "soon"),
        ("cpan", "=> 1"),
        ("gem", ">= 1"),
    ] {
        assert_eq!(of(scheme, range), None, "{scheme} {range}");
    }
    let versions: Vec<String> = (0..900).map(|it| format!("{it}.0.0")).collect();
    assert_eq!(of("npm", &versions.join(" || ")), None);
}
