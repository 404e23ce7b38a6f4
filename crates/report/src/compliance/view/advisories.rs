//! Known vulnerabilities in the report: by reach, with what was decided, and what Article 14 of the CRA asks for.

use std::collections::BTreeMap;

use bomtrail_graph::{Advisories, Match, ReachPhase, Validity};
use serde::Serialize;

use super::Compliance;
use crate::advisories::{AdvisoryReport, words};

/// Known vulnerabilities.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::compliance) struct AdvisoriesView<'g> {
    /// False when data is missing, damaged or too old, so that other vulnerabilities may be unknown.
    pub(in crate::compliance) complete: bool,
    /// How many need something to be done.
    pub(in crate::compliance) open: usize,
    /// How many are reached in each way.
    pub(in crate::compliance) reach: BTreeMap<&'static str, usize>,
    /// What the law asks for about exploited ones; empty without any.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(in crate::compliance) notice: &'static str,
    pub(in crate::compliance) matches: Vec<AdvisoryRow<'g>>,
    pub(in crate::compliance) ecosystems: Vec<EcosystemRow<'g>>,
    pub(in crate::compliance) sources: Vec<SourceRow<'g>>,
}

/// One vulnerability of one package.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::compliance) struct AdvisoryRow<'g> {
    #[serde(rename = "ref")]
    pub(in crate::compliance) reference: String,
    pub(in crate::compliance) package: String,
    pub(in crate::compliance) ids: Vec<&'g str>,
    pub(in crate::compliance) severity: String,
    pub(in crate::compliance) known_exploited: bool,
    pub(in crate::compliance) phase: &'static str,
    pub(in crate::compliance) reach: String,
    pub(in crate::compliance) fix: String,
    pub(in crate::compliance) status: &'static str,
    pub(in crate::compliance) open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) by: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) decided: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) until: Option<String>,
}

/// An ecosystem of the product.
#[derive(Serialize)]
pub(in crate::compliance) struct EcosystemRow<'g> {
    pub(in crate::compliance) name: &'g str,
    /// `checked`, or `unknown` when no advisories were read for it.
    pub(in crate::compliance) status: &'static str,
    pub(in crate::compliance) packages: usize,
}

/// A file of advisories.
#[derive(Serialize)]
pub(in crate::compliance) struct SourceRow<'g> {
    pub(in crate::compliance) name: &'g str,
    pub(in crate::compliance) sha256: &'g str,
    pub(in crate::compliance) entries: u64,
    pub(in crate::compliance) damaged: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) newest: Option<String>,
}

/// What Article 14 of Regulation (EU) 2024/2847 asks for.
const ARTICLE_14: &str = "Actively exploited vulnerabilities: Article 14 of Regulation (EU) 2024/2847 asks the manufacturer to report to the CSIRT that coordinates and to ENISA, over the single reporting platform: an early warning within 24 hours of becoming aware, a notification within 72 hours, and a final report within 14 days of a corrective measure. Users who are affected are to be informed.";

pub(in crate::compliance) fn advisories<'g>(report: &Compliance<'g>) -> Option<AdvisoriesView<'g>> {
    let advisories: &'g Advisories = report.tables.advisories?;
    let groups = AdvisoryReport::new(report.graph, advisories, report.tool).groups();
    let mut rows: Vec<(Rank, AdvisoryRow<'g>)> =
        groups.iter().filter_map(|it| row(report, it)).collect();
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    let matches: Vec<AdvisoryRow<'g>> = rows.into_iter().map(|(_, row)| row).collect();
    let mut reach = BTreeMap::new();
    for it in &matches {
        *reach.entry(it.phase).or_default() += 1;
    }
    let exploited = matches.iter().any(|it| it.known_exploited && it.open);
    Some(AdvisoriesView {
        complete: !advisories.is_incomplete(),
        open: matches.iter().filter(|it| it.open).count(),
        reach,
        notice: if exploited { ARTICLE_14 } else { "" },
        matches,
        ecosystems: advisories
            .coverage
            .iter()
            .map(|it| EcosystemRow {
                name: &it.ecosystem,
                status: if it.is_known { "checked" } else { "unknown" },
                packages: it.packages,
            })
            .collect(),
        sources: advisories
            .sources
            .iter()
            .map(|it| SourceRow {
                name: &it.name,
                sha256: &it.sha256,
                entries: it.entries,
                damaged: it.damaged,
                newest: it.newest.map(|it| it.to_string()),
            })
            .collect(),
    })
}

/// What rows are sorted by: exploited and open ones first, then by reach and severity.
type Rank = (
    bool,
    bool,
    ReachPhase,
    std::cmp::Reverse<bomtrail_graph::Rating>,
    String,
);

fn row<'g>(report: &Compliance<'g>, group: &[&'g Match]) -> Option<(Rank, AdvisoryRow<'g>)> {
    let first = group.first()?;
    let worst = group
        .iter()
        .max_by_key(|it| it.severity.rating)
        .unwrap_or(first);
    let fixable = group
        .iter()
        .find(|it| !it.fixed.is_empty())
        .unwrap_or(first);
    let known_exploited = group.iter().any(|it| it.known_exploited);
    let open = group.iter().any(|it| it.is_open());
    let decided = group.iter().find_map(|it| it.decision.as_ref());
    let valid = decided.filter(|it| it.validity == Validity::Valid);
    let package = words::subject(report.graph, first);
    let mut ids: Vec<&str> = vec![&first.id];
    ids.extend(first.aliases.iter().map(|it| &**it));
    let rank = (
        !known_exploited,
        !open,
        first.reach.phase,
        std::cmp::Reverse(worst.severity.rating),
        package.clone(),
    );
    let node = report.graph.node(first.node);
    let row = AdvisoryRow {
        reference: node
            .map(|it| it.reference().into_owned())
            .unwrap_or_default(),
        package,
        ids,
        severity: words::severity(worst),
        known_exploited,
        phase: first.reach.phase.name(),
        reach: words::reach(report.graph, first),
        fix: words::fix(report.graph, fixable),
        status: valid.map_or("affected", |it| it.status.name()),
        open,
        reason: group.iter().find_map(|it| words::decision(it)),
        by: decided.and_then(|it| it.by.as_deref()),
        decided: decided.and_then(|it| it.decided).map(|it| it.to_string()),
        until: decided.and_then(|it| it.until).map(|it| it.to_string()),
    };
    Some((rank, row))
}
