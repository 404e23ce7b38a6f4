use bomtrail_graph::{Component, Fragment, NoFiles, Origin, Purl};

use super::{KnownRegistries, apply};
use crate::manifest::npmrc::read_npmrc;

/// The Package URL of a package after the registries are applied.
fn applied(purl: &str, source: Option<&str>, registries: &KnownRegistries) -> String {
    let purl = Purl::parse(purl).unwrap();
    let component = Component::new("a").with(|it| {
        it.purl = Some(purl);
        it.origin = Origin::OtherRegistry;
        it.source = source.map(Into::into);
    });
    let mut fragment = Fragment::default();
    fragment.add(component);
    let mut fragments = [fragment];
    apply(registries, &mut fragments, &NoFiles);
    let found = fragments[0].components[0].purl.as_ref();
    found.unwrap().as_str().to_owned()
}

#[test]
fn mirrors_have_the_public_packages() {
    let mirrors = ["https://NPM.example.com/npm/".to_owned()];
    let registries = KnownRegistries::new(&[], &mirrors);
    let named = "pkg:npm/%40s/a@1.0.0?repository_url=https:%2F%2Fnpm.example.com%2Fnpm";
    let archive = "https://npm.example.com/npm/@s/a/-/a-1.0.0.tgz";
    let public = "pkg:npm/%40s/a@1.0.0";
    assert_eq!(applied(named, Some(archive), &registries), public);
    assert_eq!(applied(named, None, &registries), public);
    for other in [
        "pkg:npm/a@1.0.0?repository_url=https:%2F%2Fnpm.example.com%2Fnpm2",
        "pkg:npm/a@1.0.0?repository_url=https:%2F%2Fother.example.com%2Fnpm",
        "pkg:cpan/a@1.0.0?repository_url=https:%2F%2Fnpm.example.com%2Fnpm",
    ] {
        assert_eq!(applied(other, None, &registries), other);
    }
}

#[test]
fn archives_of_known_registries_are_registry_packages() {
    let known = ["https://npm.example.com".to_owned()];
    let registries = KnownRegistries::new(&known, &[]);
    let archive = "https://npm.example.com/odd/1.tgz";
    let by_address = "pkg:npm/a@1.0.0?download_url=https:%2F%2Fnpm.example.com%2Fodd%2F1.tgz";
    let by_registry = "pkg:npm/a@1.0.0?repository_url=https:%2F%2Fnpm.example.com";
    assert_eq!(applied(by_address, Some(archive), &registries), by_registry);
}

#[test]
fn settings_from_outside_of_the_project_decide_where_packages_come_from() {
    let read = |text: &str| read_npmrc(text.as_bytes(), &|_| None);
    let weaker = read("@s:registry=https://npm.example.com/");
    let scoped = KnownRegistries::default().settings(weaker.clone(), Vec::new());
    let public = "pkg:npm/%40s/a@1.0.0";
    let named = "pkg:npm/%40s/a@1.0.0?repository_url=https:%2F%2Fnpm.example.com";
    assert_eq!(applied(public, None, &scoped), named);
    assert_eq!(applied("pkg:npm/a@1.0.0", None, &scoped), "pkg:npm/a@1.0.0");
    let address = "https://npmjs.org/@s/a/-/a-1.0.0.tgz";
    assert_eq!(applied(public, Some(address), &scoped), public);
    let stronger = read("@s:registry=https://npmjs.org/");
    let back = KnownRegistries::default().settings(weaker, stronger);
    assert_eq!(applied(named, None, &back), public);
}
