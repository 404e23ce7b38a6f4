use super::*;

fn flags_of(resolved: &str) -> Flags {
    of_address(resolved, Url::parse(resolved).as_ref())
}

#[test]
fn an_ordinary_address_is_not_suspicious() {
    for address in [
        "https://npmjs.org/is-odd/-/is-odd-3.0.1.tgz",
        "https://npm.yarnpkg.com/is-odd/-/is-odd-3.0.1.tgz",
        "https://npm.example.com/is-odd/-/is-odd-3.0.1.tgz",
        "https://user@npm.example.com:8443/is-odd/-/is-odd-3.0.1.tgz",
        "git+ssh://git@github.com/o/r.git#0123456789012345678901234567890123456789",
        "",
    ] {
        assert_eq!(flags_of(address), Flags::default(), "{address}");
    }
}

#[test]
fn every_suspicious_address_is_recognised() {
    for (address, flag) in [
        (
            "https://npmjs.org@evil.example/a/-/a-1.0.0.tgz",
            Flags::ODD_USER,
        ),
        ("https://evil@npmjs.org/a/-/a-1.0.0.tgz", Flags::ODD_USER),
        ("https://npmjs.org:8443/a/-/a-1.0.0.tgz", Flags::ODD_PORT),
        ("https://NPMJS.org/a/-/a-1.0.0.tgz", Flags::ODD_SPELLING),
        ("https://npmjs.org./a/-/a-1.0.0.tgz", Flags::ODD_SPELLING),
        (
            "https://xn--npmjs-abc.org/a/-/a-1.0.0.tgz",
            Flags::ODD_SCRIPT,
        ),
        ("https://npmj\u{455}.org/a/-/a-1.0.0.tgz", Flags::ODD_SCRIPT),
        (
            "https://npmjs.org.evil.example/a/-/a-1.0.0.tgz",
            Flags::LOOKALIKE,
        ),
        ("https://npmjs.org/x/../a/-/a-1.0.0.tgz", Flags::TRAVERSAL),
        (
            "https://npmjs.org/x/%2E%2e/a/-/a-1.0.0.tgz",
            Flags::TRAVERSAL,
        ),
        (
            "https://npmjs.org\\@evil.example/a/-/a-1.0.0.tgz",
            Flags::TRAVERSAL,
        ),
        ("http://npmjs.org/a/-/a-1.0.0.tgz", Flags::INSECURE),
        ("git://example.com/a.git", Flags::INSECURE),
    ] {
        assert_eq!(flags_of(address), flag, "{address}");
    }
}
