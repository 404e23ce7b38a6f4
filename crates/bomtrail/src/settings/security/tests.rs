//! Which contact a text states.

use super::{Contact, contact};

#[test]
fn the_first_address_counts() {
    for (text, found) in [
        (
            "Report to foo-security@example.com.",
            Some(Contact::Email("foo-security@example.com")),
        ),
        (
            "[mail us](mailto:sec@example.org)!",
            Some(Contact::Email("sec@example.org")),
        ),
        ("L<mailto:a@b.example>", Some(Contact::Email("a@b.example"))),
        (
            "See https://example.com/x and <https://example.com/foo/security/advisories/new>.",
            Some(Contact::Page(
                "https://example.com/foo/security/advisories/new",
            )),
        ),
        ("https://user:pw@example.com/security", None),
        ("Follow @foo, version 1@2, user@host", None),
        ("", None),
    ] {
        assert_eq!(contact(text), found, "{text}");
    }
}
