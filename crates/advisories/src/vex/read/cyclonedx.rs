//! CycloneDX: `vulnerabilities` with an analysis. What is not about vulnerabilities is not looked at.

use std::collections::BTreeMap;

use bomtrail_graph::{Purl, Rating, VexStatus};
use serde_json::{Map, Value};

use super::checker::Checker;
use super::{ReadClaim, claim};

const STATES: [(&str, VexStatus); 6] = [
    ("resolved", VexStatus::Fixed),
    ("resolved_with_pedigree", VexStatus::Fixed),
    ("exploitable", VexStatus::Affected),
    ("in_triage", VexStatus::Investigating),
    ("false_positive", VexStatus::FalsePositive),
    ("not_affected", VexStatus::NotAffected),
];
const JUSTIFICATIONS: [&str; 9] = [
    "code_not_present",
    "code_not_reachable",
    "requires_configuration",
    "requires_dependency",
    "requires_environment",
    "protected_by_compiler",
    "protected_at_runtime",
    "protected_at_perimeter",
    "protected_by_mitigating_control",
];
const RESPONSES: [&str; 5] = [
    "can_not_fix",
    "will_not_fix",
    "update",
    "rollback",
    "workaround_available",
];
const VERSION_STATUSES: [&str; 3] = ["affected", "unaffected", "unknown"];
const VULNERABILITY: [&str; 20] = [
    "bom-ref",
    "id",
    "source",
    "references",
    "ratings",
    "cwes",
    "description",
    "detail",
    "recommendation",
    "workaround",
    "proofOfConcept",
    "advisories",
    "created",
    "published",
    "updated",
    "rejected",
    "credits",
    "tools",
    "analysis",
    "affects",
];
const DOCUMENT: [&str; 17] = [
    "$schema",
    "bomFormat",
    "specVersion",
    "serialNumber",
    "version",
    "metadata",
    "components",
    "services",
    "externalReferences",
    "dependencies",
    "compositions",
    "vulnerabilities",
    "annotations",
    "formulation",
    "declarations",
    "definitions",
    "citations",
];

pub(super) fn read(value: &Value, checker: &mut Checker) -> Vec<ReadClaim> {
    let Some(document) = checker.object(value, "", None) else {
        return Vec::new();
    };
    for key in document
        .keys()
        .filter(|it| !DOCUMENT.contains(&it.as_str()))
    {
        if !["properties", "signature"].contains(&key.as_str()) {
            checker.wrong("", &format!("`{key}` is not a key of the format"));
        }
    }
    checker.required(document, "specVersion", "");
    let serial = checker.text(document, "serialNumber", "");
    if serial.is_some_and(|it| !is_serial(it)) {
        checker.wrong("/serialNumber", "this must be `urn:uuid:` and a UUID");
    }
    let author = author(document);
    let references = references(value);
    let mut claims = Vec::new();
    for (number, it) in checker
        .distinct(document, "vulnerabilities", "")
        .iter()
        .enumerate()
    {
        let at = format!("/vulnerabilities/{number}");
        if let Some(object) = checker.object(it, &at, None) {
            claims.extend(vulnerability(object, &at, &references, &author, checker));
        }
    }
    claims
}

fn is_serial(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else {
        return false;
    };
    let lengths = [8, 4, 4, 4, 12];
    let is_hex = |it: &str| it.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = uuid.split('-').collect();
    parts.len() == lengths.len()
        && parts
            .iter()
            .zip(lengths)
            .all(|(part, length)| part.len() == length && is_hex(part))
}

fn author(document: &Map<String, Value>) -> String {
    let metadata = document.get("metadata");
    let of = |pointer: &str| metadata?.pointer(pointer)?.as_str();
    let found = of("/manufacturer/name").or_else(|| of("/supplier/name"));
    let found = found
        .or_else(|| of("/authors/0/name"))
        .or_else(|| of("/component/name"));
    found.unwrap_or_default().to_owned()
}

/// Everything that has a `bom-ref`, with its Package URL; a walk over a tree of any depth.
fn references(value: &Value) -> BTreeMap<&str, Option<Purl>> {
    let mut found = BTreeMap::new();
    let mut open = vec![value];
    while let Some(here) = open.pop() {
        match here {
            Value::Object(object) => {
                if let Some(reference) = object.get("bom-ref").and_then(Value::as_str) {
                    let purl = object.get("purl").and_then(Value::as_str);
                    found.insert(reference, purl.and_then(|it| Purl::normalize(it).ok()));
                }
                open.extend(object.values());
            }
            Value::Array(items) => open.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

fn vulnerability(
    object: &Map<String, Value>,
    at: &str,
    references: &BTreeMap<&str, Option<Purl>>,
    author: &str,
    checker: &mut Checker,
) -> Option<ReadClaim> {
    for key in object
        .keys()
        .filter(|it| !VULNERABILITY.contains(&it.as_str()) && *it != "properties")
    {
        checker.wrong(at, &format!("`{key}` is not a key of the format"));
    }
    let id = checker.text(object, "id", at);
    let others = checker.list(object, "references", at).iter();
    let others = others.filter_map(|it| it.get("id")?.as_str());
    let ids: Vec<String> = id.into_iter().chain(others).map(str::to_owned).collect();
    for cwe in checker.list(object, "cwes", at) {
        if cwe.as_u64().is_none_or(|it| it == 0) {
            checker.wrong(&format!("{at}/cwes"), "a weakness is a number");
        }
    }
    for rating in checker.list(object, "ratings", at) {
        let severity = rating
            .get("severity")
            .map(|it| it.as_str().unwrap_or_default());
        let known = |it: &str| it == "info" || Rating::NAMES.iter().any(|(_, name)| *name == it);
        if severity.is_some_and(|it| !known(it)) {
            checker.wrong(
                &format!("{at}/ratings"),
                "the severity is not a value of the format",
            );
        }
    }
    let packages = affects(object, at, references, checker);
    let analysis = object.get("analysis")?;
    let at = format!("{at}/analysis");
    let known = [
        "state",
        "justification",
        "response",
        "detail",
        "firstIssued",
        "lastUpdated",
    ];
    let analysis = checker.object(analysis, &at, Some(&known))?;
    let state = checker.text(analysis, "state", &at);
    let status = checker.word(state, &format!("{at}/state"), &STATES);
    let why = checker.text(analysis, "justification", &at);
    checker.word(
        why,
        &format!("{at}/justification"),
        &JUSTIFICATIONS.map(|it| (it, ())),
    );
    for response in checker.list(analysis, "response", &at) {
        let text = response.as_str().unwrap_or_default();
        checker.word(
            Some(text),
            &format!("{at}/response"),
            &RESPONSES.map(|it| (it, ())),
        );
    }
    let detail = checker.text(analysis, "detail", &at);
    let reason = detail.or(why).unwrap_or_default();
    Some(ReadClaim {
        ids,
        packages,
        claim: claim(status?, reason, checker.name(), author),
    })
}

fn affects(
    object: &Map<String, Value>,
    at: &str,
    references: &BTreeMap<&str, Option<Purl>>,
    checker: &mut Checker,
) -> Vec<Purl> {
    let mut packages = Vec::new();
    for (number, it) in checker.distinct(object, "affects", at).iter().enumerate() {
        let at = format!("{at}/affects/{number}");
        let Some(object) = checker.object(it, &at, Some(&["ref", "versions"])) else {
            continue;
        };
        for version in checker.list(object, "versions", &at) {
            let status = version
                .get("status")
                .map(|it| it.as_str().unwrap_or_default());
            checker.word(
                status,
                &format!("{at}/versions"),
                &VERSION_STATUSES.map(|it| (it, ())),
            );
        }
        let Some(reference) = checker.required(object, "ref", &at) else {
            continue;
        };
        if let Some(link) = reference.strip_prefix("urn:cdx:") {
            let fragment = link.split_once('#').map(|(_, it)| decoded(it));
            packages.extend(fragment.and_then(|it| Purl::normalize(&it).ok()));
        } else if let Some(purl) = references.get(reference) {
            packages.extend(purl.clone());
        } else {
            checker.wrong(
                &format!("{at}/ref"),
                "nothing in the document has this reference",
            );
        }
    }
    packages
}

/// A fragment of an address without its percent-encoding. A Package URL keeps its own: it was encoded once more.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (byte == b'%').then(|| (ahead.next(), ahead.next()));
        let digit = |it: Option<u8>| char::from(it?).to_digit(16);
        let value = pair.and_then(|(high, low)| Some(digit(high)? * 16 + digit(low)?));
        match value.and_then(|it| u8::try_from(it).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
