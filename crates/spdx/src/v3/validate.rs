//! Compares a document of SPDX 3.0.1 with the table of its classes: types, required and unknown fields, enumerations, references.
//! Gives the verdict of the official JSON schema, without the schema.

use std::fmt;

use bomtrail_document::{Json, Members};

use super::names::CONTEXT;
use super::spec::{Class, Field, Identity, Kind, SPEC};

/// The most problems that are reported, so that a document in which everything is wrong costs no more than others.
const MOST: usize = 1000;
/// The bytes in which the scheme of nearly every IRI ends.
const LONGEST_SCHEME: usize = 16;
/// The class of extensions, whose objects may have any type and any field.
const EXTENSION: &str = "extension_Extension";

/// Pointer and message of each problem.
type Problems = Vec<(String, String)>;

/// Where a value is: the way to it, which is written when a problem needs it.
#[derive(Clone, Copy)]
enum At<'a> {
    Document,
    Key(&'a At<'a>, &'a str),
    Index(&'a At<'a>, usize),
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => Ok(()),
            Self::Key(parent, key) if key.contains(['~', '/']) => {
                write!(f, "{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
            }
            Self::Key(parent, key) => write!(f, "{parent}/{key}"),
            Self::Index(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

/// The problems of a document.
pub(crate) fn problems(document: &Members<'_>) -> Problems {
    let mut problems = Vec::new();
    if document.get("@context").and_then(Json::as_str) != Some(CONTEXT) {
        let at = At::Key(&At::Document, "@context");
        problem(at, format!("`{CONTEXT}` belongs here"), &mut problems);
    }
    let Some(graph) = document.get("@graph") else {
        let mut element = document.clone();
        element.remove("@context");
        object(&element, None, At::Document, &mut problems);
        return problems;
    };
    for key in document
        .keys()
        .filter(|it| !matches!(*it, "@context" | "@graph"))
    {
        let message = format!("SPDX 3.0.1 has no field `{key}` here");
        // As it is written, without the escapes of a pointer.
        push(["/", key].concat(), message, &mut problems);
    }
    let at = At::Key(&At::Document, "@graph");
    let Some(elements) = graph.as_array() else {
        problem(at, "a list belongs here".to_owned(), &mut problems);
        return problems;
    };
    for (index, element) in elements.iter().enumerate() {
        let at = At::Index(&at, index);
        match element {
            Json::Object(map) => object(map, None, at, &mut problems),
            _ => problem(at, "an object belongs here".to_owned(), &mut problems),
        }
    }
    problems
}

/// An object; of a class or one derived from it, if that is given.
fn object(map: &Members<'_>, wanted: Option<&str>, at: At<'_>, problems: &mut Problems) {
    let Some(name) = map.get("type").and_then(Json::as_str) else {
        return problem(at, "`type` is missing or not a string".to_owned(), problems);
    };
    let class = SPEC
        .class(name)
        .filter(|it| it.identity != Identity::Abstract);
    let Some(class) = class.filter(|_| wanted.is_none_or(|it| SPEC.is(name, it))) else {
        if wanted != Some(EXTENSION) || name == EXTENSION || !is_reference(name) {
            let wanted = wanted.unwrap_or("SPDX 3.0.1");
            problem(at, format!("`{name}` is not a class of {wanted}"), problems);
        }
        return;
    };
    let id = identify(map, class, at, problems);
    for field in &class.required {
        if !map.contains_key(field.key) {
            problem(at, format!("`{}` is missing", field.key), problems);
        }
    }
    let mut next = 0;
    for (key, value) in map
        .iter()
        .filter(|(key, _)| !matches!(*key, "type") && *key != id)
    {
        let at = At::Key(&at, key);
        match class.field_after(&mut next, key) {
            Some(field) => values(value, field, at, problems),
            None => problem(at, format!("`{name}` has no field `{key}`"), problems),
        }
    }
}

/// Checks the identifier of an object; gives the name of its field.
fn identify(map: &Members<'_>, class: &Class, at: At<'_>, problems: &mut Problems) -> &'static str {
    let is_element = class.identity == Identity::Element;
    let key = if is_element { "spdxId" } else { "@id" };
    let is_valid = match map.get(key) {
        None => !is_element,
        Some(Json::String(id)) => is_reference(id) && !(is_element && id.starts_with("_:")),
        Some(_) => false,
    };
    if !is_valid {
        problem(at, format!("`{key}` is missing or not an IRI"), problems);
    }
    key
}

fn values(value: &Json<'_>, field: &Field, at: At<'_>, problems: &mut Problems) {
    let Some(least) = field.list else {
        return check(value, &field.kind, at, problems);
    };
    let Some(all) = value.as_array() else {
        return problem(at, "a list belongs here".to_owned(), problems);
    };
    if all.len() < least {
        problem(
            at,
            format!("the list has less than {least} values"),
            problems,
        );
    }
    for (index, value) in all.iter().enumerate() {
        check(value, &field.kind, At::Index(&at, index), problems);
    }
}

fn check(value: &Json<'_>, kind: &Kind, at: At<'_>, problems: &mut Problems) {
    let text = value.as_str();
    let (is_valid, expected) = match kind {
        Kind::Text => (text.is_some(), "a string"),
        Kind::Time => (text.is_some_and(is_time), "a time (`2026-01-31T12:00:00Z`)"),
        Kind::Media => (
            text.is_some_and(is_media_type),
            "a media type (`text/plain`)",
        ),
        Kind::Version => (text.is_some_and(is_version), "a version (`3.0.1`)"),
        Kind::Decimal => (
            value.is_number() || text.is_some_and(is_decimal),
            "a number",
        ),
        Kind::Integer(least) => (
            is_whole(value, *least),
            "a whole number that is large enough",
        ),
        Kind::Truth => (value.is_boolean(), "true or false"),
        Kind::OneOf(words) => {
            if !text.is_some_and(|it| words.contains(&it)) {
                let message = format!("expected one of {}", words.join(", "));
                problem(at, message, problems);
            }
            return;
        }
        Kind::Object(class) => {
            if let Json::Object(map) = value {
                return object(map, Some(class), at, problems);
            }
            let refers = |it: &str| is_reference(it) || SPEC.is_individual(class, it);
            (text.is_some_and(refers), "an object or the IRI of one")
        }
    };
    if !is_valid {
        problem(at, format!("{expected} belongs here"), problems);
    }
}

/// True for an IRI and for a blank node (`_:name`).
fn is_reference(text: &str) -> bool {
    // Most have a scheme, which is short, and something after it.
    let start = text.as_bytes().iter().take(LONGEST_SCHEME);
    let end = start.take_while(|it| !matches!(it, b':' | b'\n')).count();
    if let [b':', after, ..] = text.as_bytes().get(end..).unwrap_or_default()
        && end > 0
        && !matches!(after, b'\n' | b'\r')
    {
        return true;
    }
    let line = text.lines().next();
    let line = line.unwrap_or_default().as_bytes();
    let inner = line.get(1..line.len().saturating_sub(1));
    inner.is_some_and(|it| it.contains(&b':'))
}

fn is_time(text: &str) -> bool {
    let shape = b"0000-10-30T20:60:60Z";
    text.len() == shape.len()
        && text.bytes().zip(shape).all(|(found, wanted)| match wanted {
            b'0' => found.is_ascii_digit(),
            b'1'..=b'9' => (b'0'..=*wanted).contains(&found),
            _ => found == *wanted,
        })
}

fn is_media_type(text: &str) -> bool {
    let parts = text.split_once('/');
    parts.is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty() && !rest.contains('/'))
}

fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    !whole.is_empty() && digits(whole) && digits(rest)
}

/// True for a semantic version.
fn is_version(text: &str) -> bool {
    let (text, build) = text
        .split_once('+')
        .map_or((text, None), |(a, b)| (a, Some(b)));
    let (core, pre) = text
        .split_once('-')
        .map_or((text, None), |(a, b)| (a, Some(b)));
    let is_number = |it: &str| {
        let digits = !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        digits && (it == "0" || !it.starts_with('0'))
    };
    let is_word = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    let is_before =
        |it: &str| is_word(it) && (is_number(it) || !it.bytes().all(|it| it.is_ascii_digit()));
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3
        && numbers.into_iter().all(is_number)
        && pre.is_none_or(|it| it.split('.').all(is_before))
        && build.is_none_or(|it| it.split('.').all(is_word))
}

fn is_whole(value: &Json<'_>, least: u64) -> bool {
    let whole = value.as_u64().map(|it| it >= least);
    #[expect(clippy::cast_precision_loss, reason = "the least number is 0 or 1")]
    let float = || {
        value
            .as_number()
            .and_then(serde_json::Number::as_f64)
            .is_some_and(|it| it.fract() == 0.0 && it >= least as f64)
    };
    whole.unwrap_or_else(float)
}

fn problem(at: At<'_>, message: String, problems: &mut Problems) {
    push(at.to_string(), message, problems);
}

fn push(pointer: String, message: String, problems: &mut Problems) {
    if problems.len() < MOST {
        problems.push((pointer, message));
    }
}
