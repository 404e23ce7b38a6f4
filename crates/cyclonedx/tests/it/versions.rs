//! What each version of the specification may say, and what is reported when it may not.

use bomtrail_cyclonedx::{Json, SpecVersion};
use bomtrail_graph::{Bom, Fragment, Kind, Need, Writer};

use crate::print::{TOOL, graph, must_be_valid, pretty, print, value};
use crate::sample::{known, needs, package, root, sample};

#[test]
fn the_format_names_the_version() {
    let format = Json::default().format();
    assert_eq!((format.name, format.version), ("cyclonedx-json", "1.6"));
    assert!(SpecVersion::ALL.is_sorted());
}

#[test]
fn losses_are_told_once_by_kind_with_their_count() {
    let graph = graph(sample());
    let told = |version| print(&Bom::new(&graph, TOOL), version).1;
    let always = [
        "URLs are not valid IRI references and are left out (1 in this document)",
        "web pages of authors are left out (1 in this document)",
    ];
    let line = |version: &str, text: &str| {
        format!("note[cyclonedx/lossy] cyclonedx-json@{version}: {text}")
    };
    let expected = |version: &str, more: &[&str]| -> Vec<String> {
        more.iter()
            .chain(&always)
            .map(|it| line(version, it))
            .collect()
    };
    let lifecycles = "lifecycle phases of inputs are left out; versions since 1.5 have them (1 in this document)";
    let declared =
        "licences are not marked as declared; versions since 1.6 mark them (2 in this document)";
    let outside = "dependencies on missing packages are only properties; in 1.7 they are external components (1 in this document)";
    let undated = "inputs are not cited, because the document has no time (`--timestamp`, `SOURCE_DATE_EPOCH`) (1 in this document)";
    let before = |version, more: &[&str]| {
        let mut all = expected(version, more);
        all.push(line(version, outside));
        all
    };
    assert_eq!(
        told(SpecVersion::V1_4),
        before("1.4", &[lifecycles, declared])
    );
    assert_eq!(told(SpecVersion::V1_5), before("1.5", &[declared]));
    assert_eq!(told(SpecVersion::V1_6), before("1.6", &[]));
    let mut newest = expected("1.7", &[]);
    newest.push(line("1.7", undated));
    assert_eq!(told(SpecVersion::V1_7), newest);
}

#[test]
fn an_expression_beside_others_is_a_name_before_1_7() {
    let mut fragment = Fragment::default();
    let mut both = package("a", "1.0.0");
    both.licenses = known(&["MIT OR ISC", "Apache-2.0", "Custom", "MVT-1.1"]);
    fragment.add(both);
    let graph = graph(fragment);
    let licenses = |version| value(&graph, version)["components"][0]["licenses"].to_string();
    assert_eq!(
        licenses(SpecVersion::V1_6),
        r#"[{"license":{"acknowledgement":"declared","name":"MIT OR ISC"}},{"license":{"acknowledgement":"declared","id":"Apache-2.0"}},{"license":{"acknowledgement":"declared","name":"Custom"}},{"license":{"acknowledgement":"declared","name":"MVT-1.1"}}]"#
    );
    assert_eq!(
        licenses(SpecVersion::V1_7),
        r#"[{"acknowledgement":"declared","expression":"MIT OR ISC"},{"license":{"acknowledgement":"declared","id":"Apache-2.0"}},{"license":{"acknowledgement":"declared","name":"Custom"}},{"license":{"acknowledgement":"declared","name":"MVT-1.1"}}]"#
    );
    let dated = Bom::new(&graph, TOOL).timestamp(Some("2026-11-21T00:00:00Z"));
    let told = |version| print(&dated, version).1.len();
    assert_eq!((told(SpecVersion::V1_6), told(SpecVersion::V1_7)), (2, 1));
    for version in SpecVersion::ALL {
        must_be_valid(&pretty(&graph, version), version);
    }
}

#[test]
fn types_a_version_lacks_are_printed_as_a_near_one() {
    let mut fragment = Fragment::default();
    for (kind, name) in [
        (Kind::Platform, "a"),
        (Kind::Other, "b"),
        (Kind::Framework, "c"),
    ] {
        let mut it = package(name, "1.0.0");
        it.kind = kind;
        fragment.add(it);
    }
    let graph = graph(fragment);
    let types = |version| -> Vec<String> {
        let document = value(&graph, version);
        let components = document["components"].as_array().unwrap();
        components
            .iter()
            .map(|it| it["type"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        types(SpecVersion::V1_4),
        ["application", "library", "framework"]
    );
    assert_eq!(
        types(SpecVersion::V1_5),
        ["platform", "library", "framework"]
    );
}

#[test]
fn a_conflict_is_no_dependency_and_is_a_property() {
    let mut fragment = Fragment::default();
    let app = fragment.add(root("app")).unwrap();
    let bad = fragment.add(package("bad", "1.0.0")).unwrap();
    fragment.roots = vec![app];
    fragment.links = vec![needs(app, bad).with(|it| {
        it.need = Need::Conflicts;
    })];
    let graph = graph(fragment);
    let (document, told) = print(&Bom::new(&graph, TOOL), SpecVersion::V1_6);
    assert!(!document.contains("\"dependsOn\": [\n"), "{document}");
    assert!(
        document.contains("pkg:npm/bad@1.0.0 range=^1.0.0 need=conflicts"),
        "{document}"
    );
    assert_eq!(told, [""; 0]);
}
