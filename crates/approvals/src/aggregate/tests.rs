use super::*;

const A: &str = "sha512-AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==";
const B: &str = "sha512-AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg==";

fn of(lists: &[&str]) -> Result<Value, EditError> {
    let named = lists.iter().zip(0..);
    let named: Vec<_> = named
        .map(|(text, number)| (format!("{number}.json"), (*text).to_owned()))
        .collect();
    aggregate(&named).map(|it| serde_json::from_str(&it).unwrap())
}

#[test]
fn what_any_approves_and_none_refuses_is_approved() {
    let first =
        r#"{"version": 1, "packages": {"a": ["1.10.0", "1.2.0"], "b": ["1.0.0"]}, "x-team": 1}"#;
    let second = r#"{"version": 1, "packages": {"a": ["1.9.0", "1.2.0"], "c": ["1.0.0", "2.0.0"]},
        "denied": {"b": {"reason": "malware"}, "c": {"ranges": ["<2"]}}}"#;
    let whole = of(&[first, second]).unwrap();
    let expected = json!({"a": ["1.2.0", "1.9.0", "1.10.0"], "c": ["2.0.0"]});
    assert_eq!(whole["packages"], expected);
    assert_eq!(whole["denied"]["b"]["reason"], "malware");
    assert!(whole.get("x-team").is_none());
    // The order of the lists decides who describes, and nothing else.
    assert_eq!(of(&[second, first]).unwrap(), whole);
}

#[test]
fn a_refusal_of_all_versions_wins_over_one_of_some() {
    let some = r#"{"version": 1, "denied": {"a": {"reason": "old", "versions": ["1.0.0"]}}}"#;
    let more = r#"{"version": 1, "denied": {"a": {"versions": ["2.0.0"], "ranges": ["<1"]}}}"#;
    let all = r#"{"version": 1, "denied": {"a": {"note": "gone"}}}"#;
    let two = of(&[some, more]).unwrap();
    let expected = json!({"reason": "old", "versions": ["1.0.0", "2.0.0"], "ranges": ["<1"]});
    assert_eq!(two["denied"]["a"], expected);
    let three = of(&[some, more, all]).unwrap();
    assert_eq!(
        three["denied"]["a"],
        json!({"reason": "old", "note": "gone"})
    );
    assert_eq!(
        of(&[all, some]).unwrap()["denied"]["a"]["versions"],
        Value::Null
    );
}

#[test]
fn every_limit_of_a_review_holds() {
    let with = |review: &str| {
        format!(
            r#"{{"version": 1, "packages": {{"a": ["1.0.0"]}}, "reviews": {{"pkg:npm/a@1.0.0": {review}}}}}"#
        )
    };
    let first = with(&format!(
        r#"{{"by": "x", "expires": "2027-01-01", "integrity": ["{A}"], "installScripts": true}}"#
    ));
    let second = with(
        r#"{"by": "y", "expires": "2026-12-01", "scope": ["dev"], "installScripts": false, "note": "n"}"#,
    );
    let whole = of(&[&first, &second]).unwrap();
    let expected = json!({"by": "x", "expires": "2026-12-01", "integrity": [A], "installScripts": false,
        "scope": ["dev"], "note": "n"});
    assert_eq!(whole["reviews"]["pkg:npm/a@1.0.0"], expected);
    let other = with(&format!(r#"{{"integrity": ["{B}"]}}"#));
    assert!(of(&[&first, &other]).is_err());
}

#[test]
fn nothing_is_lost_without_a_word() {
    assert!(of(&[r#"{"version": 1, "extends": "org.json"}"#]).is_err());
    assert!(of(&[r#"{"version": 1, "deneid": {}}"#]).is_err());
    assert_eq!(of(&[]).unwrap(), json!({"version": 1, "packages": {}}));
}
