use bomtrail_document::{from_json, from_json_with_commas};

use super::*;

#[test]
fn the_elements_of_a_package_are_found_by_their_types() {
    let text = r#"{
        "lockfileVersion": 1,
        "workspaces": {"": {"name": "root", "devDependencies": {"a": "^1"}}, "b": 1},
        "packages": {
            "a": ["a@1.0.0", "", {"dependencies": {"b": "2", "c": 3}, "os": "linux", "bin": {"a": "x"}}, "sha512-AA=="],
            "b": ["b@github:o/r#1", {"optionalPeers": ["p", 1]}, "o-r-1", "sha512-BB=="],
            "c": ["c@workspace:c"],
            "d": [1],
            "e": {},
            "f": ["f@1", ["x"], null, "sha1-CC", "", {"bundled": true}, {"libc": "musl"}]
        },
    }"#;
    let file: File<'_> = from_json_with_commas(text).unwrap();
    let packages: Vec<_> = file
        .packages
        .iter()
        .map(|(key, it)| (&**key, it.as_ref()))
        .collect();
    let [
        ("a", Some(a)),
        ("b", Some(b)),
        ("c", Some(c)),
        ("d", None),
        ("e", None),
        ("f", Some(f)),
    ] = &*packages
    else {
        panic!("{packages:?}");
    };
    assert_eq!(
        (&*a.id, a.registry.as_deref(), a.integrity.as_deref()),
        ("a@1.0.0", Some(""), Some("sha512-AA=="))
    );
    let info = a.info.as_ref().unwrap();
    assert_eq!(info.dependencies, [("b".into(), "2".into())]);
    assert_eq!(
        info.platform(Field::Os).map(Value::texts),
        Some(vec!["linux"])
    );
    assert_eq!(info.platform(Field::Cpu), None);
    assert_eq!(
        (b.registry.as_deref(), b.integrity.as_deref()),
        (None, Some("sha512-BB=="))
    );
    assert_eq!(b.info.as_ref().unwrap().optional_peers, ["p"]);
    assert!(!c.has_info && c.registry.is_none() && c.integrity.is_none());
    assert_eq!(
        (f.registry.as_deref(), f.integrity.as_deref()),
        (None, Some("sha1-CC"))
    );
    assert!(
        f.info
            .as_ref()
            .is_some_and(|it| it.is_bundled && it.platform(Field::Libc).is_none())
    );
    let [(root, stated), (_, other)] = &*file.workspaces else {
        panic!("{:?}", file.workspaces);
    };
    assert_eq!((&**root, stated.name.as_deref()), ("", Some("root")));
    assert_eq!(stated.info.dev_dependencies.len(), 1);
    assert!(other.name.is_none());
    assert!(file.field("lockfileVersion").is_some() && file.field("packages").is_none());
}

#[test]
fn the_last_of_repeated_keys_counts() {
    let text = r#"{"packages": {"z": ["z@1"], "a": ["a@1"], "z": ["z@2", {"dependencies": {"x": "1", "b": "1", "x": 2}}]}, "x": 1, "x": 2}"#;
    let file: File<'_> = from_json(text).unwrap();
    let ids: Vec<&str> = file
        .packages
        .iter()
        .filter_map(|(_, it)| Some(&*it.as_ref()?.id))
        .collect();
    assert_eq!(ids, ["a@1", "z@2"]);
    let last = file
        .packages
        .last()
        .and_then(|(_, it)| it.as_ref()?.info.as_ref());
    assert_eq!(last.unwrap().dependencies, [("b".into(), "1".into())]);
    assert_eq!(file.field("x"), Some(&Value::Number(2.0)));
    let none: File<'_> = from_json(r#"{"packages": {"a": ["a@1"]}, "packages": []}"#).unwrap();
    assert!(none.packages.is_empty() && !none.is_other);
    assert!(from_json::<File<'_>>("[]").unwrap().is_other);
}
