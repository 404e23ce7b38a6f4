//! Lists that extend lists: cycles, diamonds, depth, remote lists.

use std::cell::RefCell;
use std::collections::BTreeMap;

use bomtrail_approvals::{LoadOptions, load, write_lock};
use bomtrail_testkit::MemoryFiles;

fn extending(all: &[&str]) -> String {
    format!(r#"{{"version": 1, "extends": {all:?}}}"#)
}

fn codes(files: &MemoryFiles) -> Vec<String> {
    match load("list.json", files, &LoadOptions::default()) {
        Ok(loaded) => {
            let all = loaded.list.diagnostics.iter();
            all.map(|it| it.code.id.to_owned()).collect()
        }
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_cycle_is_printed() {
    let (a, b, c) = (
        extending(&["b.json"]),
        extending(&["sub/c.json"]),
        extending(&["../list.json"]),
    );
    let files = MemoryFiles::new([
        ("list.json", a.as_str()),
        ("b.json", &b),
        ("sub/c.json", &c),
    ]);
    let found = codes(&files);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].contains("`list.json` → `b.json` → `sub/c.json` → `list.json`"),
        "{found:?}"
    );
}

#[test]
fn a_diamond_is_read_once() {
    let (a, b) = (extending(&["b.json", "c.json"]), extending(&["d.json"]));
    let d = r#"{"version": 1, "packages": {"x": ["1.0.0"]}}"#;
    let files = MemoryFiles::new([
        ("list.json", a.as_str()),
        ("b.json", &b),
        ("c.json", &b),
        ("d.json", d),
    ]);
    let loaded = load("list.json", &files, &LoadOptions::default()).unwrap();
    assert_eq!(loaded.list.len(), 1);
    assert_eq!(loaded.list.files().count(), 4);
}

#[test]
fn depth_has_a_limit() {
    let mut files = MemoryFiles::default();
    files.insert("list.json", extending(&["0.json"]).as_bytes());
    for number in 0..20 {
        let next = format!("{}.json", number + 1);
        files.insert(&format!("{number}.json"), extending(&[&next]).as_bytes());
    }
    assert!(codes(&files)[0].contains("longer than 16"));
    let options = LoadOptions {
        max_depth: 1,
        ..LoadOptions::default()
    };
    let (a, b, c) = (
        extending(&["b.json"]),
        extending(&["c.json"]),
        r#"{"version": 1}"#,
    );
    let files = MemoryFiles::new([("list.json", a.as_str()), ("b.json", &b), ("c.json", c)]);
    assert!(load("list.json", &files, &options).is_err());
}

#[test]
fn a_list_that_is_named_must_be_there() {
    let a = extending(&["b.json"]);
    assert!(
        codes(&MemoryFiles::new([("list.json", a.as_str())]))[0]
            .contains("`list.json` extends this file")
    );
    assert!(codes(&MemoryFiles::default())[0].contains("cannot be read"));
    let outside = extending(&["../b.json"]);
    let files = MemoryFiles::new([
        ("list.json", outside.as_str()),
        ("../b.json", r#"{"version": 1}"#),
    ]);
    assert_eq!(codes(&files), ["approvals/outside"]);
}

#[test]
fn remote_lists_are_fetched_once_and_read_from_what_is_vendored() {
    let org = "https://policy.example.com/lists/org.json";
    let base = "https://policy.example.com/lists/base.json";
    let pages = BTreeMap::from([
        (org, extending(&["base.json"])),
        (
            base,
            r#"{"version": 1, "packages": {"x": ["1.0.0"]}}"#.to_owned(),
        ),
    ]);
    let asked = RefCell::new(Vec::new());
    let fetch = |url: &str| {
        asked.borrow_mut().push(url.to_owned());
        let page = pages.get(url).map(|it| it.as_bytes().to_vec());
        page.ok_or_else(|| "is not there".to_owned())
    };
    let own = extending(&[org]);
    let mut files = MemoryFiles::new([("list.json", own.as_str())]);
    assert!(codes(&files)[0].contains("is not in `package-approvals.lock.json`"));
    let options = LoadOptions {
        fetch: Some(&fetch),
        ..LoadOptions::default()
    };
    let fetched = load("list.json", &files, &options).unwrap();
    assert_eq!(*asked.borrow(), [org, base]);
    files.insert(
        "package-approvals.lock.json",
        write_lock(&fetched.lock).as_bytes(),
    );
    assert!(codes(&files)[0].contains("cannot be read"));
    for (path, bytes) in &fetched.vendored {
        files.insert(path, bytes);
    }
    let loaded = load("list.json", &files, &LoadOptions::default()).unwrap();
    assert_eq!(
        (loaded.list.len(), loaded.lock.clone()),
        (1, fetched.lock.clone())
    );
    for path in fetched.vendored.keys() {
        files.insert(path, br#"{"version": 1, "packages": {"evil": ["1.0.0"]}}"#);
    }
    assert!(codes(&files)[0].contains("another digest than the locked one"));
}

#[test]
fn an_extending_list_can_pin_a_digest() {
    let own = r#"{"version": 1, "extends": [{"path": "org.json"}, {"path": "org.json", "integrity": "sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="}]}"#;
    let files = MemoryFiles::new([("list.json", own), ("org.json", r#"{"version": 1}"#)]);
    assert!(codes(&files)[0].contains("digest pinned in `extends`"));
}
