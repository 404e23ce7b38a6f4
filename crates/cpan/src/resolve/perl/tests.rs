//! How a release is written.

use super::Perl;

fn shown(text: &str) -> Option<String> {
    Perl::parse(text).map(|it| it.to_string())
}

#[test]
fn a_release_is_read_as_people_write_it() {
    for (text, perl) in [
        ("5.36.0", "5.36.0"),
        ("v5.36.0", "5.36.0"),
        ("perl-5.36.0", "5.36.0"),
        (" 5.36.1\n", "5.36.1"),
        ("5.36", "5.36"),
        ("v5.42", "5.42"),
        ("5.8.9", "5.8.9"),
        ("5.036", "5.36.0"),
        ("5.036001", "5.36.1"),
        ("5.008_008", "5.8.8"),
        ("5.00801", "5.8.10"),
    ] {
        assert_eq!(shown(text).as_deref(), Some(perl), "{text}");
    }
    for text in [
        "",
        "5",
        "5.",
        "6.0.0",
        "5.x",
        "5.36.x",
        "5.36.0.1",
        "5.99999999999",
        "system",
    ] {
        assert_eq!(shown(text), None, "{text}");
    }
}

#[test]
fn a_release_without_a_patch_level_counts_as_the_first_of_its_series() {
    let perl = Perl::parse("5.30").unwrap();
    assert_eq!(perl.version(), "v5.30.0");
}
