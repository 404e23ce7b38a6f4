//! `packageurl` reads the same texts; where it follows the present rules it must come to the same canonical text.

use std::str::FromStr;

use bomtrail_purl::Purl;
use packageurl::PackageUrl;

use crate::suites;

struct Exclusion {
    package_type: &'static str,
    sample: &'static str,
    #[expect(dead_code, reason = "for the reader")]
    what_packageurl_does: &'static str,
}

const fn excluded(
    package_type: &'static str,
    sample: &'static str,
    what_packageurl_does: &'static str,
) -> Exclusion {
    Exclusion {
        package_type,
        sample,
        what_packageurl_does,
    }
}

/// The types on which `packageurl` 0.7.1 does not follow purl-spec of August 2026.
const EXCLUDED: &[Exclusion] = &[
    excluded(
        "brew",
        "pkg:brew/SQLite",
        "keeps the case of formulas and taps",
    ),
    excluded(
        "cpan",
        "pkg:cpan/DBI",
        "asks for the namespace, optional since July 2026",
    ),
    excluded(
        "git",
        "pkg:git/example.org/A/b",
        "keeps the case of the path",
    ),
    excluded(
        "golang",
        "pkg:golang/example.org/A/b",
        "lower-cases the namespace, which is case-sensitive",
    ),
    excluded(
        "npm",
        "pkg:npm/JSONStream",
        "lower-cases the name, case-sensitive since May 2026",
    ),
    excluded("pub", "pkg:pub/My-App", "does not normalise the name"),
    excluded("pypi", "pkg:pypi/a@1.0RC1", "keeps the case of the version"),
    excluded(
        "swid",
        "pkg:swid/a?tag_id=75B8C285-FA7B-485B-B199-4745E3004D0D",
        "keeps the case of a GUID",
    ),
];

fn ours(text: &str) -> Purl {
    Purl::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn theirs(text: &str) -> Option<String> {
    PackageUrl::from_str(text).ok().map(|purl| purl.to_string())
}

#[test]
fn packageurl_reads_the_same() {
    let cases = suites::official()
        .unwrap_or_default()
        .into_iter()
        .chain(suites::ours());
    let mut compared = 0;
    for case in cases.filter(|case| case.is_parse() && !case.fails()) {
        let purl = ours(case.input());
        if EXCLUDED
            .iter()
            .all(|exclusion| exclusion.package_type != purl.package_type())
        {
            assert_eq!(
                Some(purl.as_str()),
                theirs(case.input()).as_deref(),
                "{}: {}",
                case.file,
                case.input()
            );
            compared += 1;
        }
    }
    assert!(compared >= 5, "only {compared} texts were compared");
    eprintln!("second opinion: {compared} texts agree");
}

#[test]
fn every_exclusion_is_still_needed() {
    for exclusion in EXCLUDED {
        let purl = ours(exclusion.sample);
        assert_eq!(purl.package_type(), exclusion.package_type);
        assert_ne!(
            Some(purl.as_str()),
            theirs(exclusion.sample).as_deref(),
            "{}",
            exclusion.sample
        );
    }
}

#[test]
fn packageurl_reads_lower_case_npm_the_same() {
    for (name, version) in [
        ("lodash", "4.17.21"),
        ("@babel/core", "7.0.0-beta.1+build"),
        ("a.b_c~d", "0.0.0"),
    ] {
        let purl = Purl::npm(name, Some(version)).unwrap();
        assert_eq!(Some(purl.as_str()), theirs(purl.as_str()).as_deref());
    }
}
