//! Secrets, and hosts that only look like CPAN.

use super::{is_local, is_public, is_url, without_secrets};

#[test]
fn no_secret_of_an_address_is_kept() {
    for (url, kept) in [
        (
            "https://user:pw@a.example/x-1.tar.gz?token=s#f",
            "https://a.example/x-1.tar.gz",
        ),
        ("https://a.example/x", "https://a.example/x"),
        ("https://u:p@b@a.example", "https://a.example"),
    ] {
        assert_eq!(without_secrets(url), kept);
    }
}

#[test]
fn a_host_is_public_by_its_domain() {
    for url in [
        "https://www.cpan.org/authors",
        "HTTP://CPAN.ORG:80/",
        "https://x@cpan.metacpan.org",
    ] {
        assert!(is_public(url), "{url}");
    }
    for url in [
        "https://evilcpan.org/",
        "https://cpan.org.example.com/",
        "https://cpan.org@a.example/",
        "A/AN/ANDK/x",
    ] {
        assert!(!is_public(url), "{url}");
    }
    assert!(is_url("git+ssh://a/b") && !is_url("A/AN/ANDK/x-1.tar.gz") && !is_url("://x"));
    assert!(is_local("file:///home/me/x-1.tar.gz"));
}
