//! Single rules about what goes where.

use std::io;

use bomtrail_cyclonedx::{Json, SpecVersion};
use bomtrail_graph::{Bom, Component, Diagnostics, Fact, Fragment, Purl, WriteError, Writer, link};
use serde_json::Value;

use crate::print::{TOOL, graph, must_be_valid, print, value};
use crate::sample::{package, root, sample};

fn first(component: Component) -> Value {
    let mut fragment = Fragment::default();
    fragment.add(component);
    value(&graph(fragment), SpecVersion::V1_6)["components"][0].clone()
}

fn properties(component: &Value) -> Vec<(String, String)> {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let all = component["properties"].as_array().unwrap();
    all.iter()
        .map(|it| (text(&it["name"]), text(&it["value"])))
        .collect()
}

#[test]
fn one_root_is_the_main_component_and_several_are_components() {
    let mut fragment = Fragment::default();
    let a = fragment.add(root("a")).unwrap();
    let b = fragment.add(root("b")).unwrap();
    fragment.roots = vec![a];
    let one = value(&graph(fragment.clone()), SpecVersion::V1_6);
    assert_eq!(one["metadata"]["component"]["name"], "a");
    assert_eq!(one["components"].as_array().unwrap().len(), 1);
    fragment.roots = vec![a, b];
    let two = value(&graph(fragment), SpecVersion::V1_6);
    assert_eq!(two["metadata"].get("component"), None);
    assert_eq!(two["components"].as_array().unwrap().len(), 2);
    assert_eq!(two["dependencies"].as_array().unwrap().len(), 2);
}

#[test]
fn an_empty_graph_is_a_valid_document() {
    for version in SpecVersion::ALL {
        let graph = link(Vec::new(), &mut Diagnostics::new());
        let (document, told) = print(&Bom::new(&graph, TOOL), version);
        must_be_valid(&document, version);
        assert!(told.is_empty());
    }
}

#[test]
fn the_scope_or_namespace_of_a_name_is_its_group() {
    let parts = |it: &Value| format!("{} {}", it["group"], it["name"]);
    assert_eq!(parts(&first(package("@s/a", "1.0.0"))), r#""@s" "a""#);
    let first_party = Component::new("@s/a");
    assert_eq!(parts(&first(first_party)), r#""@s" "a""#);
    assert_eq!(parts(&first(Component::new("@/a"))), r#"null "@/a""#);
    assert_eq!(parts(&first(Component::new("a/b"))), r#"null "a/b""#);
    let mut cpan = Component::new("Try-Tiny");
    cpan.purl = Purl::parse("pkg:cpan/ETHER/Try-Tiny@0.31").ok();
    assert_eq!(parts(&first(cpan)), r#""ETHER" "Try-Tiny""#);
    let mut full = Component::new("ns/name");
    full.purl = Purl::parse("pkg:generic/ns/name@1").ok();
    assert_eq!(parts(&first(full)), r#""ns" "name""#);
    let mut nameless = Component::new("");
    nameless.place = "somewhere".into();
    assert_eq!(parts(&first(nameless)), r#"null "somewhere""#);
}

#[test]
fn without_a_taxonomy_facts_keep_our_own_names() {
    let mut it = Component::new("a");
    it.place = "lib".into();
    it.flags = bomtrail_graph::Flags::PRIVATE;
    it.details_mut().engines = vec![("perl".into(), "5.036".into())];
    it.details_mut().os = vec!["linux".into()];
    it.licenses = Fact::Withheld;
    let pairs = properties(&first(it));
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("bomtrail:engine:perl", "5.036"),
            ("bomtrail:flag:private", "true"),
            ("bomtrail:licenses", "withheld"),
            ("bomtrail:os", "linux"),
            ("bomtrail:place", "lib"),
            ("bomtrail:scope", "unknown"),
        ]
    );
}

#[test]
fn the_serial_number_follows_content_version_tool_and_time() {
    let graph = graph(sample());
    let bom = Bom::new(&graph, TOOL);
    let serial = |bom: &Bom<'_>, version| {
        let document: Value = serde_json::from_str(&print(bom, version).0).unwrap();
        document["serialNumber"].as_str().unwrap().to_owned()
    };
    let plain = serial(&bom, SpecVersion::V1_6);
    assert_eq!(plain, serial(&bom.compact(true), SpecVersion::V1_6));
    assert_ne!(plain, serial(&bom, SpecVersion::V1_5));
    let timed = bom.timestamp(Some("2026-01-01T00:00:00Z"));
    assert_ne!(plain, serial(&timed, SpecVersion::V1_6));
    must_be_valid(&print(&timed, SpecVersion::V1_6).0, SpecVersion::V1_6);
}

#[test]
fn compact_is_the_same_document_in_one_line() {
    let graph = graph(sample());
    let bom = Bom::new(&graph, TOOL);
    let (pretty, _) = print(&bom, SpecVersion::V1_6);
    let (compact, _) = print(&bom.compact(true), SpecVersion::V1_6);
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(parse(&pretty), parse(&compact));
    assert_eq!(compact.matches('\n').count(), 1);
    assert!(compact.ends_with('\n') && pretty.ends_with("}\n") && !pretty.contains('\r'));
}

#[test]
fn a_sink_that_refuses_is_an_error() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let graph = graph(sample());
    let bom = Bom::new(&graph, TOOL);
    let result = Json::default().write(&bom, &mut Full, &mut Diagnostics::new());
    let Err(WriteError::Sink(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}
