//! The tests about what the category of a document requires.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{about, items, texts};
use crate::vex::read::checker::Checker;
use crate::vex::read::csaf::products::Products;

/// What the category of a document requires (6.1.26, 6.1.27.1 to 6.1.27.6, 6.1.27.11).
pub(super) fn document(value: &Value, category: &str, checker: &mut Checker) {
    const KNOWN: [&str; 5] = [
        "csaf_base",
        "csaf_security_incident_response",
        "csaf_informational_advisory",
        "csaf_security_advisory",
        "csaf_vex",
    ];
    let plain: String = category
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    let names = [
        "securityincidentresponse",
        "informationaladvisory",
        "securityadvisory",
        "vex",
    ];
    let is_profile = |it: &str| {
        names
            .iter()
            .any(|name| it == *name || it == format!("csaf{name}"))
    };
    if !KNOWN.contains(&category) && (category.starts_with("csaf_") || is_profile(&plain)) {
        checker.wrong(
            "/document/category",
            "the category is nearly the name of a profile (6.1.26)",
        );
    }
    let has = |key: &str| value.get(key).is_some();
    let document = value.get("document").unwrap_or(&Value::Null);
    if category == "csaf_security_incident_response" || category == "csaf_informational_advisory" {
        incident(document, checker);
    }
    if category == "csaf_informational_advisory" && has("vulnerabilities") {
        checker.wrong(
            "/vulnerabilities",
            "the profile has no vulnerabilities (6.1.27.3)",
        );
    }
    if category == "csaf_security_advisory" || category == "csaf_vex" {
        for key in ["product_tree", "vulnerabilities"] {
            if !has(key) {
                checker.wrong(
                    "",
                    &format!("the profile needs `{key}` (6.1.27.4, 6.1.27.11)"),
                );
            }
        }
        for (number, it) in items(value, "vulnerabilities").enumerate() {
            let at = format!("/vulnerabilities/{number}");
            if it.get("notes").is_none() {
                checker.wrong(&at, "the profile needs `notes` (6.1.27.5)");
            }
            if category == "csaf_security_advisory" && it.get("product_status").is_none() {
                checker.wrong(&at, "the profile needs `product_status` (6.1.27.6)");
            }
        }
    }
}

/// What documents about incidents and for information require (6.1.27.1, 6.1.27.2).
fn incident(document: &Value, checker: &mut Checker) {
    let notes = ["description", "details", "general", "summary"];
    let mut categories = items(document, "notes").filter_map(|it| it.get("category")?.as_str());
    if !categories.any(|it| notes.contains(&it)) {
        checker.wrong(
            "/document/notes",
            "the profile needs a note about the matter (6.1.27.1)",
        );
    }
    let is_external = |it: &Value| it.get("category").is_none_or(|it| it == "external");
    if !items(document, "references").any(is_external) {
        checker.wrong(
            "/document/references",
            "the profile needs an external reference (6.1.27.2)",
        );
    }
}

/// What VEX requires of each vulnerability (6.1.27.7 to 6.1.27.10).
pub(super) fn vulnerability<'v>(
    object: &'v Map<String, Value>,
    at: &str,
    products: &Products<'v>,
    checker: &mut Checker,
) {
    let status = object.get("product_status").unwrap_or(&Value::Null);
    let asked = [
        "fixed",
        "known_affected",
        "known_not_affected",
        "under_investigation",
    ];
    if asked.iter().all(|key| status.get(key).is_none()) {
        checker.wrong(at, "VEX needs a status of a product (6.1.27.7)");
    }
    if !object.contains_key("cve") && !object.contains_key("ids") {
        checker.wrong(at, "VEX needs a `cve` or `ids` (6.1.27.8)");
    }
    let list = |key: &str| {
        object
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let impacts = list("threats").filter(|it| it.get("category").is_some_and(|it| it == "impact"));
    let explained: BTreeSet<&str> = impacts
        .chain(list("flags"))
        .flat_map(|it| about(it, products))
        .collect();
    if texts(status, "known_not_affected").any(|id| !explained.contains(id)) {
        checker.wrong(
            at,
            "a product that is not affected has neither a flag nor an impact (6.1.27.9)",
        );
    }
    let acted: BTreeSet<&str> = list("remediations")
        .flat_map(|it| about(it, products))
        .collect();
    if texts(status, "known_affected").any(|id| !acted.contains(id)) {
        checker.wrong(at, "an affected product has no remediation (6.1.27.10)");
    }
}
