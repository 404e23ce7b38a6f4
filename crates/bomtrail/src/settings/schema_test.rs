//! The published schema has what the reader accepts: the same sections, keys and descriptions.

use bomtrail_compliance::Element;
use bomtrail_graph::{ProductKey, Shape};
use bomtrail_policy::RULES;
use serde_json::Value;

const SCHEMA: &str = include_str!("../../../../schemas/bomtrail-toml-v1.schema.json");

#[test]
fn the_schema_has_every_key_and_no_other() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let sections = schema["properties"].as_object().unwrap();
    for section in ProductKey::sections() {
        let keys = sections[section]["properties"].as_object().unwrap();
        let rows = ProductKey::TABLE.iter().filter(|it| it.section == section);
        for row in rows.clone() {
            assert_eq!(
                keys[row.name]["description"], row.about,
                "{section}.{}",
                row.name
            );
            if row.shape == Shape::Url {
                assert_eq!(keys[row.name]["format"], "uri");
            }
        }
        let more = if section == "sbom" { 2 } else { 0 };
        assert_eq!(keys.len(), rows.count() + more, "{section}");
        assert_eq!(sections[section]["additionalProperties"], false);
    }
    let names: Vec<Value> = Element::names().into_iter().map(Value::from).collect();
    let component = &sections["component"]["items"]["properties"];
    assert_eq!(
        component["unknown"]["items"]["enum"].as_array(),
        Some(&names)
    );
    assert_eq!(sections.len(), ProductKey::sections().count() + 6);
    jsonschema::meta::validate(&schema).unwrap();
}

#[test]
fn the_schema_has_every_rule_of_the_policy() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let policy = &schema["properties"]["policy"]["properties"];
    let rules = policy["rules"]["properties"].as_object().unwrap();
    assert_eq!(rules.len(), RULES.len());
    let named = policy["exceptions"]["items"]["properties"]["rule"]["enum"].as_array();
    let ids: Vec<Value> = RULES.iter().map(|it| it.id.into()).collect();
    assert_eq!(named, Some(&ids));
    for rule in RULES {
        assert_eq!(rules[rule.id]["description"], rule.about, "{}", rule.id);
        assert_eq!(rules[rule.id]["default"], rule.default.name());
    }
}
