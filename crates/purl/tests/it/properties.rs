//! What holds for every text and for every set of parts.

use bomtrail_purl::{Purl, PurlError};
use bomtrail_testkit::cases;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::string::string_regex;

/// Texts near enough to Package URLs that most of them are.
fn near_purl() -> impl Strategy<Value = String> {
    let package_type = "(npm|cpan|generic|git|pypi|pub|swid|otp|GitHub|x\\.y|mlflow|oci|rpm)";
    let path = "(/[@a-zA-Z:./+ ~é_-]{0,6}(%2F|%40|%C3%A9|%25)?[a-zA-Z]{0,3}){1,3}";
    let tail =
        "(@[0-9a-zA-Z+:/@-]{0,6})?(\\?[aB]{1,2}=[a-z:/=]{0,6}(&tag_id=x)?)?(#[a-z./%A]{0,8})?";
    string_regex(&["pkg:", package_type, path, tail].concat()).unwrap()
}

/// Decoded text of any kind, often with the marks that must be encoded.
fn part() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9.]{0,5}", "[@/?#%&=+: é~.]{0,5}", any::<String>()]
}

fn build(
    package_type: &str,
    parts: &[String; 4],
    qualifiers: &[(String, String)],
) -> Result<Purl, PurlError> {
    let [namespace, name, version, subpath] = parts;
    let builder = Purl::build(package_type, name)
        .namespace(namespace)
        .version(version)
        .subpath(subpath);
    qualifiers
        .iter()
        .fold(builder, |builder, (key, value)| {
            builder.qualifier(key, value)
        })
        .finish()
}

fn assert_canonical(purl: &Purl) {
    let again = Purl::parse(purl.as_str()).unwrap();
    assert_eq!(again.as_str(), purl.as_str());
    assert_eq!(again.name(), purl.name());
    assert_eq!(again.namespace(), purl.namespace());
    assert_eq!(again.version(), purl.version());
    assert_eq!(again.subpath(), purl.subpath());
    assert!(again.qualifiers().eq(purl.qualifiers()));
}

/// The parts of a Package URL, built again.
fn rebuilt(purl: &Purl) -> Purl {
    build_as(purl, &purl.version().unwrap_or_default())
}

fn build_without_version(purl: &Purl) -> Purl {
    build_as(purl, "")
}

fn with_only_qualifier(purl: &Purl, key: &str, value: &str) -> Purl {
    let builder = Purl::build(purl.package_type(), &purl.name())
        .namespace(&purl.namespace().unwrap_or_default())
        .version(&purl.version().unwrap_or_default())
        .subpath(&purl.subpath().unwrap_or_default());
    builder.qualifier(key, value).finish().unwrap()
}

fn build_as(purl: &Purl, version: &str) -> Purl {
    let mut builder = Purl::build(purl.package_type(), &purl.name())
        .namespace(&purl.namespace().unwrap_or_default())
        .version(version)
        .subpath(&purl.subpath().unwrap_or_default());
    for (key, value) in purl.qualifiers() {
        builder = builder.qualifier(key, &value);
    }
    builder.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(200, 2000)) })]

    #[test]
    fn no_text_panics(text in any::<String>(), tail in any::<String>()) {
        for text in [text.clone(), ["pkg:", &text].concat(), ["pkg:npm/", &text, "@", &tail].concat()] {
            if let Ok(purl) = Purl::parse(&text) {
                assert_canonical(&purl);
            }
        }
        if let Ok(purl) = Purl::npm(&text, Some(&tail)) {
            assert_canonical(&purl);
        }
    }

    #[test]
    fn printing_and_parsing_is_the_identity(text in near_purl()) {
        if let Ok(purl) = Purl::parse(&text) {
            assert_canonical(&purl);
            prop_assert_eq!(rebuilt(&purl), purl);
        }
    }

    #[test]
    fn building_and_parsing_agree(
        package_type in "(npm|cpan|generic|git|pypi|pub|swid|golang|x)",
        parts in [part(), part(), part(), part()],
        qualifiers in vec(("[a-zA-Z][a-z._-]{0,2}", part()), 0..3),
    ) {
        if let Ok(purl) = build(&package_type, &parts, &qualifiers) {
            assert_canonical(&purl);
            prop_assert_eq!(rebuilt(&purl), purl);
        }
    }

    #[test]
    fn the_npm_fast_path_agrees_with_the_builder(scope in "(@[a-zA-Z~+]{1,3})?", name in "[a-zA-Z0-9._+ é-]{1,6}", version in part()) {
        let full = if scope.is_empty() { name.clone() } else { [&scope, "/", &name].concat() };
        let slow = Purl::build("npm", &name).namespace(&scope).version(&version).finish().unwrap();
        let fast = Purl::npm(&full, Some(&version)).unwrap();
        assert_canonical(&fast);
        prop_assert_eq!(fast, slow);
    }

    #[test]
    fn what_is_left_out_is_as_if_it_had_not_been_there(text in near_purl()) {
        if let Ok(purl) = Purl::parse(&text) {
            let without = purl.without_version();
            assert_canonical(&without);
            prop_assert_eq!(without, build_without_version(&purl));
            let package = Purl::build(purl.package_type(), &purl.name())
                .namespace(&purl.namespace().unwrap_or_default())
                .finish();
            if let Ok(package) = &package {
                assert_canonical(package);
            }
            prop_assert_eq!(purl.package(), package);
        }
    }

    #[test]
    fn a_qualifier_set_is_there_and_changes_nothing_else(text in near_purl(), value in "[ -~é]{1,8}") {
        if let Ok(purl) = Purl::parse(&text) {
            let set = purl.with_qualifier("vcs_url", &value).unwrap();
            assert_canonical(&set);
            if purl.qualifiers().next().is_none() {
                prop_assert_eq!(&set, &with_only_qualifier(&purl, "vcs_url", &value));
            }
            prop_assert!(set.qualifier("vcs_url").is_some_and(|found| found == value));
            prop_assert_eq!(set.with_qualifier("vcs_url", "").unwrap(), purl);
        }
    }
}
