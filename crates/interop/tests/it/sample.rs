//! A small project for every conversion.

use bomtrail_graph::{
    Component, Diagnostics, Fact, Fragment, Graph, Hash, HashAlgorithm, Kind, License, Link,
    LocalId, NodeRef, Origin, Purl, Role, Target, Tool, link,
};

pub(crate) const TOOL: Tool<'static> = Tool {
    name: "bomtrail",
    version: "0.0.0",
};
pub(crate) const TIME: &str = "2026-11-21T10:00:00Z";

fn package(name: &str) -> Component {
    Component::new(name).with(|it| {
        it.version = Some("1.2.3".into());
        it.purl = Purl::npm(name, Some("1.2.3")).ok();
        it.place = format!("node_modules/{name}").into();
        it.origin = Origin::Registry;
        it.licenses = Fact::Known(License::declared("MIT").into_iter().collect());
        it.hashes = Hash::new(HashAlgorithm::Sha512, &[7; 64])
            .into_iter()
            .collect();
    })
}

/// A root, two packages and the edges between them.
pub(crate) fn graph() -> Graph {
    let mut fragment = Fragment::default();
    let root = Component::new("shop").with(|it| {
        it.version = Some("1.0.0".into());
        it.kind = Kind::Application;
        it.role = Role::Root;
    });
    for component in [root, package("@scope/basket"), package("money")] {
        fragment.add(component).unwrap();
    }
    fragment.roots = vec![LocalId(0)];
    fragment.links = [(0, 1), (1, 2)]
        .map(|(from, to)| Link::new(LocalId(from), Target::Here(LocalId(to))))
        .into();
    link(vec![fragment], &mut Diagnostics::new())
}

/// What of a graph the other crates know: names, versions, Package URLs, and what depends on what.
pub(crate) fn facts(graph: &Graph) -> Vec<String> {
    let purl = |it: &Purl| it.as_str().to_owned();
    graph
        .nodes()
        .map(|node| {
            let needs: Vec<&str> = node.dependencies().map(NodeRef::name).collect();
            let purl = node.purl().map(purl).unwrap_or_default();
            let version = node.version().unwrap_or_default();
            format!("{} {version} {purl} -> {}", node.name(), needs.join(", "))
        })
        .collect()
}
