//! A record in OSV's format (schema 1.7 and whatever later versions add).

use std::borrow::Cow;

use bomtrail_graph::Rating;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::ecosystem;
use crate::range::{Event, Range};
use crate::record::{Affected, Modified, Record, Versions};

#[derive(Deserialize)]
struct Osv<'a> {
    id: String,
    modified: Option<Cow<'a, str>>,
    withdrawn: Option<Cow<'a, str>>,
    aliases: Option<Vec<String>>,
    summary: Option<String>,
    affected: Option<Vec<Item<'a>>>,
    severity: Option<Vec<Score>>,
    references: Option<Vec<Reference>>,
    #[serde(borrow)]
    database_specific: Option<&'a RawValue>,
    // A feed of another form that has an `id` is not a record.
    dists: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Item<'a> {
    package: Option<Package>,
    ranges: Option<Vec<RangeItem<'a>>>,
    versions: Option<Vec<String>>,
    severity: Option<Vec<Score>>,
}

#[derive(Deserialize)]
struct Package {
    ecosystem: String,
    name: String,
}

#[derive(Deserialize)]
struct RangeItem<'a> {
    #[serde(rename = "type")]
    kind: Cow<'a, str>,
    events: Option<Vec<EventItem>>,
}

#[derive(Deserialize)]
struct EventItem {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
    limit: Option<String>,
}

#[derive(Deserialize)]
struct Score {
    score: Option<String>,
}

#[derive(Deserialize)]
struct Reference {
    url: Option<String>,
}

#[derive(Default, Deserialize)]
struct Specific {
    severity: Option<serde_json::Value>,
    cwe_ids: Option<Vec<serde_json::Value>>,
}

/// A record, and what of it could not be understood.
pub(super) struct Parsed {
    pub(super) record: Record,
    pub(super) problems: Vec<String>,
}

/// Reads a record.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, serde_json::Error> {
    let osv: Osv<'_> = serde_json::from_slice(bytes)?;
    if osv.id.trim().is_empty() || osv.dists.is_some() {
        return Err(serde::de::Error::custom("the record has no `id`"));
    }
    let specific: Specific = osv
        .database_specific
        .and_then(|it| serde_json::from_str(it.get()).ok())
        .unwrap_or_default();
    let mut problems = Vec::new();
    let mut record = Record {
        modified: osv
            .modified
            .map(|it| Modified::parse(&it))
            .unwrap_or_default(),
        withdrawn: osv.withdrawn.is_some_and(|it| !it.is_empty()),
        aliases: osv.aliases.unwrap_or_default(),
        summary: osv.summary.unwrap_or_default(),
        vectors: vectors(osv.severity),
        rating: rating(specific.severity.as_ref()),
        cwes: cwes(specific.cwe_ids.unwrap_or_default()),
        references: urls(osv.references),
        malicious: osv.id.starts_with("MAL-"),
        affected: Vec::new(),
        id: osv.id,
    };
    record
        .aliases
        .retain(|it| *it != record.id && !it.is_empty());
    for item in osv.affected.unwrap_or_default() {
        if let Some(affected) = affected(item, &mut record, &mut problems) {
            record.affected.push(affected);
        }
    }
    Ok(Parsed { record, problems })
}

/// What the record says about a package; `None` for one of an ecosystem that is not evaluated, and without a package.
fn affected(item: Item<'_>, record: &mut Record, problems: &mut Vec<String>) -> Option<Affected> {
    let package = item.package?;
    let package_type = ecosystem::of_osv(&package.ecosystem)?;
    if record.vectors.is_empty() {
        record.vectors = vectors(item.severity);
    }
    let mut ranges = Vec::new();
    for it in item.ranges.unwrap_or_default() {
        match it.kind.as_ref() {
            "GIT" => continue,
            "SEMVER" | "ECOSYSTEM" => {}
            other => {
                problems.push(format!("the range type `{other}` is unknown"));
                continue;
            }
        }
        let items = it.events.unwrap_or_default();
        match range(&items) {
            Ok(range) => ranges.push(range),
            Err(why) => problems.push(why),
        }
    }
    Some(Affected {
        package_type,
        name: package.name,
        versions: Versions::Osv {
            listed: item.versions.unwrap_or_default(),
            ranges,
        },
        embedded: None,
        rating: None,
    })
}

fn range(items: &[EventItem]) -> Result<Range, String> {
    let mut events = Vec::with_capacity(items.len());
    for it in items {
        let before = events.len();
        events.extend(it.introduced.as_deref().map(Event::Introduced));
        events.extend(it.fixed.as_deref().map(Event::Fixed));
        events.extend(it.last_affected.as_deref().map(Event::LastAffected));
        events.extend(it.limit.as_deref().map(Event::Limit));
        if events.len() == before {
            return Err("an event of a range is of an unknown kind".to_owned());
        }
    }
    Range::of(&events).map_err(|text| format!("`{text}` in a range is not a version"))
}

fn vectors(scores: Option<Vec<Score>>) -> Vec<String> {
    let scores = scores.unwrap_or_default().into_iter();
    scores.filter_map(|it| it.score).collect()
}

fn urls(references: Option<Vec<Reference>>) -> Vec<String> {
    let all = references.unwrap_or_default().into_iter();
    let all = all.filter_map(|it| it.url);
    all.filter(|it| it.starts_with("https://") || it.starts_with("http://"))
        .collect()
}

/// The rating that a database gives in words.
fn rating(value: Option<&serde_json::Value>) -> Option<Rating> {
    Rating::from_name(value?.as_str()?)
}

/// The numbers of weaknesses (`CWE-79`).
fn cwes(values: Vec<serde_json::Value>) -> Vec<u32> {
    let all = values.into_iter().filter_map(|it| {
        let text = it.as_str()?;
        text.strip_prefix("CWE-")?.parse().ok()
    });
    let mut all: Vec<u32> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}
