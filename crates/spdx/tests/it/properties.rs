//! What holds for every graph.

use bomtrail_testkit::cases;
use proptest::prelude::*;

use crate::any_graph::graphs;
use crate::judge::{check, write};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(30, 300)) })]

    #[test]
    fn every_graph_is_a_valid_document_and_always_the_same(graphs in graphs()) {
        let [graph, reversed] = graphs;
        let (text, diagnostics) = write(&graph);
        check(&text);
        let (again, same) = write(&reversed);
        prop_assert_eq!(&text, &again);
        prop_assert_eq!(diagnostics.len(), same.len());
        prop_assert!(text.ends_with('\n') && !text.contains('\r'));
    }

    #[test]
    fn every_dependency_is_there(graphs in graphs()) {
        let [graph, _] = graphs;
        let (text, _) = write(&graph);
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let wanted: usize = graph.nodes().map(|node| node.dependencies().count()).sum();
        let relationships = document["relationships"].as_array().unwrap();
        let is_package = |it: &serde_json::Value| {
            it["relationshipType"] == "DEPENDS_ON"
                && it["relatedSpdxElement"].as_str().unwrap().starts_with("SPDXRef-")
        };
        prop_assert_eq!(relationships.iter().filter(|it| is_package(it)).count(), wanted);
    }
}
