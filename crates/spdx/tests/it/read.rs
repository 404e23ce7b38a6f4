//! Reading: our own documents give the same graph, and nothing breaks the reader.

use std::collections::BTreeSet;

use bomtrail_graph::{Bom, Writer};
use bomtrail_graph::{
    Diagnostics, EdgeRef, Fragment, Graph, Input, NoFiles, NodeRef, Reader, link,
};
use bomtrail_spdx::{JsonReader, Spdx23TagValue, Spdx301Json, TagValueReader};
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
                    it.authors.clone()
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
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

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
        let is_whole = !lost.iter().any(|it| it.message.contains("line break"));
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
