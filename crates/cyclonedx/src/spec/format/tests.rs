use super::{Dialect, expected};
use crate::spec::model::Format;
use crate::spec::{Encoding, SpecVersion};

fn fits(format: Format, text: &str, encoding: Encoding) -> bool {
    let version = SpecVersion::V1_6;
    expected(format, text, Dialect { version, encoding }).is_none()
}

#[test]
fn formats_are_told_apart() {
    let all: [(Format, &[&str], &[&str]); 9] = [
        (
            Format::Time,
            &["2026-01-31T12:00:00Z", "2026-01-31t12:00:60.5+01:30"],
            &[
                "2026-01-31T12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31",
                "1.5",
            ],
        ),
        (Format::Date, &["2026-01-31"], &["2026-1-31", "2026-01-31Z"]),
        (
            Format::Locale,
            &["en", "en-GB"],
            &["EN", "en-gb", "eng", ""],
        ),
        (
            Format::MediaType,
            &["text/plain"],
            &["text", "Text/plain", "/a", "a/b/c"],
        ),
        (Format::LicenseId, &["MIT"], &["mit", "MIT OR ISC", ""]),
        (
            Format::OpenCre,
            &["CRE:764-507"],
            &["764-507", "CRE:-1", "CRE:1"],
        ),
        (Format::PatentNumber, &["US 123/456"], &["1", "-1-", ""]),
        (
            Format::Email,
            &["root@localhost", "ä@exämple.com"],
            &["a", "@b", "a@", "a b@c"],
        ),
        (Format::Range, &["vers:npm/*"], &[""]),
    ];
    for (format, right, wrong) in all {
        for text in right {
            assert!(fits(format, text, Encoding::Json), "{format:?} {text}");
        }
        for text in wrong {
            assert!(!fits(format, text, Encoding::Json), "{format:?} {text}");
        }
    }
}

#[test]
fn a_cpe_in_xml_has_the_form_of_its_schema() {
    for (text, expected) in [
        ("cpe:/a:vendor:product:1.0", true),
        ("cPE:/", true),
        ("cpe:/x:vendor", false),
        ("cpe:/a:b:c:d:e:f:g:h", false),
        ("CPE:/a:b", false),
        ("cpe:2.3:a:acme:application:9.1.1:*:*:*:*:*:*:*", true),
        ("cpe:2.3:a:v:p\\:x:1\\.0:*:*:en-US:*:node\\.js:*:*", true),
        ("cpe:2.3:a:?v??:p*:*1:-:-:eng-123:*:*:*:*", true),
        ("cpe:2.3:a:v:p\\*:1:*:*:*:*:*:*:*", true),
        ("cpe:2.3:a:acme:application:9.1.1", false),
        ("cpe:2.3:a:**:p:1:*:*:*:*:*:*:*", false),
        ("cpe:2.3:a:v/w:p:1:*:*:*:*:*:*:*", false),
        ("cpe:2.3:a:v:p:1:*:*:english:*:*:*:*", false),
        ("cpe:2.3:x:v:p:1:*:*:*:*:*:*:*", false),
        ("", false),
    ] {
        assert_eq!(fits(Format::Cpe, text, Encoding::Xml), expected, "{text}");
        assert!(fits(Format::Cpe, text, Encoding::Json), "{text}");
    }
}

#[test]
fn a_time_in_xml_needs_no_zone() {
    assert!(fits(Format::Time, "2026-01-31T12:00:00", Encoding::Xml));
    assert!(fits(Format::Date, "2026-01-31+01:00", Encoding::Xml));
    assert!(!fits(Format::Time, "2026-01-31", Encoding::Xml));
}
