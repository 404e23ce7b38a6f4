//! What is printed is what `serde_json` prints, byte for byte.

use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Layout, print};

fn printed(value: &impl Serialize, layout: Layout) -> String {
    let mut out = Vec::new();
    print(value, layout, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn agree(value: &impl Serialize) {
    let compact = serde_json::to_string(value).unwrap();
    assert_eq!(printed(value, Layout::Compact), compact + "\n");
    let pretty = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(printed(value, Layout::Pretty), pretty + "\n");
}

#[derive(Serialize)]
enum Shape {
    Unit,
    New(Option<u8>),
    Tuple(i64, f64, char),
    Struct {
        some: &'static str,
        none: Option<()>,
    },
}

#[derive(Serialize)]
struct Pair(u128, bool);

#[test]
fn every_kind_of_value() {
    agree(&[
        Shape::Unit,
        Shape::New(Some(255)),
        Shape::New(None),
        Shape::Tuple(i64::MIN, 0.5, '"'),
        Shape::Struct {
            some: "\u{0}\u{8}\t\n\u{c}\r\u{1f}\"\\/\u{7f}é🦀\u{2028}",
            none: None,
        },
    ]);
    agree(&(Pair(u128::MAX, true), (), f64::NAN, -0.0_f32, [0_u8; 0]));
}

#[test]
fn displayed_values_are_strings() {
    struct Shown;
    impl Serialize for Shown {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&format_args!("a\"{}\n{}", 1, "\\"))
        }
    }
    agree(&[Shown, Shown]);
}

#[test]
fn deeper_than_the_ready_made_indentation() {
    let mut deep = json!([1, {}, [], {"a": [], "b": {"c": "é\n"}}]);
    for _ in 0..40 {
        deep = json!({"x": deep, "y": [[]]});
    }
    agree(&deep);
}

#[test]
fn larger_than_the_buffer() {
    let large: Vec<String> = (0..20_000).map(|it| format!("number {it}")).collect();
    agree(&large);
    agree(&"x".repeat(200_000));
}

#[test]
fn a_key_that_is_no_string_is_refused() {
    let mut out = Vec::new();
    let map = std::collections::BTreeMap::from([(vec![1], 2)]);
    assert!(print(&map, Layout::Compact, &mut out).is_err());
}

#[test]
fn a_sink_that_refuses_is_told() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let error = print(&"x", Layout::Pretty, &mut Full).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        "[a-z\"\\\\\u{0}-\u{20}é]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..6)
                .prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_printed_alike(value in any_value()) {
        agree(&value);
    }
}

#[test]
fn an_escape_at_any_place_of_a_word() {
    for odd in [
        '"', '\\', '\u{1f}', '\u{0}', '\u{7f}', 'é', '\u{80}', '\u{ff}',
    ] {
        for length in 0..40 {
            for place in 0..=length {
                let mut text = "a".repeat(length);
                text.insert(place, odd);
                agree(&text);
            }
        }
    }
}
