use bomtrail_graph::NoFiles;
use serde_json::json;

use super::*;

#[test]
fn each_difference_of_a_large_document_has_its_pointer_and_value() {
    let schema = json!({
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "items": {"type": "array", "minItems": 1, "items": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "kind": {"enum": ["a", "b"]}},
            }},
        },
    });
    let schema = Schema::given(schema.to_string().as_bytes(), &NoFiles).unwrap();
    let mut items: Vec<Value> = (0..20_000)
        .map(|it| json!({"id": format!("item {it}"), "kind": "a"}))
        .collect();
    items[3]["kind"] = "c".into();
    items[17_001] = json!({"kind": "b"});
    items[19_999]["id"] = 7.into();
    let document = json!({"name": 1, "items": items});
    let mut diagnostics = Diagnostics::new();
    schema.check("app", &document, &mut diagnostics);
    let found: Vec<String> = diagnostics
        .iter()
        .map(|it| format!("{} {}", it.place, it.message))
        .collect();
    assert_eq!(
        found,
        [
            "app (/name) the value is not of type \"string\", found `1`",
            "app (/items/3/kind) the value is not one of \"a\" or \"b\", found `c`",
            "app (/items/17001) \"id\" is a required property",
            "app (/items/19999/id) the value is not of type \"string\", found `7`",
        ]
    );
}

#[test]
fn many_differences_are_cut_off_and_that_is_reported() {
    let schema = json!({"properties": {"items": {"items": {"type": "string"}}}});
    let schema = Schema::given(schema.to_string().as_bytes(), &NoFiles).unwrap();
    let document = json!({"items": (0..5000).collect::<Vec<_>>()});
    let mut diagnostics = Diagnostics::new();
    schema.check("app", &document, &mut diagnostics);
    assert_eq!(diagnostics.len(), MOST + 1);
    let last = diagnostics.iter().last().unwrap();
    assert_eq!(last.message, "only the first 100 differences are listed");
}

#[test]
fn a_difference_between_items_is_one_of_the_document() {
    let schema = json!({"properties": {"items": {"uniqueItems": true}}});
    let schema = Schema::given(schema.to_string().as_bytes(), &NoFiles).unwrap();
    let items: Vec<usize> = (0..40).chain([0]).collect();
    let mut diagnostics = Diagnostics::new();
    schema.check("app", &json!({"items": items}), &mut diagnostics);
    assert_eq!(diagnostics.len(), 1);
}
