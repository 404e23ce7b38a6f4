//! The feed of the CPAN Security Advisory database (`cpan-security-advisory.json`).

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Rating};
use serde::Deserialize;
use serde_json::Value;

use super::time_of;
use crate::builder::Builder;
use crate::clause::Clauses;
use crate::diags;
use crate::ecosystem::CPAN;
use crate::record::{Affected, Modified, Record, Versions};

#[derive(Deserialize)]
struct Feed {
    meta: Option<Value>,
    module2dist: Option<BTreeMap<String, Value>>,
    dists: BTreeMap<String, Distribution>,
}

#[derive(Deserialize)]
struct Distribution {
    advisories: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Advisory {
    id: String,
    affected_versions: Option<Texts>,
    fixed_versions: Option<Texts>,
    cves: Option<Vec<String>>,
    description: Option<String>,
    references: Option<Vec<String>>,
    severity: Option<String>,
    embedded_vulnerability: Option<Embedded>,
}

#[derive(Deserialize)]
struct Embedded {
    name: Option<String>,
}

/// A list of texts, or one text.
struct Texts(Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let text = |it: &Value| match it {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let texts = match &value {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => items.iter().map(text).collect(),
            one => text(one).map(|it| vec![it]),
        };
        let wrong = || serde::de::Error::custom("the versions are not a list of texts");
        texts.map(Self).ok_or_else(wrong)
    }
}

/// Adds the feed. The date of the feed is the date of every record.
pub(super) fn read(
    builder: &mut Builder,
    name: &str,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
) -> Result<(), String> {
    let feed: Feed = serde_json::from_slice(bytes).map_err(|it| it.to_string())?;
    let meta = feed.meta.as_ref();
    let time = time_of(meta.and_then(|it| it.get("epoch")));
    let time = time.or_else(|| time_of(meta.and_then(|it| it.get("date"))));
    let mut records: BTreeMap<String, Record> = BTreeMap::new();
    let mut entries = 0;
    for (distribution, it) in feed.dists {
        for value in it.advisories.unwrap_or_default() {
            let label = value
                .get("id")
                .and_then(Value::as_str)
                .unwrap_or(&distribution);
            let label = label.to_owned();
            match serde_json::from_value::<Advisory>(value) {
                Ok(advisory) => {
                    entries += 1;
                    let record = records.entry(advisory.id.clone()).or_default();
                    if let Some(clause) = extend(record, &distribution, advisory) {
                        let why = format!("`{clause}` is not a clause of versions");
                        builder.damaged();
                        diagnostics.push(diags::damaged(name, Some(&label), &why));
                    }
                }
                Err(error) => {
                    builder.damaged();
                    diagnostics.push(diags::damaged(name, Some(&label), &error.to_string()));
                }
            }
        }
    }
    builder.dated(time);
    let before = builder.current().entries;
    for record in records.values_mut() {
        record.modified = Modified { time, nanos: 0 };
        builder.record(record);
    }
    // One id may be in several entries, which are counted as the feed has them.
    let source = builder.current();
    source.entries = before + entries;
    if !source.ecosystems.iter().any(|it| **it == *CPAN) {
        source.ecosystems.push(CPAN.into());
    }
    for (module, distribution) in feed.module2dist.unwrap_or_default() {
        if let Some(distribution) = distribution.as_str() {
            builder.module(&module, distribution);
        }
    }
    Ok(())
}

/// Adds an entry to the record of its id. Returns the first clause that is not understood.
fn extend(record: &mut Record, distribution: &str, advisory: Advisory) -> Option<String> {
    let clauses = Clauses {
        affected: advisory.affected_versions.map_or(Vec::new(), |it| it.0),
        fixed: advisory.fixed_versions.map_or(Vec::new(), |it| it.0),
    };
    let invalid = clauses.invalid().map(str::to_owned);
    record.id = advisory.id;
    for cve in advisory.cves.unwrap_or_default() {
        if cve != record.id && !record.aliases.contains(&cve) {
            record.aliases.push(cve);
        }
    }
    record.aliases.sort_unstable();
    if record.summary.is_empty() {
        record.summary = summary(advisory.description.as_deref().unwrap_or_default());
    }
    for url in advisory.references.unwrap_or_default() {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if is_web && !record.references.contains(&url) {
            record.references.push(url);
        }
    }
    record.affected.push(Affected {
        package_type: CPAN,
        name: distribution.to_owned(),
        versions: Versions::Cpan(clauses),
        embedded: advisory.embedded_vulnerability.and_then(|it| it.name),
        rating: advisory.severity.as_deref().and_then(Rating::from_name),
    });
    invalid
}

/// The first paragraph of a description as one line of at most 200 characters.
fn summary(description: &str) -> String {
    const LONGEST: usize = 200;
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST).collect();
    [cut.trim_end(), "…"].concat()
}
