use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::{Scanner, from_json, from_json_with_commas};

/// What is read without the help of `serde_json`.
fn alone(text: &str) -> Option<Value> {
    let mut scanner = Scanner::new(text);
    let value = Value::deserialize(&mut scanner).ok()?;
    scanner.end().ok().map(|()| value)
}

#[test]
fn usual_texts_are_read_without_help() {
    for text in [
        "{}",
        " [ ] ",
        "null",
        "\t\r\n {\"a\" : [1, -2, 2.5e3, true, false, null], \"b\\n\\u00e9\": {\"\": \"\"}} \n",
        "\"a string of more than sixteen bytes, and \\\"quotes\\\"\"",
        "\"é\u{1f980}\"",
        "[0, 18446744073709551615, -9223372036854775808, 1e-7, -0]",
    ] {
        assert_eq!(alone(text), serde_json::from_str(text).ok(), "{text}");
        assert!(alone(text).is_some(), "{text}");
    }
}

#[test]
fn a_comma_may_be_last_where_it_is_asked_for() {
    for (text, plain) in [
        ("[1, 2, ]", Some("[1, 2]")),
        ("{\"a\": [1,],\n}", Some("{\"a\": [1]}")),
        ("[[],{},]", Some("[[], {}]")),
        ("[1]", Some("[1]")),
        ("[,]", None),
        ("{,}", None),
        ("[1,,]", None),
        ("[1],", None),
        ("[1, // x\n]", None),
    ] {
        let expected: Option<Value> = plain.map(|it| serde_json::from_str(it).unwrap());
        assert_eq!(from_json_with_commas(text), expected, "{text}");
    }
}

#[test]
fn wrong_texts_are_refused() {
    for text in [
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{,}",
        "[,1]",
        "[1 2]",
        "{\"a\" 1}",
        "{1:2}",
        "nul",
        "01",
        "-",
        "1.",
        "1e",
        "+1",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\n\"",
        "[1]]",
        "{} {}",
        "\u{feff}{}",
        "'a'",
        "[\"a\":1]",
        "NaN",
        "\"\\é\"",
        "--1",
        "1-1",
        "]",
        "{]",
        "[}",
    ] {
        assert_eq!(alone(text), None, "{text}");
        let error = from_json::<Value>(text).map_err(|it| it.to_string());
        let expected = serde_json::from_str::<Value>(text).map_err(|it| it.to_string());
        assert_eq!(error, expected, "{text}");
        assert!(error.is_err(), "{text}");
    }
}

#[test]
fn types_are_read_as_the_library_reads_them() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Whole<'a> {
        name: &'a str,
        count: Option<u8>,
        part: Part,
        list: Vec<(String, f64)>,
        by_number: BTreeMap<u8, bool>,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    enum Part {
        One,
        Two(u8),
    }
    let text = r#"{"name":"x","count":null,"part":{"Two":2},"list":[["a",1]],"by_number":{"7":true},"more":[{}]}"#;
    let expected: Whole<'_> = serde_json::from_str(text).unwrap();
    assert_eq!(from_json::<Whole<'_>>(text).unwrap(), expected);
    assert!(from_json::<Whole<'_>>(r#"{"name":1}"#).is_err());
    assert!(from_json::<Vec<u8>>("[1,256]").is_err());
    assert!(from_json::<&str>("\"\\n\"").is_err());
}

#[test]
fn deep_nesting_is_left_to_the_library() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(alone(&nested(100)).is_some());
    assert!(alone(&nested(101)).is_none());
    assert!(from_json::<Value>(&nested(127)).is_ok());
    assert!(from_json::<Value>(&nested(128)).is_err());
    assert!(from_json::<Value>(&nested(100_000)).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_as_the_library_reads_it(text in "[\\[\\]{},:\"\\\\ntrue0-9eE.+ \\n\\-au\u{e9}]{0,24}") {
        let read = alone(&text);
        if read.is_some() {
            prop_assert_eq!(read, serde_json::from_str(&text).ok());
        }
        prop_assert_eq!(from_json::<Value>(&text).ok(), serde_json::from_str(&text).ok());
    }

    #[test]
    fn any_string_is_read_in_any_layout(strings in prop::collection::vec(".{0,40}", 0..5)) {
        let map: BTreeMap<&String, &Vec<String>> = strings.iter().map(|it| (it, &strings)).collect();
        for text in [serde_json::to_string(&map).unwrap(), serde_json::to_string_pretty(&map).unwrap()] {
            let read = alone(&text);
            prop_assert_eq!(read, serde_json::from_str(&text).ok());
        }
    }

    #[test]
    fn a_changed_byte_is_noticed_as_the_library_notices_it(at in 0_usize..60, byte in 0_u8..127) {
        let mut text = br#"{"name": "a/b", "list": [1, {"x": "y\n"}, null, -2.5], "t": true}"#.to_vec();
        if let Some(slot) = text.get_mut(at) {
            *slot = byte;
        }
        let text = String::from_utf8(text).unwrap();
        let library: Option<Value> = serde_json::from_str(&text).ok();
        if let Some(read) = alone(&text) {
            prop_assert_eq!(Some(read), library.clone());
        }
        prop_assert_eq!(from_json::<Value>(&text).ok(), library);
    }
}
