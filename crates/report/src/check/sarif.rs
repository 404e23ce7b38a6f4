//! SARIF 2.1.0 (OASIS) for GitHub's code scanning: one location for each result, which is a line of the lockfile, and
//! fingerprints that do not depend on the line.

use std::io::{self, Write};

use bomtrail_graph::Tool as Program;
use bomtrail_policy::{Finding, RULES, Rule, Verdict};
use serde::Serialize;

use super::fingerprint::fingerprint;
use super::paths::Paths;
use super::{Check, ProjectCheck};
use crate::escape::uri;
use crate::wire::print;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: Vec<Run<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    automation_details: Option<Automation>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

/// Tells the runs of one document apart.
#[derive(Serialize)]
struct Automation {
    id: String,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Reason<'a>,
}

#[derive(Serialize)]
struct Reason<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    help: Help,
    default_configuration: Configuration,
    properties: Tags,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Tags {
    tags: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "bomtrail/v1")]
    ours: String,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
}

pub(super) fn write(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut run = Run::new(check.tool);
    run.results = results(check, "");
    print(&log(vec![run]), out)
}

/// A run for each project.
pub(super) fn write_all(
    projects: &[ProjectCheck<'_>],
    tool: Program<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let runs = projects.iter().map(|it| {
        let mut run = Run::new(tool);
        // What comes before the last slash is the category of GitHub.
        let id = ["bomtrail/", it.folder, "/"].concat();
        run.automation_details = Some(Automation { id });
        match &it.outcome {
            Ok(check) => run.results = results(check, it.folder),
            Err(text) => {
                let [invocation] = &mut run.invocations;
                invocation.execution_successful = false;
                invocation.tool_execution_notifications.push(Notification {
                    level: "error",
                    message: Reason { text },
                });
            }
        }
        run
    });
    print(&log(runs.collect()), out)
}

fn log(runs: Vec<Run<'_>>) -> Log<'_> {
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs,
    }
}

impl<'a> Run<'a> {
    /// A complete run without results.
    fn new(tool: Program<'a>) -> Self {
        Self {
            tool: Tool {
                driver: Driver {
                    name: tool.name,
                    version: tool.version,
                    rules: RULES.iter().map(descriptor).collect(),
                },
            },
            automation_details: None,
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: Vec::new(),
            }],
            column_kind: "unicodeCodePoints",
            results: Vec::new(),
        }
    }
}

/// The findings of a project in a folder.
fn results<'a>(check: &Check<'a>, folder: &str) -> Vec<Found<'a>> {
    let paths = Paths::new(check.graph);
    let findings = check.findings.iter();
    findings
        .map(|it| found((check, folder), it, &paths))
        .collect()
}

fn descriptor(rule: &Rule) -> Descriptor {
    let practice = Some(rule.practice).filter(|it| !it.is_empty());
    let practice = practice.map(|it| format!("S2C2F-{it}"));
    let area = rule.id.split('/').next().unwrap_or_default().to_owned();
    Descriptor {
        id: rule.id,
        short_description: Message {
            text: rule.about.to_owned(),
        },
        help: Help {
            text: rule.help,
            markdown: rule.help,
        },
        default_configuration: Configuration {
            level: level(rule.default),
        },
        properties: Tags {
            tags: [Some(area), practice].into_iter().flatten().collect(),
        },
    }
}

fn level(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Deny => "error",
        Verdict::Warn => "warning",
        Verdict::Allow => "none",
    }
}

fn found<'a>(
    (check, folder): (&Check<'_>, &str),
    finding: &'a Finding,
    paths: &Paths<'_>,
) -> Found<'a> {
    let chain = finding.node.map(|it| paths.to(it)).unwrap_or_default();
    let chain = chain.text();
    let via = if chain.is_empty() {
        chain
    } else {
        format!(" (via {chain})")
    };
    let about = match finding.node {
        Some(_) => format!("{}: {}{via}", finding.subject, finding.message),
        None => finding.message.clone(),
    };
    // GitHub refuses a result without a file, so a finding about the project is located at its first input.
    let fallback = check
        .graph
        .inputs()
        .first()
        .map_or("package.json", |it| &*it.path);
    let path = match finding.place.path.as_str() {
        "" if matches!(folder, "" | ".") => fallback.to_owned(),
        "" => [folder, "/", fallback].concat(),
        path => path.to_owned(),
    };
    Found {
        rule_id: finding.rule.id,
        rule_index: RULES
            .iter()
            .position(|it| it.id == finding.rule.id)
            .unwrap_or_default(),
        level: level(finding.verdict),
        message: Message {
            text: format!("{about}. {}", finding.help),
        },
        locations: [Location {
            physical_location: Physical {
                artifact_location: Artifact { uri: uri(&path) },
                region: Region {
                    start_line: finding.place.line.unwrap_or(1).max(1),
                },
            },
        }],
        partial_fingerprints: Fingerprints {
            ours: fingerprint(finding),
        },
        suppressions: finding
            .excepted
            .iter()
            .map(|reason| Suppression {
                kind: "external",
                status: "accepted",
                justification: reason,
            })
            .collect(),
    }
}
