//! What is recorded about an approval: the fields of an entry of `reviews`, and the texts of others.

use super::request::Addition;
use super::tree::{Node, Object};
use crate::entry::Basis;
use crate::integrity::sri;

/// True when there is anything to record.
pub(super) fn is_any(it: &Addition) -> bool {
    !it.integrity.is_empty()
        || it.basis.is_some()
        || it.by.is_some()
        || it.expires.is_some()
        || it.note.is_some()
        || !it.criteria.is_empty()
        || !it.scope.is_empty()
}

/// Records an approval; fields that it does not have stay as they are. An approval of this one package is more than one in bulk.
pub(super) fn set(review: &mut Object<'_>, it: &Addition) {
    let digests: Vec<String> = it.integrity.iter().filter_map(sri).collect();
    set_texts(review, "integrity", &digests);
    set_text(review, "by", it.by.as_deref());
    set_text(review, "on", Some(&it.on.to_string()));
    let expires = it.expires.map(|it| it.to_string());
    set_text(review, "expires", expires.as_deref());
    if it.basis.is_none() && review.is_text("basis", Basis::Bulk.name()) {
        review.remove("basis");
    }
    set_text(review, "basis", it.basis.map(Basis::name));
    set_text(review, "from", it.from.as_deref());
    set_texts(review, "criteria", &it.criteria);
    let scope: Vec<&str> = it.scope.iter().map(|it| it.name()).collect();
    set_texts(review, "scope", &scope);
    set_text(review, "note", it.note.as_deref());
}

/// Sets a list of texts, unless it is empty.
fn set_texts<T: AsRef<str>>(object: &mut Object<'_>, name: &str, texts: &[T]) {
    if !texts.is_empty() {
        object.set(name, Node::texts(texts));
    }
}

/// Records whether a version may run its install scripts, unless that is recorded already.
pub(super) fn set_scripts(review: &mut Object<'_>, allowed: bool) {
    if !review.has("installScripts") {
        let word = if allowed { "true" } else { "false" };
        review.set("installScripts", Node::Raw(word.into()));
    }
}

/// Sets a text, where there is one.
pub(super) fn set_text(object: &mut Object<'_>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.set(name, Node::text(value));
    }
}
