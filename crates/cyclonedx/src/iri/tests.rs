use super::{from_path, is_email, is_iri_reference};

#[test]
fn iri_references_of_rfc_3987_are_taken() {
    for valid in [
        "",
        "https://registry.example.com/a/-/a-1.0.0.tgz",
        "https://registry.example.com/@s%2fa?x=1#frag?/",
        "git+ssh://git@example.com/a/b.git#0123456789abcdef0123456789abcdef01234567",
        "git+ssh://git@example.com:22/a/b.git",
        "https://[2001:db8::1]:8080/x",
        "https://example.com:/x",
        "file:../x.tgz",
        "../x.tgz",
        "a/b:c",
        "mailto:a@example.com",
        "https://exämple.com/ö",
        "//example.com/x",
        "https://",
    ] {
        assert!(is_iri_reference(valid), "{valid}");
    }
}

#[test]
fn what_is_no_iri_reference_is_refused() {
    for invalid in [
        "git@github.com:u/r.git",
        "https://example.com/a b",
        "https://example.com/%zz",
        "https://example.com/%4",
        "https://a@b@example.com/",
        "https://example.com:port/",
        "https://[nonsense]/",
        "https://[::1/",
        "1http://example.com",
        ":x",
        "a:b:[",
        "x#a#b",
        "https://example.com/{x}",
        "https://example.com/\\x",
        "https://example.com/\u{7f}",
        "https://example.com/\u{e000}",
        "https://example.com/\u{fffe}",
        "https://example.com/\u{1fffe}",
    ] {
        assert!(!is_iri_reference(invalid), "{invalid}");
    }
}

#[test]
fn paths_become_iri_references_that_name_the_same_file() {
    for (path, iri) in [
        ("patches/a+1.0.0.patch", "patches/a+1.0.0.patch"),
        ("my patches/50%?#.patch", "my%20patches/50%25%3F%23.patch"),
        ("c:x/y", "./c:x/y"),
        ("//a:b/c", "/.//a:b/c"),
        ("ä/[x]", "ä/%5Bx%5D"),
    ] {
        assert_eq!(from_path(path), iri);
        assert!(is_iri_reference(iri), "{iri}");
    }
}

#[test]
fn addresses_are_told_from_what_only_looks_like_one() {
    for valid in ["a@example.com", "first.last+tag@mail.example.co"] {
        assert!(is_email(valid), "{valid}");
    }
    for invalid in [
        "",
        "a",
        "@example.com",
        "a@",
        "a@b@c.d",
        "a@localhost",
        "a b@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a@-x.com",
        "a@x-.com",
        "a@x..com",
        "a at example.com",
        "ä@example.com",
        "a@xn--zz.com",
        "<a@example.com>",
    ] {
        assert!(!is_email(invalid), "{invalid}");
    }
}
