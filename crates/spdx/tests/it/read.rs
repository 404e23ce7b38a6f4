//! Reading: our own documents give the same graph, and nothing breaks the reader.

use std::collections::BTreeSet;

use bomtrail_graph::{Bom, Writer};
use bomtrail_graph::{
    Diagnostics, EdgeRef, Fragment, Graph, Input, NoFiles, NodeRef, Reader, link,
};
use bomtrail_spdx::{JsonReader, Spdx23TagValue, Spdx301Json, TagValueReader};
use bomtrail_testkit::cases;
use proptest::prelude::*;

use crate::any_graph::graph;
use crate::judge::{TIME, TOOL, check_version_3, write};

pub(crate) fn read(document: &[u8]) -> (Fragment, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "app.spdx.json",
        bytes: document,
        files: &NoFiles,
    };
    let fragment = JsonReader.read(&input, &mut diagnostics);
    (fragment, diagnostics)
}

fn edge(edge: EdgeRef<'_>) -> String {
    format!(
        "{:?} -> {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        edge.from().map(NodeRef::reference),
        edge.to().map(NodeRef::reference),
        edge.name(),
        edge.range(),
        edge.phase(),
        edge.need(),
        edge.problem(),
        edge.detail(),
    )
}

/// What a document carries: identity, licences, hashes, scope, completeness, roots, places, every edge.
pub(crate) fn essence(graph: &Graph) -> Vec<String> {
    let mut lines = Vec::new();
    for node in graph.nodes() {
        let it = node.component();
        let hashes: BTreeSet<_> = it.hashes.iter().collect();
        let places: BTreeSet<_> = node
            .instances()
            .iter()
            .map(|it| (&*it.place, it.flags.either(node.flags())))
            .collect();
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {hashes:?} {places:?} root={} {:?} {:?}",
            node.reference(),
            it.name,
            it.version,
            it.purl,
            it.role,
            it.origin,
            it.dependencies,
            it.licenses,
            it.source,
            node.is_root(),
            node.scope(),
            it.details
                .as_ref()
                .map(|it| (
                    it.description.clone().unwrap_or_default(),
                    it.deprecated.clone(),
                    it.bundled_by.clone(),
                    it.patches.clone(),
                    it.authors.clone(),
                    it.supplier.clone(),
                    it.copyright.clone(),
                    it.cpes.iter().cloned().collect::<BTreeSet<_>>(),
                    it.container.clone(),
                ))
                .filter(|it| *it != Default::default()),
        ));
    }
    let mut edges: Vec<_> = graph.edges().map(edge).collect();
    edges.sort();
    lines.extend(edges);
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(10, 200)) })]

    #[test]
    fn any_graph_comes_back(before in graph()) {
        let (document, _) = write(&before);
        let (fragment, reported) = read(document.as_bytes());
        prop_assert!(reported.iter().all(|it| it.code.id != "spdx/dangling-id" && it.code.id != "spdx/duplicate-id"), "{reported:?}");
        let after = link(vec![fragment], &mut Diagnostics::new());
        prop_assert_eq!(essence(&before), essence(&after), "{}", document);
    }

    #[test]
    fn any_graph_comes_back_from_version_3(before in graph()) {
        let mut out = Vec::new();
        let bom = Bom::new(&before, TOOL).timestamp(Some(TIME));
        Spdx301Json.write(&bom, &mut out, &mut Diagnostics::new()).unwrap();
        check_version_3(&serde_json::from_slice(&out).unwrap());
        let (fragment, reported) = read(&out);
        prop_assert!(reported.iter().all(|it| it.code.id != "spdx/dangling-id" && it.code.id != "spdx/duplicate-id"), "{reported:?}");
        let after = link(vec![fragment], &mut Diagnostics::new());
        prop_assert_eq!(essence(&before), essence(&after), "{}", String::from_utf8(out).unwrap());
    }

    #[test]
    fn any_graph_comes_back_from_tags_and_values(before in graph()) {
        let mut out = Vec::new();
        let mut lost = Diagnostics::new();
        let bom = Bom::new(&before, TOOL).timestamp(Some(TIME));
        Spdx23TagValue.write(&bom, &mut out, &mut lost).unwrap();
        let mut reported = Diagnostics::new();
        let input = Input { path: "app.spdx", bytes: &out, files: &NoFiles };
        let fragment = TagValueReader.read(&input, &mut reported);
        let is_whole = !lost.iter().any(|it| it.message.contains("it is replaced"));
        let is_trimmed = |text: &str| text.trim() == text;
        let plain = before.nodes().all(|it| is_trimmed(it.name()) && is_trimmed(it.version().unwrap_or("-")));
        if is_whole && plain && !before.nodes().any(|it| it.version() == Some("") || it.name().is_empty()) {
            let after = link(vec![fragment], &mut Diagnostics::new());
            prop_assert_eq!(essence(&before), essence(&after), "{}", String::from_utf8(out).unwrap());
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        read(&bytes);
    }
}

/// A document with two packages, of which the first contains the second.
fn nested(writer: &dyn Writer) -> String {
    let mut fragment = Fragment::default();
    fragment.path = "app".into();
    for (name, container) in [("outer", None), ("inner", Some("place of outer"))] {
        let mut component = bomtrail_graph::Component::new(name);
        component.place = format!("place of {name}").into();
        component.details_mut().container = container.map(Into::into);
        let id = fragment.add(component).unwrap();
        if name == "outer" {
            fragment.roots.push(id);
        }
    }
    let graph = link(vec![fragment], &mut Diagnostics::new());
    let mut out = Vec::new();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    writer
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn containment_is_written_and_read_in_every_version() {
    let writers: [&dyn Writer; 2] = [&bomtrail_spdx::Spdx23Json, &Spdx301Json];
    for writer in writers {
        let text = nested(writer);
        assert_eq!(
            text.matches("CONTAINS").count() + text.matches("\"contains\"").count(),
            1,
            "{text}"
        );
        let (fragment, _) = read(text.as_bytes());
        let graph = link(vec![fragment], &mut Diagnostics::new());
        let inner = graph.find_name("inner").next().unwrap();
        let container = inner
            .component()
            .details
            .as_ref()
            .unwrap()
            .container
            .clone();
        assert_eq!(container.as_deref(), Some("place of outer"));
    }
}

#[test]
fn a_document_of_one_element_is_read_and_recognised() {
    let package = serde_json::json!({
        "type": "software_Package", "spdxId": "https://example.com/a", "name": "a",
        "software_packageVersion": "1.0.0", "software_copyrightText": "2026 Acme",
        "creationInfo": {"type": "CreationInfo", "specVersion": "3.0.1", "created": "2026-01-31T12:00:00Z",
            "createdBy": ["https://example.com/jo"]},
        "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
    });
    let text = package.to_string();
    assert!(JsonReader.sniff(text.as_bytes()));
    let (fragment, diagnostics) = read(text.as_bytes());
    assert!(
        diagnostics.worst() < Some(bomtrail_graph::Level::Warning),
        "{diagnostics:?}"
    );
    assert_eq!(&*fragment.components[0].name, "a");
    let time = (
        "bomtrail:document:timestamp".into(),
        "2026-01-31T12:00:00Z".into(),
    );
    assert!(fragment.properties.contains(&time));
}

#[test]
fn a_document_is_recognised_by_a_late_key_and_not_by_an_inner_one() {
    let late = format!(
        r#"{{"a":"{}","spdxVersion":"SPDX-2.3"}}"#,
        "x".repeat(10_000)
    );
    assert!(JsonReader.sniff(late.as_bytes()));
    assert!(!JsonReader.sniff(br#"{"a":{"spdxVersion":"SPDX-2.3"}}"#));
    assert!(!JsonReader.sniff(br#"{"a":"\"spdxVersion\":"}"#));
    let tags = format!("{}\nSPDXVersion: SPDX-2.3\n", "# comment\n".repeat(1000));
    assert!(TagValueReader.sniff(tags.as_bytes()));
}
