//! Written lists: programs that know only the proposal can read them, and they approve no more than was asked for.

use std::collections::BTreeSet;

use bomtrail_approvals::edit::{Addition, EMPTY, Refusal, approve, deny, unapprove};
use bomtrail_approvals::{Basis, Date, parse};
use bomtrail_graph::Purl;
use proptest::prelude::*;
use serde_json::Value;

/// A list as the proposal has it: name to versions.
fn plain(text: &str) -> BTreeSet<(String, String)> {
    let value: Value = serde_json::from_str(text).unwrap();
    assert!(value["version"].is_number());
    let packages = value["packages"].as_object().unwrap();
    let pairs = packages.iter().flat_map(|(name, versions)| {
        let versions = versions.as_array().unwrap();
        versions
            .iter()
            .map(|it| (name.clone(), it.as_str().unwrap().to_owned()))
    });
    pairs.collect()
}

#[derive(Clone, Debug)]
enum Step {
    Approve(&'static str, &'static str, bool),
    Unapprove(&'static str, Option<&'static str>),
    Deny(&'static str, Option<&'static str>),
}

fn step() -> impl Strategy<Value = Step> {
    let name = || prop::sample::select(vec!["a", "b", "@s/a", "JSONStream", "zz"]);
    let version = || prop::sample::select(vec!["1.0.0", "1.10.0", "1.2.0", "2.0.0-rc.1"]);
    prop_oneof![
        6 => (name(), version(), any::<bool>()).prop_map(|(a, b, c)| Step::Approve(a, b, c)),
        1 => (name(), prop::option::of(version())).prop_map(|(a, b)| Step::Unapprove(a, b)),
        1 => (name(), prop::option::of(version())).prop_map(|(a, b)| Step::Deny(a, b)),
    ]
}

fn take(text: &str, step: &Step) -> Option<String> {
    let on = Date::parse("2026-11-21").unwrap();
    match *step {
        Step::Approve(name, version, noted) => {
            let purl = Purl::npm(name, Some(version)).unwrap();
            let (name, version) = (name.to_owned(), version.to_owned());
            let mut it = Addition::new(name, version, purl.to_string(), on);
            it.basis = noted.then_some(Basis::Bulk);
            it.note = noted.then(|| "quote \" and \\ and \u{1} and é".to_owned());
            approve("l", text, &[it]).ok()
        }
        Step::Unapprove(name, version) => {
            unapprove("l", text, &[(name.to_owned(), version.map(str::to_owned))]).ok()
        }
        Step::Deny(name, version) => {
            let mut it = Refusal::new(name.to_owned(), "malware".to_owned(), on);
            it.versions.extend(version.map(str::to_owned));
            deny("l", text, &[it]).ok()
        }
    }
}

proptest! {
    #[test]
    fn edits_do_what_they_say_and_nothing_more(steps in prop::collection::vec(step(), 0..12)) {
        let mut text = EMPTY.to_owned();
        let mut expected = BTreeSet::new();
        let mut refused: Vec<(&str, Option<&str>)> = Vec::new();
        for step in &steps {
            let Some(changed) = take(&text, step) else { continue };
            let document = parse("l", &changed);
            prop_assert!(document.is_ok(), "{changed}");
            match *step {
                Step::Approve(name, version, _) => {
                    let stands = refused.iter().any(|(it, only)| *it == name && only.is_none_or(|it| it == version));
                    prop_assert!(!stands, "a refused version was listed");
                    expected.insert((name.to_owned(), version.to_owned()));
                }
                Step::Unapprove(name, version) => expected.retain(|(it, of)| it != name || version.is_some_and(|it| it != of)),
                Step::Deny(name, version) => {
                    expected.retain(|(it, of)| it != name || version.is_some_and(|it| it != of));
                    refused.push((name, version));
                }
            }
            text = changed;
            prop_assert_eq!(&plain(&text), &expected);
            // It reads the same with everything but the proposal's own keys left out.
            let mut bare: Value = serde_json::from_str(&text).unwrap();
            let object = bare.as_object_mut().unwrap();
            object.retain(|key, _| matches!(key.as_str(), "version" | "packages" | "extends"));
            prop_assert!(parse("l", &bare.to_string()).is_ok());
            prop_assert!(text.ends_with(char::from(10)));
        }
    }
}
