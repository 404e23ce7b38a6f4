//! A small project that has one of everything.

use bomtrail_graph::{
    Completeness, Component, Ecosystem, Fact, Flags, Fragment, Hash, HashAlgorithm, Kind, License,
    Link, LinkDetail, LocalId, Need, Origin, Override, Patch, Person, Phase, Problem, Purl, Role,
    Target,
};

pub(crate) fn known(licenses: &[&str]) -> Fact<Box<[License]>> {
    Fact::Known(
        licenses
            .iter()
            .filter_map(|it| License::declared(it))
            .collect(),
    )
}

/// An npm package of the public registry at its usual place.
pub(crate) fn package(name: &str, version: &str) -> Component {
    Component {
        version: Some(version.into()),
        purl: Purl::npm(name, Some(version)).ok(),
        place: format!("node_modules/{name}").into(),
        origin: Origin::Registry,
        ecosystem: Ecosystem::of_type("npm"),
        ..Component::new(name)
    }
}

pub(crate) fn root(name: &str) -> Component {
    Component {
        version: Some("1.0.0".into()),
        purl: Purl::build("generic", name).version("1.0.0").finish().ok(),
        kind: Kind::Application,
        role: Role::Root,
        origin: Origin::Directory,
        ecosystem: Ecosystem::of_type("npm"),
        ..Component::new(name)
    }
}

pub(crate) fn needs(from: LocalId, to: LocalId) -> Link {
    Link {
        from,
        to: Target::Here(to),
        name: None,
        range: Some("^1.0.0".into()),
        phase: Phase::Runtime,
        need: Need::Required,
        problem: None,
        detail: None,
    }
}

pub(crate) fn sample() -> Fragment {
    let mut fragment = Fragment {
        path: "package-lock.json".into(),
        properties: vec![("bomtrail:npm:lockfileVersion".into(), "3".into())],
        ..Fragment::default()
    };
    let app = fragment.add(root("app")).unwrap();
    let scoped = fragment.add(rich()).unwrap();
    let plain = fragment.add(package("plain", "2.0.0")).unwrap();
    let mut old = package("old", "0.1.0");
    old.flags = Flags::DEV;
    old.licenses = known(&["(MIT OR Apache-2.0)"]);
    old.dependencies = Completeness::Unknown;
    let old = fragment.add(old).unwrap();
    fragment.roots = vec![app];
    fragment.links = vec![
        Link {
            detail: LinkDetail {
                alias: Some("other-name".into()),
                overridden: Some(Override {
                    rule: "plain: 2.0.0".into(),
                    effective: "2.0.0".into(),
                }),
                ..LinkDetail::default()
            }
            .boxed(),
            name: Some("other-name".into()),
            ..needs(app, plain)
        },
        needs(app, scoped),
        needs(scoped, plain),
        Link {
            phase: Phase::Develop,
            ..needs(app, old)
        },
        Link {
            to: Target::Absent,
            name: Some("gone".into()),
            problem: Some(Problem::Missing),
            ..needs(plain, plain)
        },
    ];
    fragment
}

/// A package that states everything.
fn rich() -> Component {
    let mut it = package("@scope/rich", "1.2.3");
    let hash = |algorithm: HashAlgorithm| {
        Hash::new(algorithm, &vec![0xab; algorithm.digest_len()]).unwrap()
    };
    it.hashes = [hash(HashAlgorithm::Sha512), hash(HashAlgorithm::Sha1)].into();
    it.source = Some("https://npm.example.com/@scope/rich/-/rich-1.2.3.tgz".into());
    it.licenses = known(&["MIT"]);
    it.flags.set(Flags::INSTALL_SCRIPT, true);
    it.flags.set(Flags::BUNDLED, true);
    let details = it.details_mut();
    details.description = Some("states \"everything\"".into());
    details.authors = vec![
        Person {
            name: "Ann".into(),
            email: Some("ann@example.com".into()),
            url: None,
        },
        Person {
            name: "Bob".into(),
            email: Some("bob at example".into()),
            url: Some("https://example.com/bob".into()),
        },
    ];
    details.homepage = Some("https://example.com/rich".into());
    details.repository = Some("git+https://example.com/rich.git".into());
    details.bugs = Some("not a url".into());
    details.funding = vec!["https://example.com/fund".into()];
    details.deprecated = Some("use plain".into());
    details.engines = vec![("node".into(), ">=18".into())];
    details.os = vec!["!win32".into()];
    details.cpu = vec!["x64".into()];
    details.bundled_by = Some("node_modules/plain".into());
    details.patches = vec![Patch {
        path: "my patches/rich.patch".into(),
        hashes: vec![Hash::new(HashAlgorithm::Md5, &[1; 16]).unwrap()],
    }];
    it
}
