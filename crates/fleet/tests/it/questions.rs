//! The questions and their answers.

use bomtrail_fleet::{Answer, AnswerFormat, By, ChangeKind, EventKind, QueryError, Store};
use bomtrail_graph::Date;

use crate::make::{TOOL, fleet};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("fleet.db")).unwrap();
    store.add(&fleet()).unwrap();
    (folder, store)
}

fn text(answer: &impl Answer, format: AnswerFormat) -> String {
    let mut out = Vec::new();
    answer.write(format, TOOL, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn where_names_products_paths_and_the_fix() {
    let (_folder, store) = store();
    let answer = store.locate("bad@1.0.0").unwrap();
    let [desk, shop] = &answer.found[..] else {
        panic!("{answer:?}")
    };
    assert_eq!((&*desk.product, desk.current), ("desk", true));
    assert_eq!(desk.sightings[0].phase, "develop");
    assert_eq!(desk.fixed, None);
    assert_eq!(
        (&*shop.product, shop.current, shop.releases),
        ("shop", false, 1)
    );
    assert_eq!(
        shop.fixed.as_ref().unwrap().release.as_deref(),
        Some("1.2.0")
    );
    // The path at run time counts, although the one of development is shorter.
    let sighting = &shop.sightings[0];
    assert_eq!((sighting.phase, sighting.depth), ("runtime", Some(3)));
    let path = [
        "pkg:npm/shop@1.1.0",
        "pkg:npm/web@1.1.0",
        "pkg:npm/log@1.0.0",
        "pkg:npm/bad@1.0.0",
    ];
    assert_eq!(sighting.path, path);
    assert_eq!(sighting.direct.as_deref(), Some("pkg:npm/web@1.1.0"));
}

#[test]
fn questions_take_purls_names_and_ranges() {
    let (_folder, store) = store();
    let products = |query: &str| {
        let answer = store.locate(query).unwrap();
        answer
            .found
            .iter()
            .map(|it| [&it.product, " ", it.version.as_deref().unwrap()].concat())
            .collect::<Vec<_>>()
    };
    let all = ["desk 1.0.0", "shop 1.0.0", "shop 1.0.1"];
    for query in [
        "bad",
        "pkg:npm/bad",
        "bad@>=1.0.0 <2",
        "bad@^1.0.0",
        "pkg:npm/bad@%3E%3D1",
    ] {
        assert_eq!(products(query), all, "{query}");
    }
    for query in ["pkg:npm/bad@1.0.1", "bad@1.0.1", "bad@>1.0.0"] {
        assert_eq!(products(query), ["shop 1.0.1"], "{query}");
    }
    assert_eq!(products("bad@>2"), Vec::<String>::new());
    assert_eq!(products("nothing"), Vec::<String>::new());
    assert!(matches!(
        store.locate("pkg:npm"),
        Err(QueryError::Purl { .. })
    ));
    assert!(matches!(
        store.locate("bad@not a range!"),
        Err(QueryError::Range { .. })
    ));
    assert!(matches!(
        store.locate("GHSA-1111-2222-3333"),
        Err(QueryError::Advisory(_))
    ));
}

/// A package that nothing leads to has no path, and none is invented.
#[test]
fn unreached_packages_have_no_path() {
    let (_folder, store) = store();
    let answer = store.locate("lonely").unwrap();
    let sighting = &answer.found[0].sightings[0];
    assert_eq!((sighting.phase, sighting.depth), ("unknown", None));
    assert!(sighting.path.is_empty() && sighting.direct.is_none());
    assert!(text(&answer, AnswerFormat::Text).contains("not reached from the product"));
}

#[test]
fn since_lists_events_in_order() {
    let (_folder, store) = store();
    let events: Vec<_> = store
        .since("bad@1.0.0")
        .unwrap()
        .events
        .into_iter()
        .map(|it| (it.product, it.release.release.unwrap(), it.event))
        .collect();
    let expected = [
        ("shop", "1.1.0", EventKind::Appeared),
        ("desk", "7", EventKind::Appeared),
        ("shop", "1.2.0", EventKind::Removed),
    ];
    assert_eq!(
        events,
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c))
    );
}

#[test]
fn diff_compares_releases() {
    let (_folder, store) = store();
    let answer = store.diff("shop@1.1.0", "shop").unwrap();
    let changes: Vec<_> = answer
        .changes
        .iter()
        .map(|it| (it.change, &*it.name))
        .collect();
    assert_eq!(
        changes,
        [
            (ChangeKind::Updated, "bad"),
            (ChangeKind::Removed, "log"),
            (ChangeKind::Removed, "test"),
            (ChangeKind::Updated, "web"),
        ]
    );
    let id = store.list().unwrap().sboms[0].sbom_id.clone();
    assert!(store.diff(&id[..8], "desk").unwrap().is_empty());
    assert!(matches!(
        store.diff("shop@9", "shop"),
        Err(QueryError::Product(_))
    ));
}

#[test]
fn top_and_stale_look_at_the_newest_releases() {
    let (_folder, store) = store();
    let used = store.top(By::Used, 100).unwrap();
    assert_eq!(used.products, 2);
    assert!(
        used.ranked
            .iter()
            .all(|it| it.subject.as_deref() != Some("pkg:npm/log@1.0.0"))
    );
    assert_eq!(store.top(By::Unapproved, 1).unwrap().ranked.len(), 1);
    let day = Date::parse("2026-06-01").unwrap();
    let stale = store.stale(day, 90).unwrap();
    let rows: Vec<_> = stale
        .products
        .iter()
        .map(|it| (&*it.product, it.age, it.stale, it.behind))
        .collect();
    assert_eq!(
        rows,
        [("desk", Some(101), true, 1), ("shop", Some(83), false, 0)]
    );
}

#[test]
fn answers_are_safe_in_every_format() {
    let (_folder, store) = store();
    let answer = store.locate("bad@1.0.0").unwrap();
    let csv = text(&answer, AnswerFormat::Csv);
    assert!(
        csv.lines().count() == 3 && csv.contains("\"shop\""),
        "{csv}"
    );
    let markdown = text(&answer, AnswerFormat::Markdown);
    assert!(
        markdown.contains("| --- |") && markdown.contains("&gt;"),
        "{markdown}"
    );
    let json: serde_json::Value = serde_json::from_str(&text(&answer, AnswerFormat::Json)).unwrap();
    assert_eq!(json["schema"], "bomtrail/fleet/v1");
    assert_eq!(json["answer"]["found"][1]["fixed"]["release"], "1.2.0");
}
