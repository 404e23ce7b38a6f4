//! CSAF 2.0: the statuses of products, and the mandatory tests of the specification (section 6.1) that a reader needs to trust them.

mod mandatory;
mod products;

use bomtrail_graph::VexStatus;
use serde_json::{Map, Value};

use super::checker::Checker;
use super::{ReadClaim, claim};
use products::Products;

/// What lists of `product_status` mean.
const STATUSES: [(&str, VexStatus); 8] = [
    ("first_affected", VexStatus::Affected),
    ("known_affected", VexStatus::Affected),
    ("last_affected", VexStatus::Affected),
    ("first_fixed", VexStatus::Fixed),
    ("fixed", VexStatus::Fixed),
    ("known_not_affected", VexStatus::NotAffected),
    ("under_investigation", VexStatus::Investigating),
    ("recommended", VexStatus::Fixed),
];

pub(super) fn read(value: &Value, checker: &mut Checker) -> Vec<ReadClaim> {
    let Some(document) = value.get("document").and_then(Value::as_object) else {
        checker.wrong("/document", "this must be an object");
        return Vec::new();
    };
    if document.get("csaf_version").and_then(Value::as_str) != Some("2.0") {
        checker.wrong("/document/csaf_version", "only version 2.0 is read");
    }
    for key in ["category", "title", "publisher", "tracking"] {
        if !document.contains_key(key) {
            checker.wrong("/document", &format!("`{key}` is missing"));
        }
    }
    let products = Products::of(value, checker);
    mandatory::all(value, &products, checker);
    let author = value
        .pointer("/document/publisher/name")
        .and_then(Value::as_str);
    let author = author.unwrap_or_default();
    let vulnerabilities = value.get("vulnerabilities").and_then(Value::as_array);
    let mut claims = Vec::new();
    for it in vulnerabilities
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
    {
        claims.extend(vulnerability(it, &products, author, checker));
    }
    claims
}

fn vulnerability(
    object: &Map<String, Value>,
    products: &Products<'_>,
    author: &str,
    checker: &Checker,
) -> Vec<ReadClaim> {
    let ids = object
        .get("ids")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let ids = ids.filter_map(|it| it.get("text")?.as_str());
    let cve = object.get("cve").and_then(Value::as_str);
    let ids: Vec<String> = cve.into_iter().chain(ids).map(str::to_owned).collect();
    let mut claims = Vec::new();
    for (key, status) in STATUSES {
        let listed = object
            .get("product_status")
            .and_then(|it| it.get(key)?.as_array());
        for product in listed.into_iter().flatten().filter_map(Value::as_str) {
            // A recommended product says nothing about the vulnerability.
            if key == "recommended" {
                continue;
            }
            let reason = reason(object, product);
            claims.push(ReadClaim {
                ids: ids.clone(),
                packages: products.packages(product),
                claim: claim(status, &reason, checker.name(), author),
            });
        }
    }
    claims
}

/// Why a product has its status: the impact, the remediation, or the label of a flag.
fn reason(object: &Map<String, Value>, product: &str) -> String {
    let find = |list: &str, text: &str| {
        let items = object.get(list)?.as_array()?;
        let about = items.iter().find(|it| {
            let ids = it.get("product_ids").and_then(Value::as_array);
            ids.is_some_and(|ids| ids.iter().any(|id| id == product))
        });
        Some(about?.get(text)?.as_str()?.to_owned())
    };
    let found = find("threats", "details").or_else(|| find("remediations", "details"));
    found.or_else(|| find("flags", "label")).unwrap_or_default()
}
