//! CSAF 2.0, profile 5 (VEX): each package of the product is a product of its own in the tree, by a relationship with the root.

use std::collections::BTreeMap;

use bomtrail_graph::VexStatus;
use serde_json::{Map, Value, json};

use super::{Origin, VexFormat, filled, set};
use crate::vex::statement::Statement;
use crate::vex::words;

/// The product itself.
const ROOT: &str = "CSAFPID-0001";

pub(super) fn document(origin: &Origin<'_>, statements: &[Statement]) -> Value {
    let uuid = origin.uuid(VexFormat::Csaf, statements);
    let products = Products::of(origin, statements);
    let mut by_id: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    for it in statements {
        by_id.entry(&it.id).or_default().push(it);
    }
    let product = format!("{} {}", origin.product_name, origin.product_version);
    json!({
        "document": {
            "category": "csaf_vex",
            "csaf_version": "2.0",
            "lang": "en",
            "title": format!("Vulnerabilities of packages in {}", product.trim()),
            "notes": [{
                "category": "summary",
                "title": "Scope",
                "text": "What is known about the vulnerabilities of the packages that the product depends on.",
            }],
            "publisher": {
                "category": "vendor",
                "name": origin.author,
                "namespace": origin.namespace,
            },
            "tracking": {
                "id": format!("vex-{uuid}"),
                "status": "final",
                "version": "1",
                "initial_release_date": origin.timestamp,
                "current_release_date": origin.timestamp,
                "revision_history": [{
                    "number": "1",
                    "date": origin.timestamp,
                    "summary": "Initial version.",
                }],
                "generator": { "engine": {
                    "name": origin.tool.name,
                    "version": origin.tool.version,
                } },
            },
        },
        "product_tree": products.tree(origin),
        "vulnerabilities": by_id.values().map(|it| vulnerability(origin, &products, it)).collect::<Vec<_>>(),
    })
}

/// The ids of packages in the tree: alone, and as a part of the product.
struct Products {
    ids: BTreeMap<String, (String, String)>,
}

impl Products {
    fn of(origin: &Origin<'_>, statements: &[Statement]) -> Self {
        let mut ids = BTreeMap::new();
        for it in statements {
            ids.insert(origin.package(it), (String::new(), String::new()));
        }
        for (number, it) in ids.values_mut().enumerate() {
            *it = (
                format!("CSAFPID-{:04}", number * 2 + 2),
                format!("CSAFPID-{:04}", number * 2 + 3),
            );
        }
        Self { ids }
    }

    fn tree(&self, origin: &Origin<'_>) -> Value {
        let version = match &*origin.product_version {
            "" => "unspecified",
            version => version,
        };
        let packages: Vec<Value> = self
            .ids
            .iter()
            .map(|(purl, (own, _))| {
                json!({
                    "name": purl,
                    "product_id": own,
                    "product_identification_helper": { "purl": purl },
                })
            })
            .collect();
        let relationships: Vec<Value> = self
            .ids
            .iter()
            .map(|(purl, (own, part))| {
                json!({
                    "category": "default_component_of",
                    "product_reference": own,
                    "relates_to_product_reference": ROOT,
                    "full_product_name": {
                        "name": format!("{purl} in {}", origin.product_name),
                        "product_id": part,
                    },
                })
            })
            .collect();
        let mut tree = json!({
            "branches": [{
                "category": "vendor",
                "name": origin.author,
                "branches": [{
                    "category": "product_name",
                    "name": origin.product_name,
                    "branches": [{
                        "category": "product_version",
                        "name": version,
                        "product": {
                            "name": format!("{} {version}", origin.product_name),
                            "product_id": ROOT,
                            "product_identification_helper": { "purl": origin.product.as_str() },
                        },
                    }],
                }],
            }],
        });
        set(
            &mut tree,
            "full_product_names",
            (!packages.is_empty()).then_some(Value::Array(packages)),
        );
        let relationships = (!relationships.is_empty()).then_some(Value::Array(relationships));
        set(&mut tree, "relationships", relationships);
        tree
    }

    fn part(&self, origin: &Origin<'_>, it: &Statement) -> String {
        let found = self.ids.get(&origin.package(it));
        found.map(|(_, part)| part.clone()).unwrap_or_default()
    }
}

fn vulnerability(origin: &Origin<'_>, products: &Products, group: &[&Statement]) -> Value {
    let mut status: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut flags, mut threats, mut remediations) = (Vec::new(), Vec::new(), Vec::new());
    for it in group {
        let part = products.part(origin, it);
        let words = words::of_status(it.status);
        status.entry(words.csaf).or_default().push(part.clone());
        match it.status {
            VexStatus::NotAffected | VexStatus::FalsePositive => {
                flags.extend(it.why.map(|why| {
                    json!({ "label": words::of_why(why).openvex, "product_ids": [part] })
                }));
                threats.push(json!({
                    "category": "impact",
                    "details": &*it.reason,
                    "product_ids": [part],
                }));
            }
            VexStatus::Affected => remediations.push(json!({
                "category": if it.action.starts_with("No fixed") { "none_available" } else { "mitigation" },
                "details": &*it.action,
                "product_ids": [part],
            })),
            VexStatus::Fixed | VexStatus::Investigating => {}
        }
    }
    let mut vulnerability = json!({ "product_status": status });
    let object = &mut vulnerability;
    set(
        object,
        "flags",
        (!flags.is_empty()).then_some(Value::Array(flags)),
    );
    set(
        object,
        "threats",
        (!threats.is_empty()).then_some(Value::Array(threats)),
    );
    set(
        object,
        "remediations",
        (!remediations.is_empty()).then_some(Value::Array(remediations)),
    );
    if let Some(first) = group.first() {
        identify(object, first);
    }
    vulnerability
}

/// The ids, notes and references of a vulnerability.
fn identify(object: &mut Value, it: &Statement) {
    let mut ids: Vec<&str> = it.aliases.iter().map(|it| &**it).collect();
    if is_cve(&it.id) {
        set(object, "cve", Some(Value::from(&*it.id)));
    } else {
        ids.insert(0, &it.id);
    }
    let ids: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "system_name": system(id), "text": id }))
        .collect();
    set(
        object,
        "ids",
        (!ids.is_empty()).then_some(Value::Array(ids)),
    );
    let text = filled(&it.summary).unwrap_or_else(|| Value::from(&*it.id));
    set(object, "title", filled(&it.summary));
    let mut note = Map::new();
    note.insert("category".to_owned(), Value::from("description"));
    note.insert("text".to_owned(), text);
    set(
        object,
        "notes",
        Some(Value::Array(vec![Value::Object(note)])),
    );
    let references: Vec<Value> = it
        .references
        .iter()
        .map(|url| json!({ "category": "external", "summary": "advisory", "url": &**url }))
        .collect();
    set(
        object,
        "references",
        (!references.is_empty()).then_some(Value::Array(references)),
    );
}

/// True for `CVE-YEAR-NUMBER`.
fn is_cve(id: &str) -> bool {
    let Some((year, number)) = id.strip_prefix("CVE-").and_then(|it| it.split_once('-')) else {
        return false;
    };
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    year.len() == 4 && digits(year) && number.len() >= 4 && digits(number)
}

/// The system that gives ids of this form.
fn system(id: &str) -> &'static str {
    match id.split('-').next() {
        Some("CVE") => "CVE",
        Some("GHSA") => "GitHub Security Advisory",
        Some("CPANSA") => "CPAN Security Advisory",
        Some("MAL") => "Malicious Package",
        Some("RUSTSEC") => "RustSec Advisory",
        _ => "Advisory",
    }
}
