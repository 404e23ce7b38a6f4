//! Small graphs and records for tests.

use bomtrail_advisories::{Builder, Database, Index, feed, find};
use bomtrail_graph::{
    Advisories, Component, Date, Diagnostics, Fragment, Graph, Link, Places, Purl, Role, Target,
    link_with_places,
};
use serde_json::{Value, json};

/// A project that depends on these packages of npm.
pub(crate) fn project(packages: &[(&str, &str)]) -> (Graph, Places) {
    let mut fragment = Fragment::default().with(|it| it.path = "package-lock.json".into());
    let root = Component::new("app").with(|it| it.role = Role::Root);
    let root = fragment.add(root).unwrap();
    fragment.roots.push(root);
    for (number, (name, version)) in packages.iter().enumerate() {
        let package = Component::new(name).with(|it| {
            it.version = Some((*version).into());
            it.purl = Purl::npm(name, Some(version)).ok();
            it.place = format!("node_modules/{number}").into();
        });
        let id = fragment.add(package).unwrap();
        let edge = Link::new(root, Target::Here(id)).with(|it| it.range = Some("*".into()));
        fragment.links.push(edge);
    }
    link_with_places(None, vec![fragment], &mut Diagnostics::new())
}

/// The database of records, and what is odd about them.
pub(crate) fn database(records: &[Value]) -> (Database, Diagnostics) {
    let mut builder = Builder::new();
    let mut diagnostics = Diagnostics::new();
    feed::begin(&mut builder, "test", "00");
    for it in records {
        feed::read_json(
            &mut builder,
            "test",
            it.to_string().as_bytes(),
            &mut diagnostics,
        );
    }
    let mut database = Database::new();
    database.add(Index::open(Box::new(builder.finish())).unwrap());
    (database, diagnostics)
}

/// What records say about packages.
pub(crate) fn advisories(records: &[Value], packages: &[(&str, &str)]) -> Advisories {
    let (graph, places) = project(packages);
    let (database, _) = database(records);
    find(&graph, &places, &database, today(), &mut Diagnostics::new()).unwrap()
}

/// What records say about packages, in short.
pub(crate) fn matches(records: &[Value], packages: &[(&str, &str)]) -> Vec<[String; 4]> {
    let found = advisories(records, packages).matches;
    let text = |it: &str| it.to_owned();
    let short = found.iter().map(|it| {
        [
            text(&it.id),
            text(&it.package),
            text(&it.version),
            text(&it.range),
        ]
    });
    short.collect()
}

pub(crate) fn today() -> Date {
    Date::parse("2026-11-28").unwrap()
}

/// A record about one package of npm.
pub(crate) fn record(id: &str, name: &str, events: &[Value], versions: &[&str]) -> Value {
    json!({
        "id": id,
        "modified": "2026-01-01T00:00:00Z",
        "affected": [{
            "package": { "ecosystem": "npm", "name": name },
            "ranges": [{ "type": "SEMVER", "events": events }],
            "versions": versions,
        }],
    })
}
