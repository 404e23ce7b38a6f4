//! The questions and their answers.

use bomtrail_fleet::{
    Answer, AnswerFormat, By, ChangeKind, EventKind, QueryError, Record, Release, Store,
};
use bomtrail_graph::{Bom, Date, Timestamp};

use crate::make::{TOOL, fleet, graph};

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

fn seen_by(tool: &str, day: &str, lines: &[&str]) -> Record {
    let graph = graph(lines);
    let time = Timestamp::parse(&[day, "T00:00:00Z"].concat()).unwrap();
    let release = Release::new("shop", time).with(|it| {
        it.release = Some("1.0.0".to_owned());
        it.tool = Some(tool.to_owned());
    });
    Record::new(&Bom::new(&graph, TOOL), release)
}

/// What the second tool does not see did not leave the product; what the same tool no longer sees did.
#[test]
fn tools_that_look_at_one_release_are_views_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("fleet.db")).unwrap();
    let with = ["shop@1.0.0 > bad@1.0.0"];
    let without = ["shop@1.0.0 > good@1.0.0"];
    let one = seen_by("syft 1.0", "2026-01-01", &with);
    let other = seen_by("trivy 0.5", "2026-01-02", &without);
    store.add(&[one, other]).unwrap();
    let found = store.locate("bad").unwrap().found;
    assert!(found[0].current && found[0].fixed.is_none(), "{found:?}");
    assert_eq!(found[0].releases, 1);
    assert_eq!(store.since("bad").unwrap().events.len(), 1);
    // The version of the product is the same, as with many applications.
    let later = seen_by("syft 1.1", "2026-02-01", &["shop@1.0.0 > good@2.0.0"]);
    store.add(&[later]).unwrap();
    let found = store.locate("bad").unwrap().found;
    assert_eq!(
        found[0].fixed.as_ref().unwrap().released_at,
        "2026-02-01T00:00:00Z"
    );
    assert_eq!(store.selected("shop@1.0.0").unwrap().len(), 3);
}

#[test]
fn releases_are_two_columns_of_csv_and_absent_cells_are_empty() {
    let (_folder, store) = store();
    let csv = text(&store.locate("bad@1.0.1").unwrap(), AnswerFormat::Csv);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "\"product\",\"package\",\"releases\",\"first seen\",\"first seen date\",\"last seen\",\"last seen date\",\
         \"fixed in\",\"fixed in date\",\"phase\",\"approval\",\"decision\",\"path\""
    );
    assert_eq!(
        lines[1],
        "\"shop\",\"pkg:npm/bad@1.0.1\",\"1\",\"1.2.0\",\"2026-03-10\",\"1.2.0\",\"2026-03-10\",\"\",\"\",\"runtime\",\"\",\"\",\
         \"shop@1.2.0 > web@1.2.0 > bad@1.0.1\""
    );
}
