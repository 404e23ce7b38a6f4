//! What a caller may rely on in addition to the two suites: identity, decoded text, order, size, messages.

use std::collections::HashSet;

use bomtrail_purl::{Purl, PurlError};

fn purl(text: &str) -> Purl {
    Purl::parse(text).unwrap()
}

#[test]
fn a_million_are_small() {
    assert!(size_of::<Purl>() <= 32);
}

#[test]
fn the_three_cpan_forms_are_one_identity() {
    let plain = purl("pkg:cpan/URI-PackageURL@2.23");
    let by_author = purl("pkg:cpan/URI-PackageURL@2.23?author=GDT");
    let by_namespace = purl("pkg:cpan/GDT/URI-PackageURL@2.23");
    assert_eq!(by_author.identity(), plain.identity());
    assert_eq!(by_namespace.identity(), plain.identity());
    assert_eq!(plain.identity(), plain.as_str());
    assert_eq!(plain.cpan_author(), None);
    assert_eq!(by_author.cpan_author(), by_namespace.cpan_author());
    assert_ne!(by_author, plain);
}

#[test]
fn other_qualifiers_and_the_subpath_stay_in_a_cpan_identity() {
    let from_darkpan = purl(
        "pkg:cpan/A/B@1?author=A&distpath=authors/id/A/A/A/B-1.tgz&ext=tgz&repository_url=x.example#lib",
    );
    assert_eq!(
        from_darkpan.identity(),
        "pkg:cpan/B@1?ext=tgz&repository_url=x.example#lib"
    );
    assert_ne!(from_darkpan.identity(), purl("pkg:cpan/B@1").identity());
    assert_ne!(
        purl("pkg:cpan/B@1").identity(),
        purl("pkg:cpan/B@2").identity()
    );
}

#[test]
fn an_author_is_a_matter_of_cpan_and_upper_case() {
    assert_eq!(
        purl("pkg:cpan/DBI?author=timb").cpan_author().as_deref(),
        Some("TIMB")
    );
    assert_eq!(purl("pkg:npm/dbi?author=TIMB").cpan_author(), None);
    let npm = purl("pkg:npm/%40a/b@1?author=x");
    assert_eq!(npm.identity(), npm.as_str());
}

#[test]
fn decoded_text_is_what_a_bom_ref_shows() {
    assert_eq!(
        purl("pkg:npm/%40scope/name@1.0.0%2Bb").decoded(),
        "pkg:npm/@scope/name@1.0.0+b"
    );
    let plain = purl("pkg:npm/name@1.0.0");
    assert!(matches!(plain.decoded(), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn npm_names_are_read_as_npm_writes_them() {
    assert_eq!(
        Purl::npm("JSONStream", Some("1.3.5")).unwrap().as_str(),
        "pkg:npm/JSONStream@1.3.5"
    );
    assert_eq!(
        Purl::npm("@scope/name", None).unwrap().as_str(),
        "pkg:npm/%40scope/name"
    );
    assert_eq!(
        Purl::npm("name", Some("")).unwrap().as_str(),
        "pkg:npm/name"
    );
    for wrong in [
        "", "@", "@/", "@scope", "@scope/", "/name", "@/name", "a/b", "@a/b/c", "@a//b",
    ] {
        assert!(Purl::npm(wrong, None).is_err(), "`{wrong}`");
    }
}

#[test]
fn upper_case_keys_are_refused_by_gem_and_taken_by_normalize() {
    let text = "pkg:gem/jruby-launcher@1.1.2?Platform=java";
    assert!(matches!(
        Purl::parse(text),
        Err(PurlError::UpperCaseQualifierKey(_))
    ));
    assert_eq!(
        Purl::normalize(text)
            .unwrap()
            .qualifier("platform")
            .as_deref(),
        Some("java")
    );
}

#[test]
fn a_qualifier_is_set_replaced_and_taken_away() {
    let one = purl("pkg:npm/a@1#lib")
        .with_qualifier("vcs_url", "git+https://example.com/a.git@0f")
        .unwrap();
    assert_eq!(
        one.as_str(),
        "pkg:npm/a@1?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fa.git%400f#lib"
    );
    assert_eq!(
        one.with_qualifier("VCS_URL", "x").unwrap().as_str(),
        "pkg:npm/a@1?vcs_url=x#lib"
    );
    assert_eq!(
        one.with_qualifier("vcs_url", "").unwrap().as_str(),
        "pkg:npm/a@1#lib"
    );
    assert!(one.with_qualifier("vcs url", "x").is_err());
}

#[test]
fn equality_order_and_hash_are_those_of_the_text() {
    let mut purls = [purl("pkg:npm/b"), purl("pkg:npm/a@2"), purl("PKG:NPM/a@1")];
    purls.sort();
    assert_eq!(
        purls.map(|purl| purl.as_str().to_owned()),
        ["pkg:npm/a@1", "pkg:npm/a@2", "pkg:npm/b"]
    );
    let set = HashSet::from([purl("pkg:npm/%61"), purl("pkg:npm/a")]);
    assert_eq!(set.len(), 1);
    assert!(set.contains("pkg:npm/a"));
}

#[test]
fn messages_are_lower_case_and_say_what_to_do() {
    for wrong in [
        "npm/a",
        "pkg:npm",
        "pkg:1/a",
        "pkg:npm/@1",
        "pkg:maven/a",
        "pkg:gem/a/b",
        "pkg:julia/a",
        "pkg:cpan/A::B",
        "pkg:generic/a%2Fb/c",
        "pkg:npm/a?b",
        "pkg:npm/a?b c=1",
        "pkg:npm/a?b=1&B=2",
        "pkg:npm/a%zz",
        "pkg:npm/a%ff",
        "pkg:rpm/a/b?B=1",
    ] {
        let message = Purl::parse(wrong).unwrap_err().to_string();
        assert!(
            !message.starts_with(char::is_uppercase) && !message.ends_with('.'),
            "{message}"
        );
        assert!(
            message.contains(';') || message.contains(": "),
            "`{wrong}`: {message}"
        );
    }
}

/// What may follow a name, right or wrong.
const TAILS: &[&str] = &[
    "",
    "@1.0.0",
    "@",
    "@1%2B2",
    "@1@2",
    "?a=b",
    "#x",
    "@1.0.0?a=b#x",
    "/",
    "@1.0.0?a=b",
    "?a=b&b=c",
    "?b=c&a=b",
    "?a=b&a=c",
    "?a=b&",
    "?a",
    "?a=",
    "?=b",
    "?A=b",
    "?1=b",
    "?a=https:%2F%2Fx",
    "?a=https://x",
    "?a=%2f",
    "?a=%41",
    "?a=%3A",
    "?a=%",
    "?a=%2",
    "?a=%zz",
    "?a=%C3%A9",
    "?a=%FF",
    "?a=b?c=d",
    "?a=b=c",
    "@1?vcs_url=git%2Bhttps:%2F%2Fx%40y",
];

/// A scheme in upper case is another spelling, so that the text is read part by part.
#[test]
fn a_canonical_npm_text_is_read_as_any_other_spelling_of_it() {
    let names = [
        "a",
        "A.b_c~d:e",
        "%40s/n",
        "%40/n",
        "%40s/",
        "s/n",
        "a%20b",
        "%40s%20/n",
        "",
        "%40s/n/m",
        "%40",
        "é",
    ];
    for (name, tail) in names
        .into_iter()
        .flat_map(|name| TAILS.iter().map(move |tail| (name, *tail)))
    {
        let path = format!("npm/{name}{tail}");
        let parts = |it: Purl| {
            let parts = (
                it.name().into_owned(),
                it.namespace().map(Into::into),
                it.version().map(Into::into),
            );
            let parts: (String, Option<String>, Option<String>) = parts;
            (
                it.to_string(),
                parts,
                it.package_type().to_owned(),
                it.qualifiers().count(),
                it.subpath().map(Into::into),
            )
        };
        let both: [Result<(_, _, _, _, Option<String>), _>; 2] =
            ["pkg", "PKG"].map(|scheme| Purl::parse(&format!("{scheme}:{path}")).map(parts));
        let [canonical, other] = both;
        assert_eq!(
            canonical.map_err(|it| it.to_string()),
            other.map_err(|it| it.to_string()),
            "{path}"
        );
    }
}
