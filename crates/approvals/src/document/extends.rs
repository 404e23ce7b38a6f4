//! `extends`: one file or several, by path or URL.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;

use super::Extends;
use crate::integrity;
use crate::json::Page;
use crate::key::Stated;

pub(super) fn read<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Vec<Extends> {
    match value {
        Value::Array(array) => {
            let items = array.elements.iter();
            items.filter_map(|it| one(page, it)).collect()
        }
        single => one(page, single).into_iter().collect(),
    }
}

fn one<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Option<Extends> {
    let mut extends = Extends {
        reference: String::new(),
        integrity: None,
        exclude: Vec::new(),
        line: page.line(value.range().start),
    };
    match value {
        Value::StringLit(text) => extends.reference = text.value.clone().into_owned(),
        Value::Object(object) => {
            let known = ["path", "url", "integrity", "exclude"];
            for (field, at, value) in page.properties(object, Some(&known)) {
                match field {
                    "integrity" => pin(page, &mut extends, value),
                    "exclude" => exclude(page, &mut extends, value),
                    _ if !extends.reference.is_empty() => {
                        page.wrong(
                            at,
                            "`extends` has a `path` or a `url`, not both".to_owned(),
                            None,
                        );
                    }
                    _ => {
                        let text = page.as_text(field, value)?;
                        if (field == "url") != text.contains("://") {
                            page.expected(
                                field,
                                value,
                                if field == "url" { "a URL" } else { "a path" },
                            );
                        }
                        text.clone_into(&mut extends.reference);
                    }
                }
            }
        }
        other => {
            page.expected(
                "extends",
                other,
                "a path, a URL, an object with one of them, or a list",
            );
            return None;
        }
    }
    if extends.reference.is_empty() {
        page.wrong(
            value.range().start,
            "`extends` names no file".to_owned(),
            None,
        );
        return None;
    }
    Some(extends)
}

fn pin<'t>(page: &mut Page<'t>, extends: &mut Extends, value: &Value<'t>) {
    let Some(text) = page.as_text("integrity", value) else {
        return;
    };
    extends.integrity = integrity::parse(text).filter(|_| text.starts_with("sha512-"));
    if extends.integrity.is_none() {
        page.expected("integrity", value, "a `sha512-…` digest in base64");
    }
}

fn exclude<'t>(page: &mut Page<'t>, extends: &mut Extends, value: &Value<'t>) {
    for (text, at) in page.as_texts("exclude", value) {
        match Stated::parse(text) {
            Ok(Stated {
                key, version: None, ..
            }) => extends.exclude.push(key),
            Ok(_) => page.wrong(
                at,
                format!("`{text}` carries a version"),
                Some("packages are excluded as a whole"),
            ),
            Err(why) => page.wrong(at, format!("`{text}` names no package: {why}"), None),
        }
    }
}
