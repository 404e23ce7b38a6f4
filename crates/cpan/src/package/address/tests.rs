//! Secrets, and hosts that only look like CPAN.

use super::{is_local, is_public, is_url, printable, without_secrets};

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
fn no_folder_of_a_machine_is_printed() {
    for (address, printed) in [
        ("file:///home/me/x-1.tar.gz", "x-1.tar.gz"),
        ("/home/me/minicpan", "minicpan"),
        ("https://u:p@a.example/x?y", "https://a.example/x"),
        ("E/EX/EXAMPLE/x-1.tar.gz", "E/EX/EXAMPLE/x-1.tar.gz"),
    ] {
        assert_eq!(printable(address), printed);
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
