use bomtrail_graph::{
    Component, Diagnostics, Fact, Flags, Fragment, Hash, HashAlgorithm, Kind, License, Link,
    LinkDetail, LocalId, Need, Origin, Phase, Problem, Purl, Role, Target, link,
};

use super::graph_text;

fn link_to(to: Target, name: &str, range: &str) -> Link {
    Link::new(LocalId(0), to).with(|it| {
        it.name = Some(name.into());
        it.range = Some(range.into());
        it.phase = Phase::Runtime;
        it.need = Need::Required;
        it.problem = None;
        it.detail = None;
    })
}

#[test]
fn every_fact_of_a_graph_is_a_line() {
    let root = Component::new("app").with(|it| {
        it.purl = Some(Purl::npm("app", Some("1.0.0")).unwrap());
        it.version = Some("1.0.0".into());
        it.kind = Kind::Application;
        it.role = Role::Root;
        it.origin = Origin::Directory;
    });
    let mut package = Component::new("@s/b").with(|it| {
        it.purl = Some(Purl::npm("@s/b", Some("2.0.0")).unwrap());
        it.version = Some("2.0.0".into());
        it.place = "node_modules/b c".into();
        it.origin = Origin::Registry;
        it.hashes = [Hash::new(HashAlgorithm::Md5, &[7; 16]).unwrap()].into();
        it.licenses = Fact::Known([License::declared("MIT").unwrap()].into());
    });
    package.flags.set(Flags::INSTALL_SCRIPT, true);
    package.details_mut().engines = vec![("node".into(), ">= 18".into())];
    let detail = LinkDetail::default().with(|it| {
        it.alias = Some("c".into());
    });
    let fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
        it.components = vec![root, package];
        it.links = vec![
            link_to(Target::Here(LocalId(1)), "c", "npm:@s/b@^2.0.0").with(|it| {
                it.detail = detail.boxed();
            }),
            link_to(Target::Absent, "d", "").with(|it| {
                it.problem = Some(Problem::Missing);
            }),
        ];
        it.roots = vec![LocalId(0)];
    });
    let graph = link(vec![fragment], &mut Diagnostics::new());
    let expected = r#"input package-lock.json pre-build
pkg:npm/@s/b@2.0.0 required library registry install-script at "node_modules/b c"
  purl pkg:npm/%40s/b@2.0.0
  hash MD5 07070707070707070707070707070707
  license id MIT
  engine node=">= 18"
root pkg:npm/app@1.0.0 required application root directory edges-incomplete at ""
  -> ? d "" runtime required missing
  -> pkg:npm/@s/b@2.0.0 c npm:@s/b@^2.0.0 runtime required alias=c
"#;
    assert_eq!(graph_text(&graph), expected);
}
