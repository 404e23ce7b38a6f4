//! `denied`: what may not be used, whatever approves it.

use bomtrail_version::Scheme;
use jsonc_parser::ast::Value;

use super::Denial;
use super::reviews::{self, date, people};
use crate::json::Page;
use crate::key::Stated;

const KNOWN: [&str; 7] = [
    "reason",
    "note",
    "by",
    "on",
    "useInstead",
    "versions",
    "ranges",
];

pub(super) fn read<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Vec<Denial> {
    let Some(object) = page.as_object("denied", value) else {
        return Vec::new();
    };
    let mut denials = Vec::with_capacity(object.properties.len());
    for (name, at, value) in page.properties(object, None) {
        let stated = match Stated::parse(name) {
            Ok(stated) => stated,
            Err(why) => {
                page.wrong(at, format!("`{name}` names no package: {why}"), None);
                continue;
            }
        };
        if stated.version.is_some() && !name.starts_with("pkg:") {
            let help = "use a Package URL, or `versions` beside the reason";
            page.wrong(at, format!("`{name}` carries a version"), Some(help));
            continue;
        }
        let mut denial = Denial {
            versions: stated.version.into_iter().collect(),
            ranges: Vec::new(),
            reason: None,
            note: None,
            by: Vec::new(),
            on: None,
            use_instead: None,
            line: page.line(at),
            key: stated.key,
            author: stated.author,
        };
        if let Some(details) = page.as_object(name, value) {
            for (field, _, value) in page.properties(details, Some(&KNOWN)) {
                detail(page, &mut denial, field, value);
            }
        }
        denials.push(denial);
    }
    denials
}

fn detail<'t>(page: &mut Page<'t>, denial: &mut Denial, field: &str, value: &Value<'t>) {
    match field {
        "reason" => denial.reason = reviews::text(page, field, value),
        "note" => denial.note = reviews::text(page, field, value),
        "useInstead" => denial.use_instead = reviews::text(page, field, value),
        "by" => denial.by = people(page, value),
        "on" => denial.on = date(page, field, value),
        "versions" => {
            let texts = page.as_texts(field, value);
            if texts.is_empty() {
                page.expected(field, value, "a list of at least one version");
            }
            for (text, at) in texts {
                if text.is_empty()
                    || text.contains(|c: char| c.is_whitespace() || "<>=^~*|".contains(c))
                {
                    let help = "write ranges under `ranges`";
                    page.wrong(at, format!("`{text}` is no exact version"), Some(help));
                }
                denial.versions.push(text.to_owned());
            }
        }
        _ => {
            let texts = page.as_texts(field, value);
            if texts.is_empty() || denial.key.package_type() != "npm" || denial.key.is_git() {
                page.expected(field, value, "a list of ranges of an npm registry package");
            }
            for (text, at) in texts {
                if text.trim().is_empty() || !Scheme::Npm.is_range(text) {
                    page.wrong(at, format!("`{text}` is not an npm range"), None);
                }
                denial.ranges.push(text.to_owned());
            }
        }
    }
}
