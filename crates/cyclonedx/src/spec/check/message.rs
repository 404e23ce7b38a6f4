//! The sentences of the check: what is expected and what is found.

use bomtrail_document::Json;

use crate::spec::model::{Case, Choice, Field, Kind, Type, Words};
use crate::spec::version::SpecVersion;

/// The most words that a message lists, and the most characters of a value that it quotes.
const WORDS: usize = 12;
const QUOTED: usize = 80;

/// `expected` is not what is found.
pub(super) fn instead(expected: &str, found: &Json<'_>) -> String {
    let found = match found {
        Json::Null => "null".to_owned(),
        Json::Bool(it) => format!("`{it}`"),
        Json::Number(it) => format!("the number {it}"),
        Json::String(it) => format!("`{}`", quoted(it)),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    };
    format!("expected {expected}, found {found}")
}

/// `text` is not one of `words`.
pub(super) fn word(words: &Words, text: &str, version: SpecVersion) -> String {
    let found = quoted(text);
    let since = words
        .lists
        .iter()
        .find(|(_, list)| list.split(", ").any(|it| it == text));
    if let Some((since, _)) = since {
        let name = since.name();
        return format!(
            "`{found}` exists since CycloneDX {name}, not in {}",
            version.name()
        );
    }
    let all: Vec<String> = words.of(version).map(|it| format!("`{it}`")).collect();
    let listed = all.get(..WORDS).unwrap_or(&all).join(", ");
    let more = if all.len() > WORDS { ", …" } else { "" };
    match *all {
        [_] => format!("expected {listed}, found `{found}`"),
        _ => format!("expected one of {listed}{more}, found `{found}`"),
    }
}

/// `name` is not a field of `of`; `field` is that of another version.
pub(super) fn unknown(
    name: &str,
    of: &Type,
    field: Option<&Field>,
    version: SpecVersion,
) -> String {
    let (name, of, version) = (quoted(name), of.name, version.name());
    match field {
        Some(field) => format!(
            "`{name}` of `{of}` exists since CycloneDX {}, not in {version}",
            field.since.name()
        ),
        None => format!("`{name}` is not a field of `{of}` in CycloneDX {version}"),
    }
}

/// What a value of a kind is.
pub(super) fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text(_) | Kind::Word(_) => "a string".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Integer(least, most) => integer(least, most),
        Kind::Number | Kind::Share => "a number".to_owned(),
        Kind::Object(_) => "an object".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::OneOf(choice) => self::choice(choice),
    }
}

pub(super) fn integer(least: i64, most: i64) -> String {
    match (least, most) {
        (i64::MIN, _) => "an integer".to_owned(),
        (least, i64::MAX) => format!("an integer from {least}"),
        (least, most) => format!("an integer from {least} to {most}"),
    }
}

/// What a value of a choice is.
pub(super) fn choice(choice: &Choice) -> String {
    let case = |it: &Case| match it.element {
        "" => kind(it.kind),
        name => format!("`{name}`"),
    };
    let cases: Vec<String> = choice.cases.iter().map(case).collect();
    cases.join(" or ")
}

fn quoted(text: &str) -> String {
    if text.chars().nth(QUOTED).is_none() {
        return text.to_owned();
    }
    let start: String = text.chars().take(QUOTED).collect();
    [&start, "…"].concat()
}
