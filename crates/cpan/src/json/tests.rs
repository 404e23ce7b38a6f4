//! Texts of numbers, and what is odd.

use super::parse;
use crate::value::{MAX_DEPTH, Value};

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
