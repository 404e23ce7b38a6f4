//! `packageurl` reads the same texts; where it follows the present rules it must come to the same canonical text.

use std::path::Path;
use std::str::FromStr;

use bomtrail_interop::InteropError;
use bomtrail_interop::purl::{from_package_url, to_package_url};
use bomtrail_purl::Purl;
use packageurl::PackageUrl;

use serde_json::Value;

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

/// The texts that both the official suite, where it is next to this clone, and the suite of our own accept.
fn valid_texts() -> Vec<String> {
    let folders = [
        "../../fixtures/purl",
        "../../../shared/corpus/purl-spec/tests/types",
    ];
    let mut texts = Vec::new();
    for folder in folders {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let Ok(files) = std::fs::read_dir(&folder) else {
            continue;
        };
        let mut files: Vec<_> = files.map(|it| it.unwrap().path()).collect();
        files.sort();
        for file in files
            .iter()
            .filter(|it| it.extension().is_some_and(|it| it == "json"))
        {
            let document: Value =
                serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
            let all = document
                .get("tests")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            let valid = all.filter(|it| {
                it.get("test_type").and_then(Value::as_str) == Some("parse")
                    && it.get("expected_failure").and_then(Value::as_bool) != Some(true)
            });
            texts.extend(valid.filter_map(|it| it.get("input")?.as_str().map(str::to_owned)));
        }
    }
    texts
}

fn theirs(text: &str) -> Option<String> {
    PackageUrl::from_str(text).ok().map(|purl| purl.to_string())
}

#[test]
fn packageurl_reads_the_same() {
    let mut compared = 0;
    for text in valid_texts() {
        let purl = ours(&text);
        let excluded = EXCLUDED
            .iter()
            .any(|it| it.package_type == purl.package_type());
        if !excluded {
            assert_eq!(Some(purl.as_str()), theirs(&text).as_deref(), "{text}");
            compared += 1;
        }
    }
    assert!(compared >= 5, "only {compared} texts were compared");
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

#[test]
fn conversions_keep_the_package_or_refuse() {
    let (mut kept, mut refused) = (0, 0);
    for text in valid_texts() {
        let purl = ours(&text);
        match to_package_url(&purl) {
            Ok(theirs) => {
                assert_eq!(from_package_url(&theirs).unwrap(), purl);
                kept += 1;
            }
            Err(InteropError::Refused { .. } | InteropError::Changed { .. }) => refused += 1,
            Err(other) => panic!("{purl:?}: {other}"),
        }
    }
    assert!(kept >= 5, "only {kept} kept, {refused} refused");
}
