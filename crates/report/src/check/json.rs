//! The check as stable JSON for other programs: `schemas/check-v1.schema.json` describes it.

use std::io::{self, Write};

use bomtrail_graph::{NodeRef, Purl, Tool};
use bomtrail_policy::Finding;
use serde::Serialize;

use super::fingerprint::fingerprint;
use super::paths::{Path, Paths};
use super::{Check, ProjectCheck, Summary};
use crate::wire::{LocationView, ToolView, print};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    conclusion: &'static str,
    approvals: Option<&'a str>,
    summary: Counts,
    nodes: Vec<Node<'a>>,
    findings: Vec<Found<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    packages: usize,
    approved: usize,
    bulk: usize,
    unreviewed: usize,
    denied: usize,
    first_party: usize,
    deny: usize,
    warn: usize,
    excepted: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node<'a> {
    #[serde(rename = "ref")]
    reference: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<&'a str>,
    status: &'static str,
    reason: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest_approved: Option<&'a str>,
    integrity_verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule: &'static str,
    level: &'static str,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    message: &'a str,
    help: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    path: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_omitted: Option<Omitted>,
    location: LocationView<'a>,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    excepted: Option<&'a str>,
}

/// Where and how many packages are left out of a long path.
#[derive(Serialize)]
struct Omitted {
    after: usize,
    count: usize,
}

/// The checks of several projects: `schemas/checks-v1.schema.json` describes it.
#[derive(Serialize)]
struct All<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    conclusion: &'static str,
    projects: Vec<Project<'a>>,
}

#[derive(Serialize)]
struct Project<'a> {
    folder: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<Document<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

pub(super) fn write(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    print(&document(check), out)
}

pub(super) fn write_all(
    projects: &[ProjectCheck<'_>],
    tool: Tool<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let is_open = projects.iter().any(|it| it.outcome.is_err());
    let failed = |it: &ProjectCheck<'_>| it.outcome.is_ok_and(|it| it.failed);
    let conclusion = match (is_open, projects.iter().any(failed)) {
        (true, _) => "incomplete",
        (false, true) => "fail",
        (false, false) => "pass",
    };
    let projects = projects.iter().map(|it| Project {
        folder: it.folder,
        check: it.outcome.as_ref().ok().map(document),
        error: it.outcome.err(),
    });
    let all = All {
        schema: "bomtrail/checks/v1",
        tool: tool.into(),
        conclusion,
        projects: projects.collect(),
    };
    print(&all, out)
}

fn document<'a>(check: &Check<'a>) -> Document<'a> {
    let paths = Paths::new(check.graph);
    let counts = Summary::of(check);
    Document {
        schema: "bomtrail/check/v1",
        tool: check.tool.into(),
        conclusion: if check.failed { "fail" } else { "pass" },
        approvals: check.list,
        summary: counts.into(),
        nodes: check
            .graph
            .nodes()
            .filter_map(|it| node(check, it))
            .collect(),
        findings: check
            .findings
            .iter()
            .map(|it| found(check, it, &paths))
            .collect(),
    }
}

impl From<Summary> for Counts {
    fn from(it: Summary) -> Self {
        let Summary {
            packages,
            approved,
            bulk,
            unreviewed,
            denied,
            first_party,
            deny,
            warn,
            excepted,
        } = it;
        Self {
            packages,
            approved,
            bulk,
            unreviewed,
            denied,
            first_party,
            deny,
            warn,
            excepted,
        }
    }
}

fn node<'a>(check: &Check<'a>, node: NodeRef<'a>) -> Option<Node<'a>> {
    let approval = check.approvals.get(node.id())?;
    let decision = approval.decision.as_deref();
    Some(Node {
        reference: node.reference().into_owned(),
        name: node.name(),
        version: node.version(),
        purl: node.purl().map(Purl::as_str),
        status: approval.status().name(),
        reason: approval.reason.name(),
        detail: &approval.detail,
        source: approval.chain.iter().map(|it| &**it).collect(),
        nearest_approved: approval.nearest.as_deref(),
        integrity_verified: decision.is_some_and(|it| it.integrity_verified),
        basis: decision.and_then(|it| it.basis.as_deref()),
        expires: decision.and_then(|it| it.expires.as_deref()),
    })
}

fn found<'a>(check: &Check<'a>, finding: &'a Finding, paths: &Paths<'_>) -> Found<'a> {
    let node = finding.node.and_then(|it| check.graph.node(it));
    let approval = finding.node.and_then(|it| check.approvals.get(it));
    let path = finding.node.map(|it| paths.to(it)).unwrap_or_default();
    Found {
        rule: finding.rule.id,
        level: finding.verdict.name(),
        subject: &finding.subject,
        purl: node.and_then(NodeRef::purl).map(Purl::as_str),
        status: approval.map(|it| it.status().name()),
        reason: approval.map(|it| it.reason.name()),
        message: &finding.message,
        help: &finding.help,
        path_omitted: (path.omitted > 0).then_some(Omitted {
            after: Path::HEAD,
            count: path.omitted,
        }),
        path: path.labels,
        location: (&finding.place).into(),
        fingerprint: fingerprint(finding),
        excepted: finding.excepted.as_deref(),
    }
}
