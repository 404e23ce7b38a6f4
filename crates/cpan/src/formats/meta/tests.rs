//! What metadata says: specifications, facts, and what is refused.

use bomtrail_graph::{Completeness, Component, Diagnostics, Fragment, Input, NoFiles, Reader};
use proptest::prelude::*;

use super::MetaFile;

fn read(path: &str, text: &str) -> (Fragment, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path,
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    let fragment = MetaFile.read(&input, &mut diagnostics);
    let ids = diagnostics.iter().map(|it| it.code.id).collect();
    (fragment, ids)
}

fn links(fragment: &Fragment) -> Vec<String> {
    let show = |it: &bomtrail_graph::Link| {
        let range = it.range.as_deref().unwrap_or("any");
        format!(
            "{} {} {} {range}",
            it.phase.name(),
            it.need.name(),
            it.name.as_deref().unwrap_or("?")
        )
    };
    fragment.links.iter().map(show).collect()
}

fn root(fragment: &Fragment) -> &Component {
    &fragment.components[0]
}

#[test]
fn a_version_stays_as_it_is_written() {
    for (path, text) in [
        ("META.yml", "name: Foo\nversion: 1.150\ndynamic_config: 0\n"),
        (
            "META.json",
            r#"{"name": "Foo", "version": 1.150, "dynamic_config": 0}"#,
        ),
    ] {
        let (fragment, said) = read(path, text);
        assert_eq!(
            root(&fragment).purl.as_ref().unwrap().as_str(),
            "pkg:cpan/Foo@1.150"
        );
        assert!(said.is_empty(), "{said:?}");
    }
}

#[test]
fn the_specification_decides_which_keys_count() {
    let old = "requires:\n  A: 1\nprereqs:\n  runtime:\n    requires:\n      B: 1\n";
    for (spec, wanted) in [
        ("", "runtime required A 1"),
        ("meta-spec: 1.4\n", "runtime required A 1"),
        ("meta-spec:\n  version: 1.3\n", "runtime required A 1"),
        ("meta-spec:\n  version: 2.0\n", "runtime required B 1"),
        ("meta-spec:\n  version: 7\n", "runtime required B 1"),
    ] {
        let text = [spec, "name: Foo\nversion: 1\ndynamic_config: 0\n", old].concat();
        assert_eq!(links(&read("META.yml", &text).0), [wanted], "{spec}");
    }
}

#[test]
fn prerequisites_are_converted_as_perl_does() {
    let text = "name: F\nversion: 1\ndynamic_config: 0\nconfigure_requires: {}\nbuild_requires:\n  Test::More: .47\n\
        requires:\n  A: v1.2\n  B: undef\n  C: Digest::MD5\n  D: 2.3 a\n  not a name: 1\nrecommends:\n  - E\nconflicts: G\n";
    let (fragment, said) = read("META.yml", text);
    assert_eq!(
        links(&fragment),
        [
            "build required Test::More 0.47",
            "runtime required A v1.2.0",
            "runtime required B any",
            "runtime required C any",
            "runtime required D any",
            "runtime required Digest::MD5 any",
            "runtime recommended E any",
            "runtime conflicts G any",
        ]
    );
    assert_eq!(said, ["cpan/module-name"]);
}

#[test]
fn dynamic_prerequisites_are_not_complete() {
    for (path, line, known) in [
        ("META.yml", "dynamic_config: 1\n", Completeness::Unknown),
        ("META.yml", "", Completeness::Unknown),
        ("META.yml", "dynamic_config: 0\n", Completeness::Complete),
        ("MYMETA.yml", "dynamic_config: 1\n", Completeness::Complete),
    ] {
        let text = ["name: F\nversion: 1\n", line].concat();
        assert_eq!(
            root(&read(path, &text).0).dependencies,
            known,
            "{path} {line}"
        );
    }
}

#[test]
fn facts_are_kept() {
    let text = r#"{"name": "Foo", "version": "1.0_1", "dynamic_config": 0, "abstract": "does foo",
        "author": ["A B <a@example.com>", "c@example.com", "D", "unknown"], "license": ["perl_5"],
        "x_authority": "cpan:ABC", "x_breaks": {"Bar": "<= 1"}, "x_deprecated": 1, "x_contributors": ["E <e@example.com>"],
        "resources": {"homepage": "https://example.com", "bugtracker": {"mailto": "bug@example.com"},
            "repository": {"url": "https://user:secret@example.com/foo.git", "type": "git"}},
        "no_index": {"namespace": ["Foo::Private"], "directory": ["t"]},
        "provides": {"Foo": {"file": "lib/Foo.pm", "version": "1.0_1"}, "Foo::Private": {"file": "lib/Foo/Private.pm"},
            "Foo::Private::X": {"file": "lib/X.pm", "version": 1}, "T": {"file": "t/lib/T.pm"}},
        "optional_features": {"more": {"description": "More of it", "prereqs": {"runtime": {"requires": {"M": 1}}}}}}"#;
    let (fragment, said) = read("META.json", text);
    let root = root(&fragment);
    assert_eq!(
        root.purl.as_ref().unwrap().as_str(),
        "pkg:cpan/Foo@1.0_1?author=ABC"
    );
    let provided: Vec<&str> = root.provides.iter().map(|it| &*it.name).collect();
    assert_eq!(provided, ["Foo", "Foo::Private"]);
    let details = root.details.as_ref().unwrap();
    assert_eq!(details.authors.len(), 3);
    assert_eq!(
        details.repository.as_deref(),
        Some("https://example.com/foo.git")
    );
    assert_eq!(details.bugs.as_deref(), Some("mailto:bug@example.com"));
    assert!(details.deprecated.is_some());
    for (name, value) in [
        ("bomtrail:cpan:breaks", "Bar <= 1"),
        ("bomtrail:cpan:optional-feature", "more: More of it"),
        ("bomtrail:cpan:release-status", "testing"),
        ("bomtrail:cpan:contributor", "E <e@example.com>"),
    ] {
        assert!(
            details.properties.contains(&(name.into(), value.into())),
            "{name}"
        );
    }
    assert_eq!(fragment.links.len(), 0);
    assert_eq!(fragment.features[0].links.len(), 0);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn what_perl_refuses_is_reported_and_the_rest_is_kept() {
    for (path, text, id, kept) in [
        ("META.json", "{", "cpan/unreadable", 0),
        ("META.json", "[]", "cpan/unreadable", 0),
        ("META.json", "null", "cpan/unreadable", 0),
        ("META.yml", "", "cpan/unreadable", 0),
        ("META.json", r#"{"some": "thing"}"#, "cpan/unreadable", 0),
        (
            "META.json",
            r#"{"name": "x", "meta-spec": {"url": "https://pgxn.org/spec"}}"#,
            "cpan/unreadable",
            0,
        ),
        ("META.yml", "- a\n", "cpan/unreadable", 0),
        (
            "META.yml",
            "name: F\nversion: 1\nrequires:\n  A: 1\nbad: \"x\n",
            "cpan/unreadable",
            1,
        ),
        (
            "META.yml",
            "name: F\nrequires:\n  A: 1\n",
            "cpan/missing-field",
            1,
        ),
        (
            "META.yml",
            "name: F\nversion: 1\nrequires:\n  A: '>= 2, < 1'\n",
            "cpan/range",
            1,
        ),
        (
            "META.yml",
            "name: F\nversion: 1\nname: G\nrequires: A\n",
            "cpan/duplicate-key",
            1,
        ),
        (
            "META.json",
            r#"{"name": "F", "version": 1, "meta-spec": {"version": 2}, "prereqs": []}"#,
            "cpan/wrong-type",
            0,
        ),
        (
            "META.json",
            "---\nname: F\nversion: 1\nrequires: A\n",
            "cpan/dynamic-config",
            1,
        ),
        (
            "META.yml",
            r#"{"name": "F", "version": 1, "requires": "A"}"#,
            "cpan/dynamic-config",
            1,
        ),
    ] {
        let (fragment, said) = read(path, text);
        assert!(said.contains(&id), "{text}: {said:?}");
        assert_eq!(fragment.links.len(), kept, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(bomtrail_testkit::cases(64, 256)))]

    #[test]
    fn anything_ends(text in "(name|version|requires|[-:'\"|>{}\\[\\]~#%!&@ \n\r\t]|\\PC){0,60}", json: bool) {
        read(if json { "META.json" } else { "META.yml" }, &text);
    }
}
