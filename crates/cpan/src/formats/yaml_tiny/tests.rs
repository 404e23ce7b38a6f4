//! What `YAML::Tiny` reads and refuses, with the values it gives.

use super::{Flow, parse};
use crate::formats::value::Value;

fn show(value: &Value) -> String {
    match value {
        Value::Null => "~".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!(
            "[{}]",
            items.iter().map(show).collect::<Vec<_>>().join(", ")
        ),
        Value::Map(map) => {
            let pairs: Vec<String> = map
                .iter()
                .map(|(k, v)| format!("{k}: {}", show(v)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

#[test]
fn reads_what_yaml_tiny_reads() {
    for (text, wanted) in [
        (
            "--- #YAML:1.0\nname: Foo\nversion: 1.150\n",
            r#"{name: "Foo", version: "1.150"}"#,
        ),
        (
            "name: Foo\r\nabstract: 'it''s'\r\r\nx: \"a\\n\\x41\\\"\"\n",
            r#"{abstract: "it's", name: "Foo", x: "a\nA\""}"#,
        ),
        ("---\na:\n- 1\n- 2\nb: ~\n", r#"{a: ["1", "2"], b: ~}"#),
        (
            "---\na:\n  - x: 1\n    y: 2\n  -\n    - deep\n  -\n    k: v\n",
            r#"{a: [{x: "1", y: "2"}, ["deep"], {k: "v"}]}"#,
        ),
        (
            "---\nFoo::Bar: 0\n'q:uoted' : v\n",
            r#"{Foo::Bar: "0", q:uoted: "v"}"#,
        ),
        (
            "---\na: {}\nb: []\nc:\nd: x # comment\ne: x#y\n",
            r#"{a: {}, b: [], c: ~, d: "x", e: "x#y"}"#,
        ),
        (
            "---\na: |\n  one\n  two\nb: >-\n  one\n  two\n",
            r#"{a: "one\ntwo\n", b: "one two"}"#,
        ),
        ("%YAML:1.0\n---\n- a\n- b: c\n", r#"["a", {b: "c"}]"#),
        ("---\na: 1\n---\nb: 2\n", r#"{b: "2"}"#),
        ("a: 1\n---\nb: 2\n", r#"{b: "2"}"#),
        ("---\n---\nb: 2\n", r#"{b: "2"}"#),
        ("---\na: 1\n...\nskipped\n--- x\n", r#""x""#),
        ("---\na: 1\n---\n", "~"),
        ("---\n  a: 1\nb: 2\n", r#"{b: "2"}"#),
        (
            "a::: 1\nb:c:: 2\nd:: e: 3\n",
            r#"{a::: "1", b:c:: "2", d:: e: "3"}"#,
        ),
        ("---\na: 1\n...\n", r#"{a: "1"}"#),
        ("--- foo\n", r#""foo""#),
        ("--- {}\n", "{}"),
        ("", "~"),
        ("---\n", "~"),
        ("# only\n", "~"),
    ] {
        let read = parse(text, Flow::Refused);
        assert_eq!(read.error, None, "{text}");
        assert_eq!(show(&read.value), wanted, "{text}");
    }
}

#[test]
fn stops_where_yaml_tiny_refuses_and_keeps_the_rest() {
    for (text, line, kept) in [
        ("a: 1\nb: \"open\nc: 2\n", 2, r#"{a: "1"}"#),
        ("a: 1\nb: &anchor x\n", 2, r#"{a: "1"}"#),
        ("a: 1\nb: x: y\n", 2, r#"{a: "1"}"#),
        ("a: 1\nb: { k: v }\n", 2, r#"{a: "1"}"#),
        ("a:\n  b: 1\n    c: 2\n", 3, r#"{a: {b: "1"}}"#),
        ("a: 1\nnonsense\n", 2, r#"{a: "1"}"#),
        ("a: 1\n? b\n", 2, r#"{a: "1"}"#),
        ("a:\n  - 1\n  x\n", 3, r#"{a: ["1"]}"#),
        ("  a: 1\nb: 2\n", 2, r#"{a: "1"}"#),
        ("a: 1\nb:: 2\n", 2, r#"{a: "1"}"#),
        ("---,\na: 1\n", 2, r#"",""#),
        ("a: 1\nb: >\nc: 2\n", 3, r#"{a: "1"}"#),
    ] {
        let read = parse(text, Flow::Refused);
        assert_eq!(read.error.map(|it| it.line), Some(line), "{text}");
        assert_eq!(show(&read.value), kept, "{text}");
    }
}

#[test]
fn a_duplicate_key_is_reported() {
    let read = parse("a: 1\nb: 2\na: 3\n", Flow::Refused);
    assert_eq!(show(&read.value), r#"{a: "3", b: "2"}"#);
    assert!(read.duplicates.contains("a"));
}

#[test]
fn one_line_maps_are_read_where_they_are_usual() {
    let read = parse(
        "a: { version: '1.0', list: [1, 2], b: { c: d } } # x\nb: {}\n",
        Flow::Taken,
    );
    assert_eq!(read.error, None);
    assert_eq!(
        show(&read.value),
        r#"{a: {b: {c: "d"}, list: ["1", "2"], version: "1.0"}, b: {}}"#
    );
    assert!(parse("a: { b: 1\n", Flow::Taken).error.is_some());
}

#[test]
fn depth_ends() {
    let deep: String = (0..5000).map(|i| " ".repeat(i) + "a:\n").collect();
    assert!(parse(&deep, Flow::Refused).error.is_some());
    let flow = "a: ".to_owned() + &"[".repeat(5000);
    assert!(parse(&flow, Flow::Taken).error.is_some());
}
