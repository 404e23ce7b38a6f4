//! Projects in few words, and what is proved of their packages.

use bomtrail_graph::{
    Component, Diagnostics, Fragment, Graph, Hash, HashAlgorithm, Origin, Provenance, Purl, Role,
    link,
};
use bomtrail_provenance::{Sidecar, Trust, annotate};

/// A package from the registry, by Package URL, pinned by SHA-512 (hexadecimal) and declaring a repository.
pub(crate) fn package(purl: &str, sha512: &str, repository: Option<&str>) -> Component {
    let purl = Purl::parse(purl).unwrap();
    let hash = Hash::from_hex(HashAlgorithm::Sha512, sha512).unwrap();
    let mut component = Component::new(&purl.name()).with(|it| {
        it.version = purl.version().map(|it| (*it).into());
        it.place = format!("node_modules/{}", purl.name()).into();
        it.role = Role::Dependency;
        it.origin = Origin::Registry;
        it.hashes = [hash].into();
    });
    component.purl = Some(purl);
    if let Some(it) = repository {
        component.details_mut().repository = Some(it.into());
    }
    component
}

/// A project of these packages.
pub(crate) fn graph(packages: Vec<Component>) -> Graph {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
    });
    for package in packages {
        fragment.add(package).unwrap();
    }
    link(vec![fragment], &mut Diagnostics::new())
}

/// What files of attestations prove of each package, in order, and the ids of what is odd.
pub(crate) fn prove(
    graph: &Graph,
    files: &[&str],
    trust: &Trust,
) -> (Vec<Provenance>, Vec<&'static str>) {
    let mut told = Diagnostics::new();
    let sidecars: Vec<Sidecar<'_>> = files
        .iter()
        .map(|it| Sidecar::read("side.json", it.as_bytes(), &mut told))
        .collect();
    let (table, more) = annotate(graph, &sidecars, trust, 0);
    told.append(more);
    let table = table.iter().map(|(_, it)| it.clone()).collect();
    (table, told.iter().map(|it| it.code.id).collect())
}
