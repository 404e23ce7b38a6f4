//! A value that is missing or of another type is reported with its place.

use bomtrail_graph::{Code, Diagnostics, Input, Level, NoFiles};
use serde_json::json;

use super::{Codes, Json, Object, Session};

static UNREADABLE: Code = Code::new("json/unreadable", Level::Error, "a test");
static INVALID: Code = Code::new("json/invalid", Level::Error, "a test");
static NOT_KEPT: Code = Code::new("json/not-kept", Level::Note, "a test");
static CODES: Codes = Codes {
    unreadable: &UNREADABLE,
    invalid: &INVALID,
    not_kept: &NOT_KEPT,
};

/// Every diagnostic of `read`, as `id place: message`.
fn reported(read: impl FnOnce(&mut Diagnostics)) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    read(&mut diagnostics);
    let say = |it: &bomtrail_graph::Diagnostic| {
        let (id, place, message) = (it.code.id, &it.place, &it.message);
        format!("{id} {place}: {message}")
    };
    diagnostics.iter().map(say).collect()
}

#[test]
fn a_value_of_another_type_is_reported_with_its_pointer() {
    let value = Json::from(json!({"a": {"list": ["x", 1, null], "text": true}, "b": 7}));
    let reported = reported(|diagnostics| {
        let mut session = Session::new("f.json", CODES, diagnostics);
        let document = Object::document(&value).unwrap();
        let a = document.object("a", &mut session).unwrap();
        assert_eq!(a.texts("list", &mut session), [(0, "x")]);
        assert_eq!(a.text("text", &mut session), None);
        assert!(a.flag("text", &mut session));
        assert!(document.object("b", &mut session).is_none());
        assert!(document.objects("b", &mut session).is_empty());
        assert_eq!(document.required("c", &mut session), None);
        document.rest("the document", &["a"], &mut session);
        session.finish();
    });
    assert_eq!(
        reported,
        [
            "json/invalid f.json (/a/list/1): a string belongs here, not a number",
            "json/invalid f.json (/a/list/2): a string belongs here, not null",
            "json/invalid f.json (/a/text): a string belongs here, not a truth value",
            "json/invalid f.json (/b): an object belongs here, not a number",
            "json/invalid f.json (/b): a list belongs here, not a number",
            "json/invalid f.json: `c` is missing",
            "json/not-kept f.json: the graph has no place for `b` of the document (1 in this document)",
        ]
    );
}

#[test]
fn many_problems_of_a_kind_are_counted() {
    let list = vec![Json::Bool(true); 2500];
    let mut document = crate::Members::new();
    document.insert("list", list);
    let value = Json::Object(document);
    let reported = reported(|diagnostics| {
        let mut session = Session::new("f.json", CODES, diagnostics);
        let document = Object::document(&value).unwrap();
        assert!(document.texts("list", &mut session).is_empty());
        session.finish();
    });
    assert_eq!(reported.len(), 1001);
    let rest = "json/invalid f.json: 1500 more problems of this kind are not listed";
    assert_eq!(reported[1000], rest);
}

#[test]
fn what_is_not_json_is_reported_with_its_line() {
    let parse = |bytes: &[u8]| {
        reported(|diagnostics| {
            let input = Input {
                path: "f.json",
                bytes,
                files: &NoFiles,
            };
            drop(CODES.parse(&input, diagnostics));
        })
    };
    assert_eq!(parse(b"\xef\xbb\xbf{}"), [""; 0]);
    let reported = parse(b"{\n  1}");
    assert_eq!(reported.len(), 1);
    assert!(reported[0].starts_with("json/unreadable f.json:2:3: not valid JSON: "));
    let deep = "[".repeat(200);
    assert_eq!(parse(deep.as_bytes()).len(), 1);
}
