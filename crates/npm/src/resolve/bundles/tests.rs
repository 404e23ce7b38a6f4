use crate::package::entry::{Entry, Field};
use crate::package::value::Value;
use crate::resolve::tree::Tree;

use super::bundlers;

/// An entry with dependencies and a list of bundled packages.
fn entry(dependencies: &[&'static str], bundled: &[&'static str]) -> Entry<'static> {
    let pairs = dependencies.iter().map(|it| ((*it).into(), "*".into()));
    let mut entry = Entry {
        dependencies: pairs.collect(),
        ..Entry::default()
    };
    if !bundled.is_empty() {
        let names = bundled.iter().map(|it| Value::Text((*it).into()));
        let list = Value::List(names.collect());
        entry.facts.to_mut().push((Field::BundleDependencies, list));
    }
    entry
}

/// The places that are in a list of bundled packages, each with the place of that list.
fn found(all: Vec<(&'static str, Entry<'static>)>) -> Vec<String> {
    let (places, entries): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let tree = Tree::new(places.iter().map(|it| (*it, false)));
    let found = bundlers(&entries.into_iter().collect(), &tree);
    let pairs = places.iter().zip(found);
    let pairs = pairs.filter_map(|(place, it)| Some((place, places.get(it.get()? as usize)?)));
    pairs
        .map(|(place, by)| format!("{place} <- {by}"))
        .collect()
}

#[test]
fn a_list_counts_and_so_does_what_it_needs() {
    let all = vec![
        ("", entry(&["p"], &[])),
        ("node_modules/p", entry(&["a"], &["a"])),
        ("node_modules/p/node_modules/a", entry(&["b", "c"], &[])),
        (
            "node_modules/p/node_modules/a/node_modules/x",
            entry(&[], &[]),
        ),
        ("node_modules/p/node_modules/b", entry(&[], &[])),
        ("node_modules/p/node_modules/other", entry(&[], &[])),
        ("node_modules/c", entry(&[], &[])),
    ];
    let expected = [
        "node_modules/p/node_modules/a <- node_modules/p",
        "node_modules/p/node_modules/a/node_modules/x <- node_modules/p",
        "node_modules/p/node_modules/b <- node_modules/p",
    ];
    assert_eq!(found(all), expected);
}

#[test]
fn the_outermost_list_counts() {
    let all = vec![
        ("", entry(&["p"], &["p"])),
        ("node_modules/p", entry(&["a"], &["a"])),
        ("node_modules/p/node_modules/a", entry(&[], &[])),
    ];
    let expected = ["node_modules/p <- ", "node_modules/p/node_modules/a <- "];
    assert_eq!(found(all), expected);
}
