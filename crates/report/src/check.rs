//! The result of a check, and every way to show it.

mod github;
mod json;
mod junit;
mod paths;
mod sarif;
mod shown;
mod text;
mod verdict;

use std::io::{self, Write};

use bomtrail_graph::{Approval, ApprovalStatus, Graph, NodeMap, Tool};
use bomtrail_policy::{Finding, Verdict};

pub use github::summary_markdown;
pub use verdict::write_verdict;

/// What a check came to.
#[derive(Clone, Copy)]
pub struct Check<'a> {
    /// The packages.
    pub graph: &'a Graph,
    /// What the approvals say of them.
    pub approvals: &'a NodeMap<Approval>,
    /// What the rules found; their places have lines where these are known.
    pub findings: &'a [Finding],
    /// True when the check fails.
    pub failed: bool,
    /// The file of the project's own approvals; nothing when there is none.
    pub list: Option<&'a str>,
    /// The program that checked.
    pub tool: Tool<'a>,
}

/// A way to show a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckFormat {
    /// For people.
    #[default]
    Text,
    /// `bomtrail/check/v1`, described by `schemas/check-v1.schema.json`.
    Json,
    /// SARIF 2.1.0 (OASIS), for code scanning.
    Sarif,
    /// The XML of `JUnit`, as CI servers read it.
    Junit,
    /// GitHub's workflow commands.
    Github,
}

impl CheckFormat {
    /// Every format with its name on the command line.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::Text, "text"),
        (Self::Json, "json"),
        (Self::Sarif, "sarif"),
        (Self::Junit, "junit"),
        (Self::Github, "github"),
    ];

    /// The format of a name on the command line.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, it)| *it == name)
            .map(|(format, _)| *format)
    }
}

/// How many of what there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Packages that are not the project's own.
    pub packages: usize,
    /// Of them approved.
    pub approved: usize,
    /// Of the approved those that nobody read.
    pub bulk: usize,
    /// Of them unreviewed.
    pub unreviewed: usize,
    /// Of them denied.
    pub denied: usize,
    /// The project's own.
    pub first_party: usize,
    /// Findings that fail, not counting excepted ones.
    pub deny: usize,
    /// Findings that are only told, not counting excepted ones.
    pub warn: usize,
    /// Findings that exceptions set aside.
    pub excepted: usize,
}

impl Summary {
    /// Counts.
    pub fn of(check: &Check<'_>) -> Self {
        let mut it = Self::default();
        for (_, approval) in check.approvals.iter() {
            let count = match approval.status() {
                ApprovalStatus::Approved => &mut it.approved,
                ApprovalStatus::FirstParty => &mut it.first_party,
                ApprovalStatus::Unreviewed => &mut it.unreviewed,
                ApprovalStatus::Denied => &mut it.denied,
            };
            *count += 1;
            let basis = approval
                .decision
                .as_ref()
                .and_then(|it| it.basis.as_deref());
            if approval.status() == ApprovalStatus::Approved && basis == Some("bulk") {
                it.bulk += 1;
            }
        }
        it.packages = it.approved + it.unreviewed + it.denied;
        for finding in check.findings {
            match (&finding.excepted, finding.verdict) {
                (Some(_), _) => it.excepted += 1,
                (None, Verdict::Deny) => it.deny += 1,
                (None, Verdict::Warn) => it.warn += 1,
                (None, Verdict::Allow) => {}
            }
        }
        it
    }
}

/// Writes a check in a format.
///
/// # Errors
/// The sink's own.
pub fn write_check(format: CheckFormat, check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        CheckFormat::Text => text::write(check, out),
        CheckFormat::Json => json::write(check, out),
        CheckFormat::Sarif => sarif::write(check, out),
        CheckFormat::Junit => junit::write(check, out),
        CheckFormat::Github => github::write(check, out),
    }
}

#[cfg(test)]
mod tests;
