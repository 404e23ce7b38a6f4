//! `cyclonedx-bom` as the other side.

use bomtrail_cyclonedx::{Json, SpecVersion};
use bomtrail_graph::{Bom, Diagnostics, Writer, link};
use bomtrail_interop::cyclonedx::{from_bom, to_bom};
use cyclonedx_bom::models::bom::Bom as TheirBom;
use cyclonedx_bom::validation::Validate;

use crate::sample::{TIME, TOOL, facts, graph};

#[test]
fn a_graph_comes_back_the_same() {
    let graph = graph();
    let mut losses = Diagnostics::new();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    let theirs = to_bom(&bom, &mut losses).unwrap();
    let fragment = from_bom(theirs, &mut losses).unwrap();
    let back = link(vec![fragment], &mut losses);
    assert_eq!(facts(&back), facts(&graph));
}

#[test]
fn cyclonedx_bom_accepts_every_version_that_it_knows() {
    let graph = graph();
    for version in [SpecVersion::V1_4, SpecVersion::V1_5] {
        let mut text = Vec::new();
        Json::new(version)
            .write(&Bom::new(&graph, TOOL), &mut text, &mut Diagnostics::new())
            .unwrap();
        let theirs = match version {
            SpecVersion::V1_4 => TheirBom::parse_from_json_v1_4(&*text),
            _ => TheirBom::parse_from_json_v1_5(&*text),
        };
        let theirs = theirs.unwrap();
        assert!(theirs.validate().passed());
        assert_eq!(theirs.components.unwrap().0.len(), 2);
        let needs: usize = theirs
            .dependencies
            .unwrap()
            .0
            .iter()
            .map(|it| it.dependencies.len())
            .sum();
        assert_eq!(needs, 2);
    }
}
