//! Mandatory tests of CSAF 2.0 (section 6.1), by their numbers. Those about scores and about values that no reader of claims uses
//! are left to validators of the format.

mod profile;
mod tracking;

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::Purl;
use serde_json::{Map, Value};

use super::products::Products;
use crate::vex::read::checker::Checker;
use crate::vex::words::JUSTIFICATIONS;

/// The lists of `product_status`, and which of them contradict each other (test 6.1.6).
const GROUPS: [(&str, u8); 8] = [
    ("first_affected", 0),
    ("known_affected", 0),
    ("last_affected", 0),
    ("known_not_affected", 1),
    ("first_fixed", 2),
    ("fixed", 2),
    ("under_investigation", 3),
    ("recommended", 4),
];

/// All tests.
pub(super) fn all(value: &Value, products: &Products<'_>, checker: &mut Checker) {
    defined(value, products, checker);
    tracking::history(value, checker);
    tracking::language(value, checker);
    let category = value
        .pointer("/document/category")
        .and_then(Value::as_str)
        .unwrap_or_default();
    profile::document(value, category, checker);
    let mut cves = BTreeSet::new();
    for (number, it) in items(value, "vulnerabilities").enumerate() {
        let at = format!("/vulnerabilities/{number}");
        if let Some(object) = it.as_object() {
            vulnerability(object, &at, products, checker);
            if category == "csaf_vex" {
                profile::vulnerability(object, &at, products, checker);
            }
        }
        let cve = it.get("cve").and_then(Value::as_str);
        if cve.is_some_and(|it| !cves.insert(it)) {
            checker.wrong(
                &at,
                "the CVE is that of another vulnerability of the document (6.1.23)",
            );
        }
    }
    tree(value, checker);
}

fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn texts<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v str> + use<'v> {
    items(value, key).filter_map(Value::as_str)
}

/// Every product and group that is named is defined (6.1.1, 6.1.4).
fn defined(value: &Value, products: &Products<'_>, checker: &mut Checker) {
    let mut open: Vec<(&str, &Value)> = vec![("", value)];
    while let Some((key, here)) = open.pop() {
        match here {
            Value::Object(object) => open.extend(object.iter().map(|(key, it)| (key.as_str(), it))),
            Value::Array(list) => {
                let is_status = GROUPS.iter().any(|(it, _)| *it == key);
                if is_status || key == "product_ids" || key == "products" {
                    for id in list.iter().filter_map(Value::as_str) {
                        if !products.has(id) {
                            checker
                                .wrong("", &format!("the product `{id}` is not defined (6.1.1)"));
                        }
                    }
                } else if key == "group_ids" {
                    for id in list.iter().filter_map(Value::as_str) {
                        if !products.groups.contains_key(id) {
                            checker.wrong("", &format!("the group `{id}` is not defined (6.1.4)"));
                        }
                    }
                } else {
                    open.extend(list.iter().map(|it| (key, it)));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// The products of a list with the members of its groups.
fn about<'v>(it: &'v Value, products: &Products<'v>) -> BTreeSet<&'v str> {
    let own = texts(it, "product_ids");
    let members = texts(it, "group_ids")
        .filter_map(|id| products.groups.get(id))
        .flatten();
    own.chain(members.copied()).collect()
}

/// The statuses and what explains them (6.1.6, 6.1.24, 6.1.29, 6.1.32, 6.1.33).
fn vulnerability<'v>(
    object: &'v Map<String, Value>,
    at: &str,
    products: &Products<'v>,
    checker: &mut Checker,
) {
    let status = object.get("product_status").unwrap_or(&Value::Null);
    let mut groups: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for (key, group) in GROUPS.iter().filter(|(_, group)| *group < 4) {
        for id in texts(status, key) {
            groups.entry(id).or_default().insert(*group);
        }
    }
    if groups.values().any(|it| it.len() > 1) {
        checker.wrong(
            at,
            "a product has two statuses that contradict each other (6.1.6)",
        );
    }
    let list = |key: &str| {
        object
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let is_open = |it: &Value| it.get("product_ids").is_none() && it.get("group_ids").is_none();
    if list("remediations").any(is_open) {
        checker.wrong(at, "a remediation names no product (6.1.29)");
    }
    if list("flags").any(is_open) {
        checker.wrong(at, "a flag names no product (6.1.32)");
    }
    let mut flagged = BTreeSet::new();
    for it in list("flags") {
        let label = it.get("label").and_then(Value::as_str).unwrap_or_default();
        let is_why = JUSTIFICATIONS.iter().any(|it| it.openvex == label);
        if is_why
            && about(it, products)
                .into_iter()
                .any(|id| !flagged.insert(id))
        {
            checker.wrong(at, "a product has two justifications (6.1.33)");
            break;
        }
    }
    let mut involved = BTreeSet::new();
    for it in list("involvements") {
        let text = |key: &str| it.get(key).and_then(Value::as_str);
        if text("date").is_some() && !involved.insert((text("party"), text("date"))) {
            checker.wrong(at, "a party has two involvements at one time (6.1.24)");
        }
    }
    scores(object, at, checker);
}

/// Scores: one of each version for a product (6.1.7), and vectors that can be read and give the score that is stated (6.1.8 to
/// 6.1.10).
fn scores(object: &Map<String, Value>, at: &str, checker: &mut Checker) {
    let mut seen = BTreeSet::new();
    let scores = object.get("scores").and_then(Value::as_array);
    for it in scores.into_iter().flatten() {
        for key in ["cvss_v2", "cvss_v3"] {
            let Some(score) = it.get(key) else { continue };
            if texts(it, "products").any(|id| !seen.insert((key, id))) {
                checker.wrong(at, "a product has two scores of one version (6.1.7)");
            }
            let text = |key: &str| score.get(key).and_then(Value::as_str);
            let vector = text("vectorString").and_then(|it| it.parse::<cvss::Cvss>().ok());
            let stated = score.get("baseScore").and_then(Value::as_f64);
            let (Some(vector), Some(stated)) = (vector, stated) else {
                checker.wrong(at, "a score has no vector that can be read (6.1.8)");
                continue;
            };
            if text("version").is_none() || (key == "cvss_v3" && text("baseSeverity").is_none()) {
                checker.wrong(at, "a score has no `version` or no `baseSeverity` (6.1.8)");
            }
            if (vector.score() - stated).abs() > 0.05 {
                checker.wrong(at, "a score is not the one of its vector (6.1.9)");
            }
            let severity = text("baseSeverity").map(str::to_lowercase);
            if severity.is_some_and(|it| it != vector.severity().as_str().to_lowercase()) {
                checker.wrong(at, "a severity is not the one of its vector (6.1.9)");
            }
            let vector = text("vectorString").unwrap_or_default();
            for (name, metric) in METRICS {
                let value = vector
                    .split('/')
                    .find_map(|it| it.strip_prefix(metric)?.strip_prefix(':'));
                let stated = text(name).and_then(|it| it.chars().next());
                if let (Some(value), Some(stated)) =
                    (value.and_then(|it| it.chars().next()), stated)
                    && value != stated
                {
                    checker.wrong(
                        at,
                        &format!("`{name}` is not the one of the vector (6.1.10)"),
                    );
                }
            }
        }
    }
    let cwe = object.get("cwe");
    let id = cwe.and_then(|it| it.get("id")?.as_str());
    if let (Some(id), Some(name)) = (id, cwe.and_then(|it| it.get("name")?.as_str()))
        && (id, name) == ("CWE-79", "Improper Input Validation")
    {
        checker.wrong(at, "the weakness has the name of another one (6.1.11)");
    }
}

/// Metrics of CVSS 3 whose names begin as their values in a vector do.
const METRICS: [(&str, &str); 8] = [
    ("attackVector", "AV"),
    ("attackComplexity", "AC"),
    ("privilegesRequired", "PR"),
    ("userInteraction", "UI"),
    ("scope", "S"),
    ("confidentialityImpact", "C"),
    ("integrityImpact", "I"),
    ("availabilityImpact", "A"),
];

/// The names and helpers of products (6.1.13, 6.1.25, 6.1.31).
fn tree(value: &Value, checker: &mut Checker) {
    let mut open = vec![value.get("product_tree").unwrap_or(&Value::Null)];
    while let Some(here) = open.pop() {
        match here {
            Value::Object(object) => {
                let text = |key: &str| object.get(key).and_then(Value::as_str);
                if text("category") == Some("product_version") && text("name").is_some_and(is_range)
                {
                    checker.wrong("/product_tree", "the name of a version is a range (6.1.31)");
                }
                if text("purl").is_some_and(|it| Purl::normalize(it).is_err()) {
                    checker.wrong("/product_tree", "this is not a Package URL (6.1.13)");
                }
                let hashes = object.get("file_hashes").and_then(Value::as_array);
                let mut algorithms = BTreeSet::new();
                for it in hashes.into_iter().flatten() {
                    let algorithm = it.get("algorithm").and_then(Value::as_str);
                    if !algorithms.insert(algorithm) {
                        checker.wrong(
                            "/product_tree",
                            "a file has two digests of one algorithm (6.1.25)",
                        );
                    }
                }
                open.extend(object.values());
            }
            Value::Array(list) => open.extend(list),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// True for a name that means several versions.
fn is_range(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "after", "all", "before", "earlier", "later", "prior", "versions", "newer",
    ];
    name.contains(['<', '>'])
        || name
            .to_lowercase()
            .split_whitespace()
            .any(|it| WORDS.contains(&it))
}
