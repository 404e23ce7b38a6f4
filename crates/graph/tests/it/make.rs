//! Fragments in few words.

use bomtrail_graph::{
    Component, Diagnostics, Flags, Fragment, Graph, Hash, HashAlgorithm, Link, LocalId, NameSpace,
    Need, NodeRef, Phase, Provided, Purl, Role, Target, link,
};

pub(crate) const SPACE: &str = "perl-module";

/// A component of a purl at a place; its name and version are the purl's.
pub(crate) fn package(purl: &str, place: &str) -> Component {
    let purl = Purl::parse(purl).unwrap();
    Component::new(&purl.name()).with(|it| {
        it.version = purl.version().map(|it| (*it).into());
        it.place = place.into();
        it.purl = Some(purl.clone());
    })
}

/// The project itself, at the empty place, without a purl.
pub(crate) fn project(name: &str) -> Component {
    Component::new(name).with(|it| {
        it.role = Role::Root;
    })
}

pub(crate) fn provides(mut component: Component, name: &str) -> Component {
    let provided = Provided {
        space: SPACE,
        name: name.into(),
        version: None,
    };
    component.provides = component.provides.into_iter().chain([provided]).collect();
    component
}

pub(crate) fn sha1(byte: u8) -> Hash {
    Hash::new(HashAlgorithm::Sha1, &[byte; 20]).unwrap()
}

pub(crate) fn hashed(component: Component, hashes: &[Hash]) -> Component {
    component.with(|it| {
        it.hashes = hashes.into();
    })
}

pub(crate) fn flagged(mut component: Component, flags: Flags) -> Component {
    component.flags.set(flags, true);
    component
}

/// Builds a fragment.
#[derive(Default)]
pub(crate) struct Made(pub(crate) Fragment);

impl Made {
    pub(crate) fn new(path: &str) -> Self {
        Self(Fragment::default().with(|it| {
            it.path = path.into();
        }))
    }

    pub(crate) fn add(&mut self, component: Component) -> LocalId {
        self.0.add(component).unwrap()
    }

    pub(crate) fn root(&mut self, component: Component) -> LocalId {
        let id = self.add(component);
        self.0.roots.push(id);
        id
    }

    /// A package at `node_modules/<name>`, needed at run time by `from`.
    pub(crate) fn dependency(&mut self, from: LocalId, purl: &str) -> LocalId {
        let component = package(purl, "");
        let place = format!("node_modules/{}", component.name);
        let id = self.add(component.with(|it| {
            it.place = place.into();
        }));
        self.link(from, id);
        id
    }

    pub(crate) fn link(&mut self, from: LocalId, to: LocalId) {
        self.link_as(from, to, Phase::Runtime, Need::Required);
    }

    pub(crate) fn link_as(&mut self, from: LocalId, to: LocalId, phase: Phase, need: Need) {
        self.push(from, Target::Here(to), None, (phase, need));
    }

    pub(crate) fn ask(&mut self, from: LocalId, name: &str, need: Need) {
        self.push(
            from,
            Target::Named(NameSpace::of(SPACE)),
            Some(name),
            (Phase::Runtime, need),
        );
    }

    pub(crate) fn push(
        &mut self,
        from: LocalId,
        to: Target,
        name: Option<&str>,
        how: (Phase, Need),
    ) {
        let (phase, need) = how;
        self.0.links.push(Link::new(from, to).with(|it| {
            it.name = name.map(Into::into);
            it.range = None;
            it.phase = phase;
            it.need = need;
            it.problem = None;
            it.detail = None;
        }));
    }

    pub(crate) fn graph(self) -> Graph {
        linked(vec![self.0]).0
    }
}

pub(crate) fn linked(fragments: Vec<Fragment>) -> (Graph, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let graph = link(fragments, &mut diagnostics);
    assert_eq!(graph.verify(), Ok(()));
    (graph, diagnostics)
}

pub(crate) fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics.iter().map(|it| it.code.id).collect()
}

pub(crate) fn references(graph: &Graph) -> Vec<String> {
    graph
        .nodes()
        .map(|it| it.reference().into_owned())
        .collect()
}

pub(crate) fn node<'g>(graph: &'g Graph, reference: &str) -> NodeRef<'g> {
    let found = graph.nodes().find(|it| it.reference() == reference);
    found.unwrap_or_else(|| panic!("no {reference} among {:?}", references(graph)))
}

/// Places of a node, in order.
pub(crate) fn places(node: NodeRef<'_>) -> Vec<&str> {
    node.instances().iter().map(|it| &*it.place).collect()
}
