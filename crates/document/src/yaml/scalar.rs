//! What scalars are in the core schema, as values and as keys.

use std::borrow::Cow;

use crate::tree::{Kind, Value};

/// The text of a scalar as a key.
pub(super) fn key_text(value: Value<'_>) -> Option<Cow<'_, str>> {
    match value.kind {
        Kind::Null => Some(Cow::Borrowed("null")),
        Kind::Bool(true) => Some(Cow::Borrowed("true")),
        Kind::Bool(false) => Some(Cow::Borrowed("false")),
        Kind::Number(text) | Kind::Text(text) => Some(text),
        Kind::Date(text) => Some(Cow::Owned(text)),
        Kind::List(_) | Kind::Entries(_) => None,
    }
}

/// What a plain scalar is in the core schema.
pub(super) fn plain(text: Cow<'_, str>) -> Kind<'_> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        it if is_number(it) => Kind::Number(text),
        _ => Kind::Text(text),
    }
}

/// True for an integer or a floating point number of the core schema.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    // Nearly every scalar is a word, a version or a range.
    if !unsigned.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        return false;
    }
    let all = |text: &str, fits: fn(char) -> bool| !text.is_empty() && text.chars().all(fits);
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, |it| it.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |it| matches!(it, '0'..='7'));
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let digits = |text: &str| text.chars().all(|it| it.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let power = exponent.map(|it| it.strip_prefix(['-', '+']).unwrap_or(it));
    (!whole.is_empty() || !fraction.is_empty())
        && digits(whole)
        && digits(fraction)
        && power.is_none_or(|it| !it.is_empty() && digits(it))
}
