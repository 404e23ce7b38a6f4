//! The store: what is added stays, once, whatever happens in between.

use bomtrail_fleet::{Added, Rejected, Store, StoreError};

use crate::make::{fleet, record};

#[test]
fn what_is_added_twice_is_stored_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    let mut store = Store::create(&path).unwrap();
    assert_eq!(store.add(&fleet()).unwrap(), [Added::New; 4]);
    assert_eq!(store.add(&fleet()).unwrap(), [Added::Known; 4]);
    drop(store);
    let mut other = Store::open(&path).unwrap();
    assert_eq!(other.add(&fleet()).unwrap(), [Added::Known; 4]);
    assert_eq!(other.list().unwrap().sboms.len(), 4);
    let verified = other.verify().unwrap();
    assert_eq!((verified.sboms, verified.damages), (4, Vec::new()));
}

/// The numbers of packages that one writer remembers are wrong when another one removes packages in between.
#[test]
fn writers_do_not_rely_on_what_others_remove() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    let mut first = Store::create(&path).unwrap();
    let mut second = Store::open(&path).unwrap();
    first
        .add(&[record("a", "1", "2026-01-01", &["a@1.0.0 > x@1.0.0"])])
        .unwrap();
    let all = second.selected("a").unwrap();
    second.remove(&[&all[0]]).unwrap();
    second.compact().unwrap();
    second
        .add(&[record("b", "1", "2026-01-01", &["b@1.0.0 > y@1.0.0"])])
        .unwrap();
    first
        .add(&[record("c", "1", "2026-01-01", &["c@1.0.0 > x@1.0.0"])])
        .unwrap();
    assert_eq!(first.verify().unwrap().damages, []);
    assert_eq!(first.locate("x").unwrap().found[0].product, "c");
}

#[test]
fn removing_leaves_the_rest_intact() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("fleet.db")).unwrap();
    store.add(&fleet()).unwrap();
    let release = store.selected("shop@1.1.0").unwrap();
    assert_eq!(store.remove(&[&release[0]]).unwrap(), 1);
    assert_eq!(store.remove(&[&release[0]]).unwrap(), 0);
    let found = store.locate("bad@1.0.0").unwrap().found;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].product, "desk");
    let compacted = store.compact().unwrap();
    assert_eq!(
        compacted.packages, 2,
        "`shop@1.1.0` and `web@1.1.0` are in no other SBOM"
    );
    assert_eq!(store.verify().unwrap().damages, []);
}

#[test]
fn a_rejected_file_is_forgotten_when_it_is_added() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("fleet.db")).unwrap();
    let first = Rejected::new("shop-1.0.0.json", "not JSON", "2026-01-01T00:00:00Z");
    let other = Rejected::new("other.json", "empty", "2026-01-01T00:00:00Z");
    store.reject(&[first, other.clone()]).unwrap();
    store.add(&fleet()[..1]).unwrap();
    assert_eq!(store.list().unwrap().rejected, [other]);
}

/// A row that is changed behind the back of the store.
#[test]
fn damage_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    let mut store = Store::create(&path).unwrap();
    store.add(&fleet()).unwrap();
    for change in [
        "UPDATE occurrence SET via = 1 WHERE document = 2 AND via IS NOT NULL",
        "UPDATE document SET released_at = '2020-01-01T00:00:00Z' WHERE id = 1",
        "DELETE FROM sighting WHERE document = 3",
        "UPDATE dependency SET edges = x'' WHERE document = 4",
        "DELETE FROM dependency WHERE document = 2",
        "DELETE FROM block",
        "INSERT INTO sighting VALUES (0, 1, 4)",
    ] {
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch(&["BEGIN; ", change].concat()).unwrap();
        other.execute_batch("COMMIT").unwrap();
        assert!(!store.verify().unwrap().damages.is_empty(), "{change}");
        drop(other);
        let ids: Vec<String> = store
            .list()
            .unwrap()
            .sboms
            .into_iter()
            .map(|it| it.sbom_id)
            .collect();
        store
            .remove(&ids.iter().map(String::as_str).collect::<Vec<_>>())
            .unwrap();
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch("DELETE FROM sighting; DELETE FROM occurrence")
            .unwrap();
        store.add(&fleet()).unwrap();
        assert_eq!(store.verify().unwrap().damages, []);
    }
}

#[test]
fn other_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.db");
    std::io::Write::write_all(&mut std::fs::File::create(&text).unwrap(), &[b'x'; 4096]).unwrap();
    assert!(matches!(
        Store::create(&text),
        Err(StoreError::Other { .. })
    ));
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    assert!(matches!(
        Store::create(&other),
        Err(StoreError::Other { .. })
    ));
    let newer = folder.path().join("newer.db");
    drop(Store::create(&newer).unwrap());
    rusqlite::Connection::open(&newer)
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    assert!(matches!(
        Store::create(&newer),
        Err(StoreError::Newer { version: 99, .. })
    ));
    let missing = folder.path().join("missing.db");
    assert!(matches!(
        Store::read(&missing),
        Err(StoreError::Missing { .. })
    ));
    assert!(!missing.exists());
}

/// A store as the first version of the program made it.
fn older(path: &std::path::Path) {
    drop(Store::create(path).unwrap());
    let mut store = Store::open(path).unwrap();
    store.add(&fleet()).unwrap();
    drop(store);
    let connection = rusqlite::Connection::open(path).unwrap();
    let back = "BEGIN; DROP VIEW components; DROP TABLE sighting; DROP TABLE block; \
                CREATE TABLE sighting (package INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (package, document)) \
                WITHOUT ROWID; \
                INSERT INTO sighting SELECT DISTINCT package, document FROM occurrence; \
                PRAGMA user_version = 1; COMMIT;";
    let first = include_str!("../../src/store/schema/1.sql");
    let view = first.get(first.find("CREATE VIEW components").unwrap()..);
    connection.execute_batch(back).unwrap();
    connection.execute_batch(view.unwrap()).unwrap();
}

fn version(path: &std::path::Path) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0));
    version.unwrap()
}

#[test]
fn an_older_store_answers_and_takes_more() {
    let folder = tempfile::tempdir().unwrap();
    for (name, open) in [
        ("read.db", Store::read as fn(&std::path::Path) -> _),
        ("open.db", Store::open),
        ("create.db", Store::create),
    ] {
        let path = folder.path().join(name);
        older(&path);
        assert_eq!(version(&path), 1);
        let store = open(&path).unwrap();
        assert_eq!(version(&path), 2, "{name}");
        assert_eq!(store.locate("bad@1.0.0").unwrap().found.len(), 2);
        assert_eq!(store.verify().unwrap().damages, []);
        let mut store = Store::open(&path).unwrap();
        assert_eq!(store.add(&fleet()).unwrap(), [Added::Known; 4]);
        let more = record("more", "1", "2026-05-01", &["more@1.0.0 > bad@1.0.0"]);
        assert_eq!(store.add(&[more]).unwrap(), [Added::New]);
        assert_eq!(store.locate("bad@1.0.0").unwrap().found.len(), 3);
        assert_eq!(store.verify().unwrap().damages, []);
    }
}

/// The view of the store has the rows of the table, whatever the block of a document is.
#[test]
fn documents_of_all_blocks_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    let mut store = Store::create(&path).unwrap();
    store.add(&fleet()[..2]).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    // The next document is in the third block.
    let change = "BEGIN; UPDATE document SET id = 2500 WHERE id = 2; UPDATE occurrence SET document = 2500 WHERE document = 2; \
                  UPDATE dependency SET document = 2500 WHERE document = 2; INSERT INTO block VALUES (2); \
                  UPDATE sighting SET block = 2, document = 2500 WHERE document = 2; COMMIT";
    connection.execute_batch(change).unwrap();
    store.add(&fleet()[2..]).unwrap();
    assert_eq!(store.verify().unwrap().damages, []);
    assert_eq!(store.locate("bad").unwrap().found.len(), 3);
    let count = |table: &str| -> i64 {
        let select = ["SELECT COUNT(*) FROM ", table].concat();
        connection.query_row(&select, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count("components"), count("occurrence"));
    let shop = store.selected("shop").unwrap();
    let shop: Vec<&str> = shop.iter().map(String::as_str).collect();
    store.remove(&shop).unwrap();
    assert_eq!(store.verify().unwrap().damages, []);
    assert_eq!(count("components"), count("occurrence"));
    assert_eq!(store.compact().unwrap().packages, 8);
    assert_eq!(store.locate("bad").unwrap().found.len(), 1);
}
