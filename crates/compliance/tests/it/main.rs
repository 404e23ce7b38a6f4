//! Every row of every profile: present with its fact, and absent when only that fact is removed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod rows;
mod states;

use bomtrail_compliance::Subject;
use bomtrail_graph::{
    Component, Diagnostics, Fact, Format, Fragment, Graph, Hash, HashAlgorithm, License, Link,
    Need, Origin, Person, Phase, ProductFacts, ProductKey, Purl, Role, Target, Tool, link,
};

/// A project with one dependency, and all facts about both.
struct World {
    root: Component,
    dependency: Component,
    roots: bool,
    facts: ProductFacts,
    subject: Subject<'static>,
    lifecycle: bomtrail_graph::Lifecycle,
    /// Whether the project concluded a licence.
    stated: bool,
    /// Whether the graph comes from a document of another producer.
    read: bool,
}

fn sha512(byte: u8) -> Hash {
    Hash::new(HashAlgorithm::Sha512, &[byte; 64]).unwrap()
}

fn complete() -> World {
    let mut root = Component::new("app");
    root.version = Some("1.0.0".into());
    root.purl = Some("pkg:generic/app@1.0.0".parse().unwrap());
    root.role = Role::Root;
    root.origin = Origin::Directory;
    root.licenses = Fact::Known([License::declared("MIT").unwrap()].into());
    root.source = Some("https://example.com/app-1.0.0.tgz".into());
    root.details_mut().repository = Some("https://example.com/app".into());
    let mut dependency = Component::new("left");
    dependency.version = Some("2.0.0".into());
    dependency.purl = Some("pkg:npm/left@2.0.0".parse::<Purl>().unwrap());
    dependency.place = "node_modules/left".into();
    dependency.origin = Origin::Registry;
    dependency.source = Some("https://npm.example.com/left/-/left-2.0.0.tgz".into());
    dependency.hashes = Box::new([sha512(1)]);
    dependency.licenses = Fact::Known([License::declared("ISC").unwrap()].into());
    let details = dependency.details_mut();
    details.repository = Some("https://example.com/left".into());
    details.authors = vec![Person {
        name: "Ann".into(),
        email: Some("ann@example.com".into()),
        url: None,
    }];
    let mut facts = ProductFacts::default();
    for row in ProductKey::TABLE {
        facts.set(row.key, Fact::Known(row.shape.example().into()));
    }
    facts.hashes = vec![sha512(2)];
    World {
        root,
        dependency,
        roots: true,
        facts,
        subject: subject(),
        lifecycle: bomtrail_graph::Lifecycle::PreBuild,
        stated: true,
        read: false,
    }
}

fn subject() -> Subject<'static> {
    // An empty graph until the real one is built.
    static NONE: std::sync::LazyLock<Graph> = std::sync::LazyLock::new(Graph::default);
    Subject {
        timestamp: Some("2026-11-21T00:00:00Z"),
        tool: Some(Tool {
            name: "bomtrail",
            version: "1.0.0",
        }),
        format: Some(Format {
            name: "cyclonedx-json",
            version: "1.6",
        }),
        ..Subject::new(&NONE)
    }
}

impl World {
    fn graph(&self) -> Graph {
        let mut fragment = Fragment::default().with(|it| {
            it.path = "package-lock.json".into();
            it.lifecycle = self.lifecycle;
        });
        if self.read {
            let property = ("bomtrail:document".into(), "CycloneDX 1.6".into());
            fragment.properties.push(property);
        }
        let root = fragment.add(self.root.clone()).unwrap();
        let dependency = fragment.add(self.dependency.clone()).unwrap();
        fragment
            .links
            .push(Link::new(root, Target::Here(dependency)).with(|it| {
                it.name = None;
                it.range = None;
                it.phase = Phase::Runtime;
                it.need = Need::Required;
                it.problem = None;
                it.detail = None;
            }));
        if self.roots {
            fragment.roots.push(root);
        }
        link(vec![fragment], &mut Diagnostics::new())
    }
}
