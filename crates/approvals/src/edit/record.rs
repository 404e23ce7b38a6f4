//! What is on record about an approval: the fields of an entry of `reviews`, and texts of others.

use jsonc_parser::cst::{CstInputValue, CstObject};

use super::Addition;
use crate::document::Basis;
use crate::integrity::sri;

/// True when there is anything to put on record.
pub(super) fn is_any(it: &Addition) -> bool {
    !it.integrity.is_empty()
        || it.basis != Basis::Full
        || it.by.is_some()
        || it.expires.is_some()
        || it.note.is_some()
        || !it.criteria.is_empty()
        || !it.scope.is_empty()
}

/// Puts an approval on record; what is recorded beside it stays.
pub(super) fn set(review: &CstObject, it: &Addition) {
    let digests: Vec<CstInputValue> = it
        .integrity
        .iter()
        .filter_map(sri)
        .map(CstInputValue::String)
        .collect();
    if !digests.is_empty() {
        set_value(review, "integrity", CstInputValue::Array(digests));
    }
    set_text(review, "by", it.by.as_deref());
    set_text(review, "on", Some(&it.on.to_string()));
    set_text(
        review,
        "expires",
        it.expires.map(|it| it.to_string()).as_deref(),
    );
    set_text(review, "basis", Some(it.basis.name()));
    set_text(review, "from", it.from.as_deref());
    let criteria: Vec<&str> = it.criteria.iter().map(String::as_str).collect();
    set_texts(review, "criteria", &criteria);
    let scope: Vec<&str> = it.scope.iter().map(|it| it.name()).collect();
    set_texts(review, "scope", &scope);
    set_text(review, "note", it.note.as_deref());
}

/// Sets a list of texts, unless it is empty.
fn set_texts(object: &CstObject, name: &str, texts: &[&str]) {
    let texts: Vec<CstInputValue> = texts
        .iter()
        .map(|it| CstInputValue::String((*it).to_owned()))
        .collect();
    if !texts.is_empty() {
        set_value(object, name, CstInputValue::Array(texts));
    }
}

/// Puts on record whether a version may run its install scripts, unless that is answered already.
pub(super) fn set_scripts(review: &CstObject, allowed: bool) {
    if review.get("installScripts").is_none() {
        review.append("installScripts", CstInputValue::Bool(allowed));
    }
}

/// Sets a text, where there is one.
pub(super) fn set_text(object: &CstObject, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        set_value(object, name, CstInputValue::String(value.to_owned()));
    }
}

fn set_value(object: &CstObject, name: &str, value: CstInputValue) {
    match object.get(name) {
        Some(property) => property.set_value(value),
        None => {
            object.append(name, value);
        }
    }
}
