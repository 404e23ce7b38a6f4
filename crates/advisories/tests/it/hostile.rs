//! Records that someone made to do harm: none of them crashes, hangs or hides another one.

use bomtrail_advisories::{Builder, Index, feed};
use bomtrail_graph::Diagnostics;
use serde_json::{Value, json};

use crate::make::{advisories, database, matches, record};

fn affected(name: &str) -> Vec<Value> {
    vec![record("x_GOOD", name, &[json!({ "introduced": "0" })], &[])]
}

#[test]
fn a_cycle_of_aliases_ends() {
    let mut records = affected("left");
    for number in 0..2000_u32 {
        let next = (number + 1) % 2000;
        records.push(
            json!({ "id": format!("x_{number}"), "aliases": [format!("x_{next}"), "x_GOOD"] }),
        );
    }
    let found = advisories(&records, &[("left", "1.0.0")]);
    assert_eq!(found.matches.len(), 1);
    assert_eq!(found.matches[0].aliases.len(), 2000);
}

#[test]
fn many_events_are_sorted_once() {
    let mut events = Vec::new();
    for number in (0..20_000_u32).rev() {
        let kind = if number % 2 == 0 {
            "introduced"
        } else {
            "fixed"
        };
        events.push(json!({ kind: format!("{number}.0.0") }));
    }
    let found = matches(
        &[record("x_1", "left", &events, &[])],
        &[("left", "19998.5.0")],
    );
    assert_eq!(found[0][3], ">=19998.0.0 <19999.0.0");
}

#[test]
fn a_damaged_record_is_counted_and_the_others_stay() {
    for damaged in [
        json!({ "id": "", "affected": [] }),
        json!({ "id": 7 }),
        json!([]),
        json!({ "id": "x_BAD", "affected": [{ "package": { "ecosystem": "npm", "name": "left" },
            "ranges": [{ "type": "SEMVER", "events": [{ "fixed": "next" }] }] }] }),
        json!({ "id": "x_BAD", "affected": [{ "package": { "ecosystem": "npm", "name": "left" },
            "ranges": [{ "type": "COLOURS", "events": [] }] }] }),
    ] {
        let mut records = affected("left");
        records.push(damaged.clone());
        let (_, diagnostics) = database(&records);
        assert_eq!(diagnostics.len(), 1, "{damaged}");
        let found = advisories(&records, &[("left", "1.0.0")]);
        assert_eq!(found.damaged(), 1, "{damaged}");
        assert!(found.is_incomplete());
        assert_eq!(found.matches.len(), 1);
    }
}

#[test]
fn what_is_not_advisories_is_reported() {
    let mut builder = Builder::new();
    let mut diagnostics = Diagnostics::new();
    for bytes in [
        &b""[..],
        b"\xff\xfe",
        b"[[[[",
        b"{\"dists\": 3}",
        b"{\"vulnerabilities\": {}}",
    ] {
        feed::read_json(&mut builder, "odd.json", bytes, &mut diagnostics);
    }
    assert_eq!(diagnostics.len(), 5);
}

#[test]
fn a_changed_index_is_refused_or_gives_the_same_answers() {
    let mut builder = Builder::new();
    let mut diagnostics = Diagnostics::new();
    for it in affected("left") {
        feed::read_json(
            &mut builder,
            "a.json",
            it.to_string().as_bytes(),
            &mut diagnostics,
        );
    }
    let bytes = builder.finish();
    assert!(Index::open(Box::new(bytes.clone())).is_ok());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x41;
        assert!(Index::open(Box::new(changed)).is_err(), "byte {at}");
        assert!(
            Index::open(Box::new(bytes[..at].to_vec())).is_err(),
            "first {at}"
        );
    }
}
