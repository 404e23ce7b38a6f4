//! `reviews`: what is on record about an approved version. It narrows or describes, and approves nothing.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;

use super::{Basis, Review, Reviewed, Reviewer, Use};
use crate::integrity;
use crate::json::Page;
use crate::key::Stated;
use bomtrail_graph::Date;

const KNOWN: [&str; 11] = [
    "integrity",
    "by",
    "on",
    "expires",
    "basis",
    "from",
    "criteria",
    "scope",
    "installScripts",
    "note",
    "refs",
];

pub(super) fn read<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Vec<Reviewed> {
    let Some(object) = page.as_object("reviews", value) else {
        return Vec::new();
    };
    let mut reviews = Vec::with_capacity(object.properties.len());
    for (name, at, value) in page.properties(object, None) {
        let stated = Stated::parse(name)
            .ok()
            .filter(|_| name.starts_with("pkg:"));
        let Some((stated, version)) = stated.and_then(|it| Some((it.clone(), it.version?))) else {
            let help = "write it as in `pkg:npm/lodash@4.17.21`";
            page.wrong(
                at,
                format!("`{name}` is no Package URL with a version"),
                Some(help),
            );
            continue;
        };
        let Some(object) = page.as_object(name, value) else {
            continue;
        };
        let mut review = Review::default();
        for (field, _, value) in page.properties(object, Some(&KNOWN)) {
            detail(page, &mut review, field, value);
        }
        reviews.push(Reviewed {
            key: stated.key,
            author: stated.author,
            version,
            review,
            line: page.line(at),
        });
    }
    reviews
}

fn detail<'t>(page: &mut Page<'t>, review: &mut Review, field: &str, value: &Value<'t>) {
    match field {
        "integrity" => review.integrity = hashes(page, value),
        "by" => review.by = people(page, value),
        "on" => review.on = date(page, field, value),
        "expires" => review.expires = date(page, field, value),
        "basis" => review.basis = named(page, field, value, &Basis::NAMES),
        "from" => review.from = text(page, field, value),
        "criteria" => review.criteria = owned(page, field, value),
        "scope" => review.scope = scope(page, value),
        "installScripts" => match value {
            Value::BooleanLit(it) => review.install_scripts = Some(it.value),
            other => page.expected(field, other, "`true` or `false`"),
        },
        "note" => review.note = text(page, field, value),
        _ => review.refs = owned(page, field, value),
    }
}

fn hashes<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Vec<bomtrail_graph::Hash> {
    let texts = page.as_texts("integrity", value);
    if texts.is_empty() {
        page.expected("integrity", value, "a list of at least one digest");
    }
    let mut hashes = Vec::with_capacity(texts.len());
    for (text, at) in texts {
        if let Some(hash) = integrity::parse(text) {
            hashes.push(hash);
        } else {
            let help =
                "write it as in the lockfile: `sha512-…`, `sha384-…` or `sha256-…`, in base64";
            page.wrong(at, format!("`{text}` is no digest that pins"), Some(help));
        }
    }
    hashes.sort_unstable();
    hashes
}

fn scope<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Vec<Use> {
    let texts = page.as_texts("scope", value);
    if texts.is_empty() {
        page.expected("scope", value, "a list of `prod` and `dev`");
    }
    let mut scope = Vec::new();
    for (text, at) in texts {
        match Use::NAMES.iter().find(|(_, name)| *name == text) {
            Some((it, _)) => scope.push(*it),
            None => page.wrong(at, format!("`{text}` is neither `prod` nor `dev`"), None),
        }
    }
    scope
}

fn named<'t, T: Copy>(
    page: &mut Page<'t>,
    field: &str,
    value: &Value<'t>,
    names: &[(T, &str)],
) -> Option<T> {
    let text = page.as_text(field, value)?;
    let found = names.iter().find(|(_, name)| *name == text);
    if found.is_none() {
        let all: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
        page.expected(field, value, &format!("one of `{}`", all.join("`, `")));
    }
    found.map(|(it, _)| *it)
}

fn owned<'t>(page: &mut Page<'t>, field: &str, value: &Value<'t>) -> Vec<String> {
    let texts = page.as_texts(field, value).into_iter();
    texts.map(|(text, _)| text.to_owned()).collect()
}

pub(super) fn text<'t>(page: &mut Page<'t>, field: &str, value: &Value<'t>) -> Option<String> {
    page.as_text(field, value).map(str::to_owned)
}

pub(super) fn date<'t>(page: &mut Page<'t>, field: &str, value: &Value<'t>) -> Option<Date> {
    let text = page.as_text(field, value)?;
    // A time of day would be dropped without a word.
    let date = Date::parse(text).filter(|_| text.len() == 10);
    if date.is_none() {
        page.expected(field, value, "a date, as in `2026-11-21`");
    }
    date
}

/// One name, or a list of names or of objects with more.
pub(super) fn people<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Vec<Reviewer> {
    match value {
        Value::Array(array) => {
            let items = array.elements.iter();
            items.filter_map(|it| person(page, it)).collect()
        }
        single => person(page, single).into_iter().collect(),
    }
}

fn person<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Option<Reviewer> {
    if let Value::StringLit(name) = value {
        return Some(Reviewer {
            name: name.value.clone().into_owned(),
            ..Reviewer::default()
        });
    }
    let Value::Object(object) = value else {
        page.expected(
            "by",
            value,
            "a name, an object with a `name`, or a list of them",
        );
        return None;
    };
    let mut found = Reviewer::default();
    for (field, _, value) in page.properties(object, Some(&["name", "email", "kind"])) {
        match field {
            "name" => found.name = text(page, field, value).unwrap_or_default(),
            "email" => found.email = text(page, field, value),
            _ => {
                const KINDS: [(&str, &str); 3] =
                    [("person", "person"), ("org", "org"), ("agent", "agent")];
                found.kind = named(page, field, value, &KINDS).map(str::to_owned);
            }
        }
    }
    if found.name.is_empty() {
        page.wrong(
            value.range().start,
            "a reviewer has a `name`".to_owned(),
            None,
        );
    }
    Some(found)
}
