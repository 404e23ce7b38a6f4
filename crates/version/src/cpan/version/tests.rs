//! Every row of the tables that real `version.pm` wrote, and what they leave out.

use std::cmp::Ordering;

use bomtrail_testkit::perl_table;

use super::Version;

#[test]
fn parses_as_perl_does() {
    for row in perl_table("version_parse.tsv") {
        let text = &row[0];
        let flag = |on: bool| if on { "1" } else { "0" };
        assert_eq!(flag(Version::is_lax(text)), row[1], "lax {text:?}");
        assert_eq!(flag(Version::is_strict(text)), row[2], "strict {text:?}");
        assert_eq!(
            flag(Version::parse(text).is_some()),
            row[3],
            "parse {text:?}"
        );
        let Some(version) = Version::parse(text) else {
            continue;
        };
        assert_eq!(flag(version.is_dotted()), row[4], "dotted {text:?}");
        assert_eq!(flag(version.is_alpha()), row[5], "alpha {text:?}");
        assert_eq!(version.normal(), row[6], "{text:?}");
        assert_eq!(version.numify(), row[7], "{text:?}");
        assert_eq!(version.to_string(), row[8], "{text:?}");
    }
}

#[test]
fn compares_as_perl_does() {
    for row in perl_table("version_cmp.tsv") {
        let order = Version::parse(&row[0])
            .unwrap()
            .cmp(&Version::parse(&row[1]).unwrap());
        let wanted = match &*row[2] {
            "-1" => Ordering::Less,
            "0" => Ordering::Equal,
            _ => Ordering::Greater,
        };
        assert_eq!(order, wanted, "{} and {}", row[0], row[1]);
    }
}

#[test]
fn takes_and_refuses_the_odd_ones() {
    let normal = |text: &str| Version::parse(text).map(|it| it.normal());
    for (text, wanted) in [
        ("2147483647", "v2147483647.0.0"),
        ("99999999999.5", "v2147483647.0.0"),
        ("v1.2147483648.3", "v1.2147483647.0"),
        (".1.2", "v0.1.2"),
        (".1_2", "v0.120.0"),
        ("1.2.3_", "v1.2.3"),
        (" 1", "v1.0.0"),
        ("v1.", "v1.0.0"),
    ] {
        assert_eq!(normal(text).as_deref(), Some(wanted), "{text:?}");
    }
    for text in [
        "",
        "1.2.3_4_5",
        "1.2_3_4",
        "1_",
        "1._2",
        "1.2._3",
        "v1_2",
        "v.1",
        "1e5",
        "version",
        "1.2 ",
        "1.2foo",
        "undef ",
        "v",
        "1..2",
        "1.2-3",
        "1.2_",
        "1.2__3",
        "-4",
        "\u{0663}",
        "1_2",
        "1.2_3.4",
        "1.2;",
    ] {
        assert!(Version::parse(text).is_none(), "{text:?}");
    }
    assert_eq!(Version::parse("v99999999999").unwrap().as_str(), "v.Inf");
}
