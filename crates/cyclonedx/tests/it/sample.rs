//! A small project that has one of everything.

use bomtrail_graph::{
    Completeness, Component, Ecosystem, Fact, Flags, Fragment, Hash, HashAlgorithm, Kind, License,
    Licenses, Link, LinkDetail, LocalId, Need, Origin, Override, Patch, Person, Phase, Problem,
    Purl, Role, Target,
};

pub(crate) fn known(licenses: &[&str]) -> Fact<Licenses> {
    Fact::Known(
        licenses
            .iter()
            .filter_map(|it| License::declared(it))
            .collect(),
    )
}

/// An npm package of the public registry at its usual place.
pub(crate) fn package(name: &str, version: &str) -> Component {
    Component::new(name).with(|it| {
        it.version = Some(version.into());
        it.purl = Purl::npm(name, Some(version)).ok();
        it.place = format!("node_modules/{name}").into();
        it.origin = Origin::Registry;
        it.ecosystem = Ecosystem::of_type("npm");
    })
}

pub(crate) fn root(name: &str) -> Component {
    Component::new(name).with(|it| {
        it.version = Some("1.0.0".into());
        it.purl = Purl::build("generic", name).version("1.0.0").finish().ok();
        it.kind = Kind::Application;
        it.role = Role::Root;
        it.origin = Origin::Directory;
        it.ecosystem = Ecosystem::of_type("npm");
    })
}

pub(crate) fn needs(from: LocalId, to: LocalId) -> Link {
    Link::new(from, Target::Here(to)).with(|it| {
        it.name = None;
        it.range = Some("^1.0.0".into());
        it.phase = Phase::Runtime;
        it.need = Need::Required;
        it.problem = None;
        it.detail = None;
    })
}

pub(crate) fn sample() -> Fragment {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
        it.properties = vec![("bomtrail:npm:lockfileVersion".into(), "3".into())];
    });
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
        needs(app, plain).with(|it| {
            it.detail = LinkDetail::default()
                .with(|it| {
                    it.alias = Some("other-name".into());
                    it.overridden = Some(Override {
                        rule: "plain: 2.0.0".into(),
                        effective: "2.0.0".into(),
                    });
                })
                .boxed();
            it.name = Some("other-name".into());
        }),
        needs(app, scoped),
        needs(scoped, plain),
        needs(app, old).with(|it| {
            it.phase = Phase::Develop;
        }),
        needs(plain, plain).with(|it| {
            it.to = Target::Absent;
            it.name = Some("gone".into());
            it.problem = Some(Problem::Missing);
        }),
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
