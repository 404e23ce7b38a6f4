//! OpenVEX 0.2.0, strictly; documents of the versions before it as far as they can be understood.

use bomtrail_graph::{Purl, VexStatus};
use serde_json::{Map, Value};

use super::checker::Checker;
use super::{ReadClaim, claim};
use crate::vex::words::JUSTIFICATIONS;

const STATUSES: [(&str, VexStatus); 4] = [
    ("not_affected", VexStatus::NotAffected),
    ("affected", VexStatus::Affected),
    ("fixed", VexStatus::Fixed),
    ("under_investigation", VexStatus::Investigating),
];
const DOCUMENT: [&str; 9] = [
    "@context",
    "@id",
    "author",
    "role",
    "timestamp",
    "last_updated",
    "version",
    "tooling",
    "statements",
];
const STATEMENT: [&str; 13] = [
    "@id",
    "version",
    "vulnerability",
    "timestamp",
    "last_updated",
    "products",
    "status",
    "supplier",
    "status_notes",
    "justification",
    "impact_statement",
    "action_statement",
    "action_statement_timestamp",
];

pub(super) fn read(value: &Value, checker: &mut Checker) -> Vec<ReadClaim> {
    let context = value
        .get("@context")
        .and_then(Value::as_str)
        .unwrap_or_default();
    // Before 0.2.0, vulnerabilities and products were texts, and the context had no version or another one.
    let is_old = !context.contains("v0.2") && !context.contains("v1.");
    let known = (!is_old).then_some(&DOCUMENT[..]);
    let Some(document) = checker.object(value, "", known) else {
        return Vec::new();
    };
    let author = checker
        .required(document, "author", "")
        .unwrap_or_default()
        .to_owned();
    checker.required(document, "@id", "");
    // Documents whose statements have times of their own occur without one, and without a version.
    let time = checker.text(document, "timestamp", "");
    checker.time(time, "/timestamp");
    let version = document.get("version").map(Value::as_u64);
    if !is_old && version.is_some_and(|it| it.is_none_or(|it| it == 0)) {
        checker.wrong("/version", "this must be a whole number from 1");
    }
    let statements = checker.distinct(document, "statements", "");
    if statements.is_empty() {
        checker.wrong("/statements", "the document states nothing");
    }
    let mut claims = Vec::new();
    for (number, it) in statements.iter().enumerate() {
        let at = format!("/statements/{number}");
        let known = (!is_old).then_some(&STATEMENT[..]);
        if let Some(object) = checker.object(it, &at, known) {
            claims.extend(statement(object, &at, is_old, &author, checker));
        }
    }
    claims
}

fn statement(
    object: &Map<String, Value>,
    at: &str,
    is_old: bool,
    author: &str,
    checker: &mut Checker,
) -> Option<ReadClaim> {
    let ids = vulnerability(object, at, is_old, checker);
    let packages = products(object, at, is_old, checker);
    let status = checker.required(object, "status", at);
    let status = checker.word(status, &format!("{at}/status"), &STATUSES);
    let why = checker.text(object, "justification", at);
    let known = JUSTIFICATIONS.map(|it| (it.openvex, ()));
    checker.word(why, &format!("{at}/justification"), &known);
    let impact = checker.text(object, "impact_statement", at);
    let action = checker.text(object, "action_statement", at);
    for key in ["timestamp", "last_updated", "action_statement_timestamp"] {
        let time = checker.text(object, key, at);
        checker.time(time, &format!("{at}/{key}"));
    }
    if !is_old && status == Some(VexStatus::NotAffected) && why.is_none() && impact.is_none() {
        checker.wrong(
            at,
            "`not_affected` needs a `justification` or an `impact_statement`",
        );
    }
    if !is_old && status == Some(VexStatus::Affected) && action.is_none() {
        checker.wrong(at, "`affected` needs an `action_statement`");
    }
    let notes = checker.text(object, "status_notes", at);
    let reason = impact.or(action).or(notes).or(why).unwrap_or_default();
    Some(ReadClaim {
        ids,
        packages,
        claim: claim(status?, reason, checker.name(), author),
    })
}

fn vulnerability(
    object: &Map<String, Value>,
    at: &str,
    is_old: bool,
    checker: &mut Checker,
) -> Vec<String> {
    let at = format!("{at}/vulnerability");
    match object.get("vulnerability") {
        None => {
            checker.wrong(&at, "the vulnerability is missing");
            Vec::new()
        }
        Some(Value::String(id)) if is_old => vec![id.clone()],
        Some(value) => {
            let known = ["@id", "name", "description", "aliases"];
            let Some(object) = checker.object(value, &at, Some(&known)) else {
                return Vec::new();
            };
            let name = checker.required(object, "name", &at);
            let aliases = checker.distinct(object, "aliases", &at).iter();
            let aliases = aliases.filter_map(|it| it.as_str().map(str::to_owned));
            name.map(str::to_owned).into_iter().chain(aliases).collect()
        }
    }
}

/// The packages: the subcomponents of the products, else the products themselves.
fn products(
    object: &Map<String, Value>,
    at: &str,
    is_old: bool,
    checker: &mut Checker,
) -> Vec<Purl> {
    let mut packages = Vec::new();
    for (number, it) in checker.distinct(object, "products", at).iter().enumerate() {
        let at = format!("{at}/products/{number}");
        if let (Value::String(text), true) = (it, is_old) {
            packages.extend(Purl::normalize(text));
            continue;
        }
        let known = ["@id", "identifiers", "hashes", "subcomponents"];
        let Some(product) = checker.object(it, &at, Some(&known)) else {
            continue;
        };
        let own = component(product, &at, checker);
        let parts = checker.distinct(product, "subcomponents", &at);
        let before = packages.len();
        for (number, part) in parts.iter().enumerate() {
            let at = format!("{at}/subcomponents/{number}");
            let known = ["@id", "identifiers", "hashes"];
            if let Some(part) = checker.object(part, &at, Some(&known)) {
                packages.extend(component(part, &at, checker));
            }
        }
        if packages.len() == before {
            packages.extend(own);
        }
    }
    if let (true, Some(Value::Array(parts))) = (is_old, object.get("subcomponents")) {
        packages.extend(
            parts
                .iter()
                .filter_map(|it| Purl::normalize(it.as_str()?).ok()),
        );
    }
    packages
}

/// The Package URL of a component.
fn component(object: &Map<String, Value>, at: &str, checker: &mut Checker) -> Option<Purl> {
    let id = checker.text(object, "@id", at);
    let identifiers = object.get("identifiers");
    if id.is_none() && identifiers.is_none() {
        checker.wrong(at, "a product needs an `@id` or `identifiers`");
    }
    let stated = identifiers
        .and_then(|it| it.get("purl"))
        .and_then(Value::as_str);
    stated.or(id).and_then(|it| Purl::normalize(it).ok())
}
