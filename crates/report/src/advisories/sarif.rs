//! Advisories as SARIF 2.1.0 (OASIS): one result for each match, at its line of the lockfile.

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_graph::{Match, Rating};
use serde_json::{Value, json};

use super::{AdvisoryReport, words};
use crate::escape::uri;
use crate::wire::print;

pub(super) fn write(report: &AdvisoryReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, &Match> = BTreeMap::new();
    for it in &report.advisories.matches {
        rules.entry(&it.id).or_insert(it);
    }
    let position = |id: &str| rules.keys().position(|it| *it == id).unwrap_or_default();
    let numbered = report.advisories.matches.iter().enumerate();
    let results: Vec<Value> = numbered
        .map(|(number, it)| result(report, number, it, position(&it.id)))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": rules.values().map(|it| rule(it)).collect::<Vec<_>>(),
            } },
            "invocations": [{ "executionSuccessful": !report.advisories.is_incomplete() }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    print(&log, out)
}

fn rule(it: &Match) -> Value {
    let summary = if it.summary.is_empty() {
        &it.id
    } else {
        &it.summary
    };
    let mut properties = json!({ "tags": ["vulnerability", "security"] });
    // GitHub sorts by this property.
    if let (Some(score), Some(properties)) = (it.severity.score(), properties.as_object_mut()) {
        properties.insert("security-severity".to_owned(), Value::String(score));
    }
    let mut rule = json!({
        "id": &*it.id,
        "shortDescription": { "text": &**summary },
        "defaultConfiguration": { "level": level(it) },
        "properties": properties,
    });
    if let (Some(url), Some(rule)) = (it.references.first(), rule.as_object_mut()) {
        rule.insert("helpUri".to_owned(), Value::String(url.to_string()));
    }
    rule
}

fn level(it: &Match) -> &'static str {
    if it.malicious || it.known_exploited {
        return "error";
    }
    match it.severity.rating {
        Rating::Critical | Rating::High => "error",
        Rating::Medium | Rating::Unknown => "warning",
        Rating::Low | Rating::None => "note",
    }
}

fn result(report: &AdvisoryReport<'_>, number: usize, it: &Match, rule: usize) -> Value {
    let graph = report.graph;
    let text = format!(
        "{}: {}; {}; {}. {}",
        words::subject(graph, it),
        it.range,
        words::severity(it),
        words::reach(graph, it),
        words::fix(graph, it)
    );
    let place = report.places.get(number);
    let fallback = graph
        .inputs()
        .first()
        .map_or("package.json", |it| &*it.path);
    let path = place.map(|it| it.path.as_str()).filter(|it| !it.is_empty());
    let line = place.and_then(|it| it.line).unwrap_or(1).max(1);
    let closed = it.valid_decision().filter(|it| it.status.is_closed());
    let suppressions: Vec<Value> = closed
        .iter()
        .map(|it| json!({ "kind": "external", "status": "accepted", "justification": &*it.reason }))
        .collect();
    json!({
        "ruleId": &*it.id,
        "ruleIndex": rule,
        "level": level(it),
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(path.unwrap_or(fallback)) },
            "region": { "startLine": line },
        } }],
        "partialFingerprints": { "bomtrail/v1": format!("{}|{}|{}", it.id, it.package, it.version) },
        "suppressions": suppressions,
    })
}
