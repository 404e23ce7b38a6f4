//! Lines of the format, and other lines.

use super::{Entry, OddLines, parse};

const MOO: &str = "\
# carton snapshot format: version 1.0
DISTRIBUTIONS
  Moo-2.0
    pathname: H/HA/HAARG/Moo-2.0.tar.gz
    provides:
      Moo 2.0
      Moo::Role undef
    requirements:
      Carp 0
      Net::HTTP >= 0, != 6.04, != 6.05
";

#[test]
fn a_distribution_has_a_path_modules_and_requirements() {
    for text in [
        MOO.to_owned(),
        MOO.replace('\n', "\r\n"),
        MOO.to_owned() + "__EOF__\nanything",
    ] {
        let snapshot = parse(&text);
        assert_eq!(snapshot.format, Some("1.0"));
        assert_eq!(snapshot.odd, OddLines::default());
        let entry = Entry {
            line: 3,
            name: "Moo-2.0",
            pathname: Some("H/HA/HAARG/Moo-2.0.tar.gz"),
            provides: vec![("Moo", Some("2.0")), ("Moo::Role", None)],
            requirements: vec![("Carp", "0"), ("Net::HTTP", ">= 0, != 6.04, != 6.05")],
        };
        assert_eq!(snapshot.entries, [entry]);
    }
}

#[test]
fn text_behind_a_version_means_nothing() {
    let text = MOO
        .replace("Moo 2.0", "Moo 2.0-TRIAL")
        .replace("Carp 0", "Carp v1.2.3rc");
    let snapshot = parse(&text);
    assert_eq!(snapshot.entries[0].provides[0], ("Moo", Some("2.0")));
    assert_eq!(snapshot.entries[0].requirements[0], ("Carp", "v1.2.3"));
}

#[test]
fn lines_that_are_none_are_counted_and_passed_over() {
    let text = MOO
        .replace(
            "      Carp 0",
            "      Carp latest\n      Foo-Bar 1\n   three\n      Foo 1",
        )
        .replace("    pathname", "    unknown: x\n    pathname");
    let snapshot = parse(&text);
    assert_eq!(snapshot.odd, OddLines { count: 4, first: 4 });
    assert_eq!(snapshot.entries[0].requirements.len(), 2);
    assert_eq!(
        snapshot.entries[0].pathname,
        Some("H/HA/HAARG/Moo-2.0.tar.gz")
    );
}

#[test]
fn another_format_is_named_and_another_text_has_nothing() {
    assert_eq!(parse(&MOO.replace("1.0", "2.0")).format, Some("2.0"));
    let other = parse("{\"modules\": {}}\n  looks like one\n      deep 1\n");
    assert_eq!(
        (other.format, other.entries.len(), other.odd.count),
        (None, 0, 3)
    );
    assert_eq!(parse("  Moo-1\n").entries, []);
}
