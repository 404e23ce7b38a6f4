//! Numbers, nesting and time.

use super::parse;
use crate::formats::value::{MAX_DEPTH, Map, Value};

#[test]
fn numbers_keep_their_text() {
    let read = parse(r#"{"a": 1.150, "b": [true, false, null, "x\n"], "a": 0.80}"#).unwrap();
    assert_eq!(read.value.get("a").text(), Some("0.80"));
    assert_eq!(read.value.get("b").texts(), ["1", "0", "x"]);
    assert_eq!(read.duplicates.into_iter().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn deep_nesting_ends() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let mut value = &parse(&deep).unwrap().value;
    let mut depth = 0;
    while let Value::List(items) = value {
        depth += 1;
        value = items.first().unwrap_or(&Value::Null);
    }
    assert_eq!(depth, MAX_DEPTH);
    assert!(parse("{").is_err());
}

#[test]
fn escapes_and_empty_containers() {
    let read = parse(r#" {"a\"b\\": {}, "": [[], "]}\u0041"], "n": [ -1.5e3 , null ]} "#).unwrap();
    assert_eq!(read.value.get("a\"b\\"), &Value::Map(Map::new()));
    let inner = Value::List(vec![Value::List(Vec::new()), Value::Text("]}A".to_owned())]);
    assert_eq!(read.value.get(""), &inner);
    let numbers = vec![Value::Text("-1.5e3".to_owned()), Value::Null];
    assert_eq!(read.value.get("n"), &Value::List(numbers));
    assert!(read.duplicates.is_empty());
}

#[test]
fn what_is_too_deep_hides_nothing_behind_it() {
    let deep = ["[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)].concat();
    let text = [r#"{"deep": "#, &deep, r#", "after": "x"}"#].concat();
    let read = parse(&text).unwrap();
    assert_eq!(read.value.get("after").text(), Some("x"));
}
