use bomtrail_graph::{
    Component, Diagnostics, Fact, Flags, Fragment, Hash, HashAlgorithm, Kind, License, Link,
    LinkDetail, LocalId, Need, Origin, Phase, Problem, Purl, Role, Target, link,
};

use super::graph_text;

fn link_to(to: Target, name: &str, range: &str) -> Link {
    Link {
        from: LocalId(0),
        to,
        name: Some(name.into()),
        range: Some(range.into()),
        phase: Phase::Runtime,
        need: Need::Required,
        problem: None,
        detail: None,
    }
}

#[test]
fn every_fact_of_a_graph_is_a_line() {
    let root = Component {
        purl: Some(Purl::npm("app", Some("1.0.0")).unwrap()),
        version: Some("1.0.0".into()),
        kind: Kind::Application,
        role: Role::Root,
        origin: Origin::Directory,
        ..Component::new("app")
    };
    let mut package = Component {
        purl: Some(Purl::npm("@s/b", Some("2.0.0")).unwrap()),
        version: Some("2.0.0".into()),
        place: "node_modules/b c".into(),
        origin: Origin::Registry,
        hashes: [Hash::new(HashAlgorithm::Md5, &[7; 16]).unwrap()].into(),
        licenses: Fact::Known([License::declared("MIT").unwrap()].into()),
        ..Component::new("@s/b")
    };
    package.flags.set(Flags::INSTALL_SCRIPT, true);
    package.details_mut().engines = vec![("node".into(), ">= 18".into())];
    let detail = LinkDetail {
        alias: Some("c".into()),
        ..LinkDetail::default()
    };
    let fragment = Fragment {
        path: "package-lock.json".into(),
        components: vec![root, package],
        links: vec![
            Link {
                detail: detail.boxed(),
                ..link_to(Target::Here(LocalId(1)), "c", "npm:@s/b@^2.0.0")
            },
            Link {
                problem: Some(Problem::Missing),
                ..link_to(Target::Absent, "d", "")
            },
        ],
        roots: vec![LocalId(0)],
        ..Fragment::default()
    };
    let graph = link(vec![fragment], &mut Diagnostics::new());
    let expected = r#"input package-lock.json pre-build
pkg:npm/@s/b@2.0.0 required library registry install-script at "node_modules/b c"
  purl pkg:npm/%40s/b@2.0.0
  hash MD5 07070707070707070707070707070707
  license id MIT
  engine node=">= 18"
root pkg:npm/app@1.0.0 required application root directory at ""
  -> ? d "" runtime required missing
  -> pkg:npm/@s/b@2.0.0 c npm:@s/b@^2.0.0 runtime required alias=c
"#;
    assert_eq!(graph_text(&graph), expected);
}
