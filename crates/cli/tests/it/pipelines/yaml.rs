//! YAML as JSON values, and the expressions of both forges. Only the expressions that our files use are known; another fails.

use std::collections::BTreeMap;

use bomtrail::Level;
use bomtrail::graph::Code;
use bomtrail_document::{FileCodes, Kind, Page, Value};
use serde_json::Value as Json;

static INVALID: Code = Code::new("test/yaml", Level::Error, "the YAML is not valid");

/// The documents of a stream.
pub(super) fn documents(text: &str) -> Vec<Json> {
    let mut page = Page::new("workflow.yml", text, FileCodes::all(&INVALID));
    let documents = page.yaml().unwrap_or_default();
    let documents: Vec<Json> = documents.iter().map(json).collect();
    assert!(page.is_fine(), "{:?}", page.into_problems());
    documents
}

fn json(value: &Value<'_>) -> Json {
    match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(it) => Json::Bool(*it),
        Kind::Number(it) => serde_json::from_str(it).unwrap(),
        Kind::Text(it) => Json::String(it.clone().into_owned()),
        Kind::Date(it) => Json::String(it.clone()),
        Kind::List(all) => all.iter().map(json).collect(),
        Kind::Entries(all) => {
            let pairs = all.0.iter();
            pairs
                .map(|it| (it.key.clone().into_owned(), json(&it.value)))
                .collect()
        }
    }
}

/// The values that expressions name, such as `inputs.path`.
pub(super) type Names = BTreeMap<String, String>;

/// A text with its expressions replaced, in the brackets of one forge: `${{` and `}}`, or `$[[` and `]]`.
pub(super) fn replaced(text: &str, (open, close): (&str, &str), names: &Names) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, more)) = rest.split_once(open) {
        let (expression, after) = more.split_once(close).unwrap();
        out.extend([before, &value(expression.trim(), names)]);
        rest = after;
    }
    out + rest
}

/// A name, or its comparison with a text.
fn value(expression: &str, names: &Names) -> String {
    for (operator, wanted) in [(" == ", true), (" != ", false)] {
        if let Some((name, text)) = expression.split_once(operator) {
            let text = text.trim_matches('\'');
            return ((value(name, names) == text) == wanted).to_string();
        }
    }
    match names.get(expression) {
        Some(value) => value.clone(),
        None if expression == "always()" => "true".to_owned(),
        None => panic!("`{expression}` is not an expression that the runner knows"),
    }
}

#[test]
fn expressions_are_names_and_comparisons() {
    let names = Names::from([("inputs.check".to_owned(), "true".to_owned())]);
    let braces = ("${{", "}}");
    assert_eq!(
        replaced("a ${{ inputs.check }} b", braces, &names),
        "a true b"
    );
    assert_eq!(
        replaced("${{ inputs.check == 'true' }}", braces, &names),
        "true"
    );
    assert_eq!(
        replaced("${{ inputs.check != '' }}", braces, &names),
        "true"
    );
}

#[test]
#[should_panic = "not an expression"]
fn another_expression_is_an_error() {
    replaced("${{ secrets.TOKEN }}", ("${{", "}}"), &Names::new());
}
