//! Compares a document with the table of the specification: types, required and unknown fields, enumerations, empty lists. Gives
//! the verdict of the official JSON schemas of SPDX 2.2 and 2.3, without a schema.

use serde_json::{Map, Value};

use super::spec::{Class, DOCUMENT, Kind, Version};

/// The most problems that are reported, so that a document in which everything is wrong costs no more than others.
const MOST: usize = 1000;

/// Pointer and message of each problem of a document of a version, in the shape of JSON.
pub(crate) fn problems(document: &Map<String, Value>, version: Version) -> Vec<(String, String)> {
    let mut problems = Problems {
        version,
        all: Vec::new(),
    };
    object(document, &DOCUMENT, &mut String::new(), &mut problems);
    problems.all
}

/// Pointer and message of each problem.
struct Problems {
    version: Version,
    all: Vec<(String, String)>,
}

fn object(map: &Map<String, Value>, class: &Class, at: &mut String, problems: &mut Problems) {
    let version = problems.version;
    let missing = class.fields.iter();
    for field in missing.filter(|it| it.is_required(version) && !map.contains_key(it.key)) {
        problem(at, format!("`{}` is missing", field.key), problems);
    }
    for (key, value) in map {
        let length = at.len();
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        if let Some(field) = class.field(key).filter(|it| it.exists_in(version)) {
            check(value, &field.kind, at, problems);
        } else {
            let message = format!("SPDX {} has no field `{key}` here", version.name());
            problem(at, message, problems);
        }
        at.truncate(length);
    }
}

fn check(value: &Value, kind: &Kind, at: &mut String, problems: &mut Problems) {
    let expected = match (kind, value) {
        (Kind::Any, Value::Object(_))
        | (Kind::String, Value::String(_))
        | (Kind::Boolean, Value::Bool(_)) => return,
        (Kind::Integer, Value::Number(number)) if is_whole(number) => return,
        (Kind::OneOf(words), Value::String(word)) => {
            if !words.of(problems.version).any(|it| it == word) {
                let words: Vec<&str> = words.of(problems.version).collect();
                let message = format!("`{word}` is not one of {}", words.join(", "));
                problem(at, message, problems);
            }
            return;
        }
        (Kind::Object(class), Value::Object(map)) => return object(map, class, at, problems),
        (Kind::NonEmpty(_), Value::Array(all)) if all.is_empty() => {
            return problem(at, "the list is empty".to_owned(), problems);
        }
        (Kind::List(item) | Kind::NonEmpty(item), Value::Array(all)) => {
            for (index, value) in all.iter().enumerate() {
                let length = at.len();
                at.push('/');
                at.push_str(&index.to_string());
                check(value, item, at, problems);
                at.truncate(length);
            }
            return;
        }
        (Kind::Any | Kind::Object(_), _) => "an object",
        (Kind::String | Kind::OneOf(_), _) => "a string",
        (Kind::Boolean, _) => "true or false",
        (Kind::Integer, _) => "a whole number",
        (Kind::List(_) | Kind::NonEmpty(_), _) => "a list",
    };
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    problem(
        at,
        format!("{expected} belongs here, not {found}"),
        problems,
    );
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|it| it.fract() == 0.0)
}

fn problem(at: &str, message: String, problems: &mut Problems) {
    if problems.all.len() < MOST {
        problems.all.push((at.to_owned(), message));
    }
}
