use bomtrail_graph::{
    Component, Diagnostics, Fragment, Hash, HashAlgorithm, Link, Phase, Role, Target, link,
};

use super::*;

fn package(name: &str, version: &str) -> Component {
    Component::new(name).with(|it| {
        it.version = Some(version.into());
        it.purl = Purl::npm(name, Some(version)).ok();
        it.place = ["node_modules/", name].concat().into();
    })
}

/// A graph in which the project needs the first package, that the second, and so on.
fn chain(packages: Vec<Component>) -> Graph {
    let mut fragment = Fragment::default();
    let root = Component::new("app").with(|it| {
        it.role = Role::Root;
    });
    let mut from = fragment.add(root).unwrap();
    fragment.roots = vec![from];
    for package in packages {
        let to = fragment.add(package).unwrap();
        fragment
            .links
            .push(Link::new(from, Target::Here(to)).with(|it| {
                it.name = None;
                it.range = None;
                it.phase = Phase::Runtime;
                it.need = Need::Required;
                it.problem = None;
                it.detail = None;
            }));
        from = to;
    }
    link(vec![fragment], &mut Diagnostics::new())
}

fn text(old: &Graph, new: &Graph) -> String {
    let mut out = Vec::new();
    diff(old, new).write_text(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn what_came_went_and_changed_is_told_with_who_brought_it() {
    let old = chain(vec![package("a", "1.0.0"), package("gone", "1.0.0")]);
    let new = chain(vec![package("a", "2.0.0"), package("new", "1.0.0")]);
    assert_eq!(
        text(&old, &new),
        "added pkg:npm/new 1.0.0 (through a)\n\
         removed pkg:npm/gone 1.0.0\n\
         version pkg:npm/a 1.0.0 -> 2.0.0 (through a)\n"
    );
    assert_eq!(text(&old, &old), "");
}

#[test]
fn other_bytes_licences_and_scripts_under_one_version_are_told() {
    let with = |byte: u8, license: &str, script: bool| {
        let mut it = package("a", "1.0.0");
        it.hashes = [Hash::new(HashAlgorithm::Md5, &[byte; 16]).unwrap()].into();
        it.licenses = Fact::Known(License::declared(license).into_iter().collect());
        it.flags.set(Flags::INSTALL_SCRIPT, script);
        chain(vec![it])
    };
    let told = text(&with(0, "MIT", false), &with(1, "ISC", true));
    let zeros = "0".repeat(32);
    let ones = "01".repeat(16);
    assert_eq!(
        told,
        format!(
            "license pkg:npm/a@1.0.0 MIT -> ISC\n\
             hash pkg:npm/a@1.0.0 MD5:{zeros} -> MD5:{ones}\n\
             install-script pkg:npm/a 1.0.0 (through a)\n"
        )
    );
}

#[test]
fn mark_up_in_a_name_is_no_mark_up() {
    let new = chain(vec![Component::new("a|b`<img>")]);
    let mut out = Vec::new();
    diff(&chain(Vec::new()), &new)
        .write_markdown(&mut out)
        .unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(page.contains("| a\\|b\\`\\<img\\> |"), "{page}");
}
