//! The graph, and this crate.

use std::io::Write;

use bomtrail_cyclonedx::{Json, SpecVersion};
use bomtrail_graph::{
    Bom, Component, Diagnostics, Fact, Fragment, Graph, Hash, HashAlgorithm, License, Link,
    LocalId, Origin, Purl, Target, Tool, Writer, link,
};

use crate::{made, needed};

pub(crate) fn graph(count: u32) -> Graph {
    let mut fragment = Fragment::default();
    for number in 0..count {
        let made = made(number);
        let hash = Hash::new(HashAlgorithm::Sha512, &made.sha512).unwrap();
        let mut it = Component::new(&made.name);
        it.version = Some(made.version.into());
        it.purl = Some(made.purl.parse::<Purl>().unwrap());
        it.source = Some(made.archive.into());
        it.place = made.place.into();
        it.origin = Origin::Registry;
        it.hashes = Box::new([hash]);
        it.licenses = Fact::Known([License::declared("MIT").unwrap()].into());
        let id = fragment.add(it).unwrap();
        fragment
            .links
            .extend(needed(number).map(|to| Link::new(id, Target::Here(LocalId(to)))));
    }
    link(vec![fragment], &mut Diagnostics::new())
}

pub(crate) fn write(graph: &Graph, out: &mut dyn Write) {
    let tool = Tool {
        name: "bomtrail",
        version: "1.0.0",
    };
    let bom = Bom::new(graph, tool);
    Json::new(SpecVersion::V1_5)
        .write(&bom, out, &mut Diagnostics::new())
        .unwrap();
}
