//! `spdx-rs` as the other side.

use bomtrail_graph::{Bom, Diagnostics, Writer, link};
use bomtrail_interop::InteropError;
use bomtrail_interop::spdx::{from_spdx, to_spdx};
use bomtrail_spdx::Spdx23TagValue;
use proptest::prelude::*;

use crate::sample::{TIME, TOOL, facts, graph};

#[test]
fn a_graph_comes_back_the_same() {
    let graph = graph();
    let mut losses = Diagnostics::new();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    let theirs = to_spdx(&bom, &mut losses).unwrap();
    let fragment = from_spdx(&theirs, &mut losses).unwrap();
    let back = link(vec![fragment], &mut losses);
    assert_eq!(facts(&back), facts(&graph));
}

#[test]
fn spdx_rs_reads_tags_and_values() {
    let graph = graph();
    let mut text = Vec::new();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    Spdx23TagValue
        .write(&bom, &mut text, &mut Diagnostics::new())
        .unwrap();
    let text = String::from_utf8(text).unwrap();
    let theirs = spdx_rs::parsers::spdx_from_tag_value(&text).unwrap();
    let names = theirs
        .package_information
        .iter()
        .map(|it| &*it.package_name);
    assert!(names.eq(graph.nodes().map(bomtrail_graph::NodeRef::name)));
    assert!(theirs.relationships.len() >= graph.edges().len());
}

#[test]
fn a_document_without_a_time_is_refused() {
    let graph = graph();
    let refused = to_spdx(&Bom::new(&graph, TOOL), &mut Diagnostics::new());
    assert!(matches!(refused, Err(InteropError::Write(_))));
}

proptest! {
    #[test]
    fn spdx_rs_reads_any_document(fragments in bomtrail_testkit::fragments()) {
        let graph = link(fragments, &mut Diagnostics::new());
        let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
        let theirs = to_spdx(&bom, &mut Diagnostics::new()).unwrap();
        prop_assert_eq!(theirs.package_information.len() >= graph.nodes().len(), true);
    }
}
