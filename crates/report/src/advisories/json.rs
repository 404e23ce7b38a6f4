//! Advisories as stable JSON for other programs: `schemas/advisories-v1.schema.json` describes it.

use std::io::{self, Write};

use bomtrail_graph::{
    Advisories, AdvisorySource, Blocker, Claim, Coverage, Graph, Match, MatchDecision, NodeId,
    OwnEdge, Place, Severity, Text, UnusedDecision, Update, Validity,
};
use serde::Serialize;

use super::AdvisoryReport;
use crate::wire::{LocationView, ToolView, print};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    conclusion: &'static str,
    matches: Vec<Found<'a>>,
    core_modules: Vec<Found<'a>>,
    ecosystems: Vec<Ecosystem<'a>>,
    sources: Vec<Source<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unused_decisions: Vec<Unused<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own in the document"
)]
struct Found<'a> {
    id: &'a str,
    aliases: Vec<&'a str>,
    #[serde(rename = "ref")]
    reference: String,
    purl: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<&'a str>,
    package: &'a str,
    version: &'a str,
    range: &'a str,
    fixed_in: Vec<&'a str>,
    summary: &'a str,
    severity: SeverityView<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cwes: Vec<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    references: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    source: &'a str,
    malicious: bool,
    known_exploited: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded: Option<&'a str>,
    by_name_only: bool,
    phase: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<&'static str>,
    roots: Vec<String>,
    path: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    own_dependency: Option<OwnView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overridden: Option<&'a str>,
    bundled: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    platforms: Vec<&'a str>,
    update_fits: Option<bool>,
    blocked_by: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<BlockView<'a>>,
    status: &'static str,
    open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<ClaimView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationView<'a>>,
}

#[derive(Serialize)]
struct SeverityView<'a> {
    rating: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vector: Option<&'a str>,
}

#[derive(Serialize)]
struct OwnView<'a> {
    from: String,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<&'a str>,
}

#[derive(Serialize)]
struct BlockView<'a> {
    #[serde(rename = "ref")]
    reference: String,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<&'a str>,
}

#[derive(Serialize)]
struct DecisionView<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    validity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    void: Option<&'a str>,
    location: LocationView<'a>,
}

#[derive(Serialize)]
struct ClaimView<'a> {
    status: &'static str,
    reason: &'a str,
    document: &'a str,
    author: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ecosystem<'a> {
    name: &'a str,
    status: &'static str,
    packages: usize,
    #[serde(skip_serializing_if = "is_zero")]
    without_version: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source<'a> {
    name: &'a str,
    sha256: &'a str,
    entries: u64,
    #[serde(skip_serializing_if = "is_none")]
    damaged: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<String>,
    ecosystems: Vec<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    too_old: bool,
}

#[derive(Serialize)]
struct Unused<'a> {
    decision: &'a str,
    location: LocationView<'a>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_none(number: &u64) -> bool {
    *number == 0
}

pub(super) fn write(report: &AdvisoryReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let advisories = report.advisories;
    let numbered = advisories.matches.iter().enumerate();
    let all = numbered.map(|(number, it)| found(report, it, report.places.get(number)));
    let (core_modules, matches) = all.partition(|it| it.module.is_some());
    let document = Document {
        schema: "bomtrail/advisories/v1",
        tool: report.tool.into(),
        conclusion: if report.has_failed() { "fail" } else { "pass" },
        matches,
        core_modules,
        ecosystems: advisories.coverage.iter().map(ecosystem).collect(),
        sources: (0..)
            .zip(&advisories.sources)
            .map(|(at, it)| source(advisories, at, it))
            .collect(),
        unused_decisions: advisories.unused.iter().map(unused).collect(),
    };
    print(&document, out)
}

/// The Package URL of a node, or what documents call it.
fn named(graph: &Graph, node: NodeId) -> String {
    let Some(node) = graph.node(node) else {
        return String::new();
    };
    let purl = node.purl().map(|it| it.as_str().to_owned());
    purl.unwrap_or_else(|| node.reference().into_owned())
}

fn found<'a>(report: &AdvisoryReport<'a>, it: &'a Match, place: Option<&'a Place>) -> Found<'a> {
    let graph = report.graph;
    let node = graph.node(it.node);
    let reach = &it.reach;
    let mut blocked_by: Vec<String> = reach
        .blockers
        .iter()
        .map(|it| named(graph, it.node))
        .collect();
    blocked_by.dedup();
    let source = report.advisories.sources.get(it.source);
    let decision = it.valid_decision();
    Found {
        id: &it.id,
        aliases: texts(&it.aliases),
        reference: node
            .map(|it| it.reference().into_owned())
            .unwrap_or_default(),
        purl: named(graph, it.node),
        module: it.module.as_deref(),
        package: &it.package,
        version: &it.version,
        range: &it.range,
        fixed_in: texts(&it.fixed),
        summary: &it.summary,
        severity: severity(&it.severity),
        cwes: it.cwes.clone(),
        references: texts(&it.references),
        modified: it.modified.map(|it| it.to_string()),
        source: source.map_or("", |it| &*it.name),
        malicious: it.malicious,
        known_exploited: it.known_exploited,
        embedded: it.embedded.as_deref(),
        by_name_only: it.by_name,
        phase: reach.phase.name(),
        need: reach.need.map(bomtrail_graph::Need::name),
        roots: all_named(graph, &reach.roots),
        path: all_named(graph, &reach.path),
        own_dependency: reach.own.as_ref().map(|it| own(graph, it)),
        overridden: reach.overridden.as_deref(),
        bundled: reach.bundled,
        platforms: texts(&reach.platforms),
        update_fits: fits(reach.update),
        blocked_by,
        blocks: reach.blockers.iter().map(|it| block(graph, it)).collect(),
        status: decision.map_or("affected", |it| it.status.name()),
        open: it.is_open(),
        decision: it.decision.as_ref().map(decided),
        claims: it.claims.iter().map(claim).collect(),
        location: place.map(Into::into),
    }
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|it| &**it).collect()
}

fn all_named(graph: &Graph, nodes: &[NodeId]) -> Vec<String> {
    nodes.iter().map(|it| named(graph, *it)).collect()
}

fn severity(it: &Severity) -> SeverityView<'_> {
    SeverityView {
        rating: it.rating.name(),
        score: it.score(),
        vector: it.vector.as_deref(),
    }
}

fn own<'a>(graph: &Graph, it: &'a OwnEdge) -> OwnView<'a> {
    OwnView {
        from: named(graph, it.from),
        to: named(graph, it.to),
        range: it.range.as_deref(),
    }
}

fn fits(update: Update) -> Option<bool> {
    match update {
        Update::Fits => Some(true),
        Update::Blocked => Some(false),
        Update::Unknown => None,
    }
}

fn claim(it: &Claim) -> ClaimView<'_> {
    ClaimView {
        status: it.status.name(),
        reason: &it.reason,
        document: &it.document,
        author: &it.author,
    }
}

fn block<'a>(graph: &Graph, it: &'a Blocker) -> BlockView<'a> {
    BlockView {
        reference: named(graph, it.node),
        reason: if it.range.is_some() {
            "range"
        } else {
            "bundles"
        },
        range: it.range.as_deref(),
    }
}

fn decided(it: &MatchDecision) -> DecisionView<'_> {
    let (validity, void) = match &it.validity {
        Validity::Valid => ("valid", None),
        Validity::Expired(_) => ("expired", None),
        Validity::Void(why) => ("void", Some(&**why)),
    };
    DecisionView {
        status: it.status.name(),
        why: it.why.map(bomtrail_graph::Justification::name),
        reason: &it.reason,
        action: it.action.as_deref(),
        by: it.by.as_deref(),
        decided: it.decided.map(|it| it.to_string()),
        until: it.until.map(|it| it.to_string()),
        validity,
        void,
        location: (&it.place).into(),
    }
}

fn ecosystem(it: &Coverage) -> Ecosystem<'_> {
    Ecosystem {
        name: &it.ecosystem,
        status: if it.is_known { "checked" } else { "unknown" },
        packages: it.packages,
        without_version: it.without_version,
        newest: it.newest.map(|it| it.to_string()),
    }
}

fn source<'a>(advisories: &Advisories, number: usize, it: &'a AdvisorySource) -> Source<'a> {
    Source {
        name: &it.name,
        sha256: &it.sha256,
        entries: it.entries,
        damaged: it.damaged,
        newest: it.newest.map(|it| it.to_string()),
        ecosystems: it.ecosystems.iter().map(|it| &**it).collect(),
        too_old: advisories.too_old.iter().any(|(old, _)| *old == number),
    }
}

fn unused(it: &UnusedDecision) -> Unused<'_> {
    Unused {
        decision: &it.subject,
        location: (&it.place).into(),
    }
}
