//! `reviews`: what is recorded about an approved version. It narrows or describes, and approves nothing.

use bomtrail_document::{Kind, Page, Table, Value};
use bomtrail_graph::Hash;

use crate::entry::{Basis, Review, Reviewed, Reviewer, Use};
use crate::integrity;
use crate::key::Stated;

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

pub(super) fn read(table: &mut Table<'_, '_>) -> Vec<Reviewed> {
    let mut reviews = Vec::new();
    let Some(table) = table.table("reviews") else {
        return reviews;
    };
    for entry in table.iter() {
        let (name, at, page) = (&*entry.key, entry.at, &mut *table.page);
        let stated = name
            .starts_with("pkg:")
            .then(|| Stated::parse(name).ok())
            .flatten();
        let Some(Stated {
            key,
            author,
            version: Some(version),
        }) = stated
        else {
            let help = "write it as in `pkg:npm/lodash@4.17.21`";
            let message = format!("`{name}` is not a Package URL with a version");
            page.wrong(at, &message, Some(help));
            continue;
        };
        if let Some(mut table) = Table::of(page, &entry.value, name) {
            reviews.push(Reviewed {
                key,
                author,
                version,
                review: review(&mut table),
                line: table.page.line(at),
            });
        }
    }
    reviews
}

fn review(table: &mut Table<'_, '_>) -> Review {
    table.only_or_own(&KNOWN);
    Review {
        integrity: hashes(table),
        by: reviewers(table),
        on: table.date("on"),
        expires: table.date("expires"),
        basis: table.one_of("basis", &Basis::NAMES),
        from: table.text("from").map(str::to_owned),
        criteria: owned(table, "criteria"),
        scope: scope(table),
        install_scripts: table.boolean("installScripts"),
        note: table.text("note").map(str::to_owned),
        refs: owned(table, "refs"),
    }
}

fn hashes(table: &mut Table<'_, '_>) -> Vec<Hash> {
    let texts = table.texts("integrity");
    if texts.is_empty() {
        table.wrong("integrity", "a list of at least one digest");
    }
    let mut hashes = Vec::with_capacity(texts.len());
    for (text, at) in texts {
        if let Some(hash) = integrity::parse(text) {
            hashes.push(hash);
        } else {
            let help =
                "write it as in the lockfile: `sha512-…`, `sha384-…` or `sha256-…`, in base64";
            let message = format!("`{text}` is not a digest that can pin a package");
            table.page.wrong(at, &message, Some(help));
        }
    }
    hashes.sort_unstable();
    hashes
}

fn scope(table: &mut Table<'_, '_>) -> Vec<Use> {
    let texts = table.texts("scope");
    if texts.is_empty() {
        table.wrong("scope", "a list of `prod` and `dev`");
    }
    let mut scope = Vec::new();
    for (text, at) in texts {
        if let Some((it, _)) = Use::NAMES.iter().find(|(_, name)| *name == text) {
            scope.push(*it);
        } else {
            let message = format!("`{text}` is not `prod` or `dev`");
            table.page.wrong(at, &message, None);
        }
    }
    scope
}

fn owned(table: &mut Table<'_, '_>, key: &str) -> Vec<String> {
    let texts = table.texts(key).into_iter();
    texts.map(|(text, _)| text.to_owned()).collect()
}

/// `by`: one name, or a list of names or of objects with more.
pub(super) fn reviewers(table: &mut Table<'_, '_>) -> Vec<Reviewer> {
    match table.get("by") {
        None => Vec::new(),
        Some(value) => match value.as_list() {
            Some(list) => {
                let all = list.iter();
                all.filter_map(|it| reviewer(table.page, it)).collect()
            }
            None => reviewer(table.page, value).into_iter().collect(),
        },
    }
}

fn reviewer<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Option<Reviewer> {
    const KINDS: [(&str, &str); 3] = [("person", "person"), ("org", "org"), ("agent", "agent")];
    match &value.kind {
        Kind::Text(name) => Some(Reviewer::named(name)),
        Kind::Entries(_) => {
            let mut table = Table::of(page, value, "by")?;
            table.only_or_own(&["name", "email", "kind"]);
            Some(Reviewer {
                name: table.required("name", "who reviewed")?.to_owned(),
                email: table.text("email").map(str::to_owned),
                kind: table.one_of("kind", &KINDS).map(str::to_owned),
            })
        }
        _ => {
            let wanted = "a name, an object with a `name`, or a list of them";
            page.expected("by", value, wanted);
            None
        }
    }
}
