//! Compares a document with the table of the specification: types, required and unknown fields, enumerations, empty lists. Gives
//! the verdict of the official JSON schemas of SPDX 2.2 and 2.3, without a schema.

use bomtrail_document::{Json, Members};

use super::spec::{Class, DOCUMENT, Kind, Version};

/// The most problems that are reported, so that a document in which everything is wrong costs no more than others.
const MOST: usize = 1000;

/// Pointer and message of each problem of a document of a version, in the shape of JSON.
pub(crate) fn problems(document: &Members<'_>, version: Version) -> Vec<(String, String)> {
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

fn object(map: &Members<'_>, class: &Class, at: &mut String, problems: &mut Problems) {
    let version = problems.version;
    let missing = class.fields.iter();
    for field in missing.filter(|it| it.is_required(version) && !map.contains_key(it.key)) {
        problem(at, format!("`{}` is missing", field.key), problems);
    }
    for (key, value) in map.iter() {
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

fn check(value: &Json<'_>, kind: &Kind, at: &mut String, problems: &mut Problems) {
    let expected = match (kind, value) {
        (Kind::Any, Json::Object(_))
        | (Kind::String, Json::String(_))
        | (Kind::Boolean, Json::Bool(_)) => return,
        (Kind::Integer, Json::Number(number)) if is_whole(number) => return,
        (Kind::OneOf(words), Json::String(word)) => {
            if !words.of(problems.version).any(|it| it == word) {
                let words: Vec<&str> = words.of(problems.version).collect();
                let message = format!("`{word}` is not one of {}", words.join(", "));
                problem(at, message, problems);
            }
            return;
        }
        (Kind::Object(class), Json::Object(map)) => return object(map, class, at, problems),
        (Kind::NonEmpty(_), Json::Array(all)) if all.is_empty() => {
            return problem(at, "the list is empty".to_owned(), problems);
        }
        (Kind::List(item) | Kind::NonEmpty(item), Json::Array(all)) => {
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
        Json::Null => "null",
        Json::Bool(_) => "a truth value",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
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
