//! Whatever the fragments hold, the document is valid and consistent, and printed twice it is the same.

use std::collections::BTreeSet;

use bomtrail_cyclonedx::SpecVersion;
use bomtrail_graph::{Bom, Diagnostics, Ecosystem, Fragment, License, link};
use bomtrail_testkit::cases;
use bomtrail_testkit::{fragments, hostile_text};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::print::{TOOL, must_be_valid, print};

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn texts(value: &Value) -> Vec<&str> {
    list(value).map(|it| it.as_str().unwrap()).collect()
}

/// What begins the reference of something that is needed and not there.
const OUTSIDE: &str = "required:";

/// True for distinct references in order, those of what is not there behind the others.
fn nodes_first(references: &[&str]) -> bool {
    let key = |it: &&str| (it.starts_with(OUTSIDE), (*it).to_owned());
    references.is_sorted_by(|a, b| key(a) < key(b))
}

/// References are unique, sorted where they are listed, and point at components.
fn must_be_consistent(document: &Value) {
    let components: Vec<&str> = list(&document["components"])
        .map(|it| it["bom-ref"].as_str().unwrap())
        .collect();
    assert!(nodes_first(&components));
    let main = document["metadata"]["component"]["bom-ref"].as_str();
    let known: BTreeSet<&str> = components.iter().copied().chain(main).collect();
    assert_eq!(known.len(), components.len() + usize::from(main.is_some()));
    let mut seen = Vec::new();
    for entry in list(&document["dependencies"]) {
        seen.push(entry["ref"].as_str().unwrap());
        let targets = texts(&entry["dependsOn"]);
        assert!(nodes_first(&targets));
        assert!(targets.iter().all(|it| known.contains(it)));
    }
    assert!(seen.is_sorted_by(|a, b| a < b));
    // The dependencies of a missing component are unknown.
    let nodes = known.iter().filter(|it| !it.starts_with(OUTSIDE)).copied();
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), nodes.collect());
    let judged: Vec<&str> = list(&document["compositions"])
        .flat_map(|it| texts(&it["dependencies"]))
        .collect();
    assert_eq!(judged.len(), known.len());
    assert_eq!(judged.into_iter().collect::<BTreeSet<_>>(), known);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(16, 256)) })]

    #[test]
    fn every_graph_is_printed_validly(
        fragments in fragments(),
        texts in vec(hostile_text(), 3),
        urls in vec(url(), 4),
        emails in vec(email(), 1..4),
        official in any::<bool>(),
    ) {
        let fragments = with_more(fragments, &texts, official);
        let fragments = with_links(fragments, &urls, &emails);
        let first = link(fragments.clone(), &mut Diagnostics::new());
        let mut turned = fragments;
        turned.reverse();
        let second = link(turned, &mut Diagnostics::new());
        for version in SpecVersion::ALL {
            let (document, _) = print(&Bom::new(&first, TOOL), version);
            let (again, _) = print(&Bom::new(&second, TOOL), version);
            prop_assert_eq!(&document, &again);
            must_be_valid(&document, version);
            must_be_consistent(&serde_json::from_str(&document).unwrap());
        }
    }
}

/// Licences that no reader makes, and the names of a taxonomy.
fn with_more(mut fragments: Vec<Fragment>, texts: &[String], official: bool) -> Vec<Fragment> {
    let text = |at: usize| texts[at].clone().into_boxed_str();
    for component in fragments.iter_mut().flat_map(|it| &mut it.components) {
        component.ecosystem = Ecosystem::of_type("npm").filter(|_| official);
        if component.licenses.is_unknown() {
            let odd = [
                License::Id(text(0)),
                License::Expression(text(1)),
                License::Named(text(2)),
            ];
            component.licenses = bomtrail_graph::Fact::Known(odd.into());
        }
    }
    fragments
}

/// Nearly a URL.
fn url() -> impl Strategy<Value = String> {
    "(https?:|git\\+ssh:|file:|C:|)(//|/|)([a-zé.@:%\\[\\]0-9]{0,8})(/[^\\x00-\\x1f]{0,6}|)([?#][a-z%/?#]{0,4}|)"
}

/// Nearly an e-mail address.
fn email() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~\"ö -]{0,6}@{0,2}(\\[[0-9.]{0,7}\\]|[a-zA-Zö0-9._-]{0,8}(\\.[a-z0-9-]{0,3})?)"
}

/// URLs and addresses that come close to being valid.
fn with_links(mut fragments: Vec<Fragment>, urls: &[String], emails: &[String]) -> Vec<Fragment> {
    let url = |at: usize| Some(urls[at].clone().into_boxed_str());
    for component in fragments.iter_mut().flat_map(|it| &mut it.components) {
        component.source = url(0);
        if component.details.is_none() {
            continue;
        }
        let details = component.details_mut();
        details.homepage = url(1);
        details.repository = url(2);
        details.bugs = url(3);
        for (person, email) in details.authors.iter_mut().zip(emails) {
            person.email = Some(email.clone().into_boxed_str());
        }
        for (patch, path) in details.patches.iter_mut().zip(urls) {
            patch.path = path.clone().into_boxed_str();
        }
    }
    fragments
}
