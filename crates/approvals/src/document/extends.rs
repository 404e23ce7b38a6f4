//! `extends`: one file or several, by path or URL.

use bomtrail_document::{Kind, Page, Table, Value};

use crate::entry::Extends;
use crate::integrity;
use crate::key::Stated;

pub(super) fn read(table: &mut Table<'_, '_>) -> Vec<Extends> {
    match table.get("extends") {
        None => Vec::new(),
        Some(value) => match value.as_list() {
            Some(list) => list.iter().filter_map(|it| one(table.page, it)).collect(),
            None => one(table.page, value).into_iter().collect(),
        },
    }
}

fn one<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Option<Extends> {
    let mut extends = Extends {
        reference: String::new(),
        integrity: None,
        exclude: Vec::new(),
        line: page.line(value.start),
    };
    match &value.kind {
        Kind::Text(text) => extends.reference = text.clone().into_owned(),
        Kind::Entries(_) => described(&mut Table::of(page, value, "extends")?, &mut extends),
        _ => {
            let wanted = "a path, a URL, an object with one of them, or a list";
            page.expected("extends", value, wanted);
            return None;
        }
    }
    if extends.reference.is_empty() {
        let message = "`extends` needs a `path` or a `url`";
        page.wrong(value.start, message, None);
        return None;
    }
    Some(extends)
}

fn described(table: &mut Table<'_, '_>, extends: &mut Extends) {
    table.only_or_own(&["path", "url", "integrity", "exclude"]);
    if let (Some(_), Some(it)) = (table.get("path"), table.get("url")) {
        let message = "`extends` has a `path` or a `url`, not both";
        table.page.wrong(it.start, message, None);
    }
    for (key, is_url, wanted) in [("path", false, "a path"), ("url", true, "a URL")] {
        if let Some(text) = table.text(key) {
            if text.contains("://") != is_url {
                table.wrong(key, wanted);
            }
            text.clone_into(&mut extends.reference);
        }
    }
    let wanted = "a `sha512-…` digest in base64";
    extends.integrity = table.parsed("integrity", wanted, |text| {
        integrity::parse(text).filter(|_| text.starts_with("sha512-"))
    });
    for (text, at) in table.texts("exclude") {
        match Stated::parse(text) {
            Ok(Stated {
                key, version: None, ..
            }) => extends.exclude.push(key),
            Ok(_) => table.page.wrong(
                at,
                &format!("`{text}` has a version"),
                Some("packages are excluded as a whole"),
            ),
            Err(why) => {
                let message = format!("`{text}` is not a package: {why}");
                table.page.wrong(at, &message, None);
            }
        }
    }
}
