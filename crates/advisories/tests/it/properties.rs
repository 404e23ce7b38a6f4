//! What holds for any records.

use bomtrail_advisories::decisions::{Decision, Decisions, apply};
use bomtrail_advisories::find;
use bomtrail_graph::{Diagnostics, Purl, Validity, VexStatus};
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};
use serde_json::{Value, json};

use crate::make::{database, matches, project, record, today};

const VERSIONS: [&str; 9] = [
    "0.0.0-alpha",
    "0.9.0",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1",
    "1.5.0",
    "2.0.0-0",
    "2.0.0",
    "3.1.4",
];
const NAMES: [&str; 3] = ["left", "right", "@up/down"];

fn version() -> impl Strategy<Value = &'static str> {
    select(&VERSIONS[..])
}

fn event() -> impl Strategy<Value = Value> {
    const KINDS: [&str; 4] = ["introduced", "fixed", "last_affected", "limit"];
    prop_oneof![
        Just(json!({ "introduced": "0" })),
        (select(&KINDS[..]), version()).prop_map(|(kind, version)| json!({ kind: version })),
    ]
}

fn events() -> impl Strategy<Value = Vec<Value>> {
    proptest::collection::vec(event(), 0..6)
}

fn packages() -> Vec<(&'static str, &'static str)> {
    let all = NAMES
        .iter()
        .flat_map(|name| VERSIONS.iter().map(move |version| (*name, *version)));
    all.collect()
}

fn records() -> impl Strategy<Value = Vec<Value>> {
    let one = (
        select(&NAMES[..]),
        events(),
        proptest::collection::vec(version(), 0..3),
    );
    proptest::collection::vec(one, 1..5).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        let made = numbered.map(|(number, (name, events, versions))| {
            record(&format!("x_{number}"), name, &events, &versions)
        });
        made.collect()
    })
}

fn config() -> ProptestConfig {
    ProptestConfig::with_cases(bomtrail_testkit::cases(24, 2000))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_order_of_events_does_not_matter(events in events(), by in any::<Pick>()) {
        let mut rotated = events.clone();
        if !events.is_empty() {
            rotated.rotate_left(by.index(events.len()));
            rotated.reverse();
        }
        let of = |events: &[Value]| matches(&[record("x_1", "left", events, &[])], &packages());
        prop_assert_eq!(of(&events), of(&rotated));
    }

    #[test]
    fn the_order_of_records_does_not_matter(records in records(), by in any::<Pick>()) {
        let mut rotated = records.clone();
        rotated.rotate_left(by.index(records.len()));
        rotated.reverse();
        prop_assert_eq!(matches(&records, &packages()), matches(&rotated, &packages()));
    }

    #[test]
    fn a_version_is_affected_by_the_list_or_by_the_range(events in events(), listed in version()) {
        let ids = |record: Value| {
            let found = matches(&[record], &packages()).into_iter();
            found.map(|[_, name, version, _]| (name, version)).collect::<Vec<_>>()
        };
        let both = ids(record("x_1", "left", &events, &[listed]));
        let mut either = ids(record("x_1", "left", &events, &[]));
        either.extend(ids(record("x_1", "left", &[], &[listed])));
        either.sort_unstable();
        either.dedup();
        let mut both = both;
        both.sort_unstable();
        prop_assert_eq!(both, either);
    }

    #[test]
    fn a_withdrawn_record_never_matches(records in records(), at in any::<Pick>()) {
        let mut records = records;
        let at = at.index(records.len());
        records[at]["withdrawn"] = json!("2026-02-01T00:00:00Z");
        let id = records[at]["id"].as_str().unwrap().to_owned();
        prop_assert!(matches(&records, &packages()).iter().all(|[found, ..]| *found != id));
        // Nor does it take another record with it.
        let others: Vec<Value> = records.iter().filter(|it| it["id"] != *id).cloned().collect();
        prop_assert_eq!(matches(&records, &packages()), matches(&others, &packages()));
    }

    #[test]
    fn a_decision_hides_nothing_else(records in records(), name in select(&NAMES[..]), at in version()) {
        let (graph, places) = project(&packages());
        let (database, _) = database(&records);
        let mut found = find(&graph, &places, &database, today(), &mut Diagnostics::new()).unwrap();
        let package = Purl::npm(name, None).unwrap();
        let decision = Decision::new("x_0", package, VexStatus::FalsePositive, "checked");
        let decision = decision.with(|it| it.versions = Some(at.to_owned()));
        apply(&mut found, &graph, &places, &Decisions::of("test", vec![decision]), true);
        for it in &found.matches {
            let is_about = *it.id == *"x_0" && *it.package == *name && *it.version == *at;
            prop_assert_eq!(it.decision.is_some(), is_about, "{} {} {}", it.id, it.package, it.version);
            prop_assert_eq!(it.is_open(), !is_about);
            prop_assert!(it.decision.iter().all(|it| it.validity == Validity::Valid));
        }
        let used = found.matches.iter().any(|it| it.decision.is_some());
        prop_assert_eq!(found.unused.is_empty(), used);
    }
}
