use super::*;
use crate::yarn::berry::keys::{Key, Keys};
use crate::yarn::berry::peered::Requirements;
use crate::yarn::records::Record;

/// A package: its name, what serves its requirements, and its peers.
type Package = (
    &'static str,
    &'static [(&'static str, usize)],
    &'static [&'static str],
);

/// What serves the peers of packages, of which the first is the root: package, peer and what serves it.
fn found(packages: &[Package]) -> Vec<(usize, usize, usize)> {
    let records: Vec<Record<'_>> = packages
        .iter()
        .map(|(name, _, peers)| Record {
            keys: vec![[*name, "@1"].concat().into()],
            peer_dependencies: peers.iter().map(|it| ((*it).into(), "*".into())).collect(),
            ..Record::default()
        })
        .collect();
    let keys = Keys::of(Key::all(&records));
    let mut required = Requirements::new(&keys, 0);
    for (_, serves, _) in packages {
        for (name, package) in *serves {
            required.add(name, keys.number(name), *package);
        }
        required.end();
    }
    let locators: Vec<String> = packages
        .iter()
        .map(|it| [it.0, "@npm:1"].concat())
        .collect();
    let located: Vec<_> = locators
        .iter()
        .map(|it| super::super::locator::parse(it))
        .collect();
    let peered = Peered::new(required, &keys, &records, &located);
    let found = resolve(&peered, &[0]).unwrap();
    found
        .iter()
        .map(|it| (it.package, it.peer, it.by))
        .collect()
}

#[test]
fn the_package_that_requires_another_serves_its_peers() {
    // Peers are in the order of their names: absent, hook, react.
    let packages: [Package; 4] = [
        ("root", &[("hook", 1), ("react", 3)], &[]),
        ("hook", &[("inner", 2)], &["react"]),
        ("inner", &[], &["react", "hook", "absent"]),
        ("react", &[], &[]),
    ];
    assert_eq!(found(&packages), [(1, 0, 3), (2, 1, 1), (2, 2, 3)]);
}

#[test]
fn the_last_entry_of_a_name_serves_a_peer() {
    let packages: [Package; 4] = [
        ("root", &[("x", 3), ("b", 1), ("x", 2)], &[]),
        ("b", &[], &["x"]),
        ("x", &[], &[]),
        ("y", &[], &[]),
    ];
    assert_eq!(found(&packages), [(1, 0, 2)]);
}

#[test]
fn packages_that_require_each_other_end() {
    let packages: [Package; 2] = [("a", &[("b", 1)], &["x"]), ("b", &[("a", 0)], &["x"])];
    assert_eq!(found(&packages), []);
}
