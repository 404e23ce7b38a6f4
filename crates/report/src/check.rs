//! The result of a check, in every format.

mod fingerprint;
mod github;
mod json;
mod junit;
mod paths;
mod sarif;
mod several;
mod text;
mod verdict;

use std::io::{self, Write};

use bomtrail_graph::{Approval, ApprovalStatus, Graph, NodeMap, Tool};
use bomtrail_policy::{Finding, Verdict};

use crate::count;

pub use github::summary_markdown;
pub use several::{ProjectCheck, write_checks};
pub use verdict::write_verdict;

/// The result of a check.
#[derive(Clone, Copy)]
pub struct Check<'a> {
    /// The packages.
    pub graph: &'a Graph,
    /// The approval status of each package.
    pub approvals: &'a NodeMap<Approval>,
    /// The findings of the rules.
    pub findings: &'a [Finding],
    /// True when the check fails.
    pub failed: bool,
    /// The approvals list of the project; `None` when it has none.
    pub list: Option<&'a str>,
    /// The program that checked.
    pub tool: Tool<'a>,
}

/// A format of a check.
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

/// The rule that reports a project without an approvals list; what it finds says how to start one.
const NO_LIST: &str = "approvals/no-list";

/// The word for a verdict in text for people.
fn level(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Deny => "error",
        Verdict::Warn => "warning",
        Verdict::Allow => "note",
    }
}

/// The numbers of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Packages that are not first-party.
    pub packages: usize,
    /// Approved packages.
    pub approved: usize,
    /// Approved packages that were approved in bulk, without a review.
    pub bulk: usize,
    /// Packages without a decision.
    pub unreviewed: usize,
    /// Denied packages.
    pub denied: usize,
    /// Components of the project itself.
    pub first_party: usize,
    /// Findings that make the check fail, without excepted ones.
    pub deny: usize,
    /// Findings that are only warnings, without excepted ones.
    pub warn: usize,
    /// Findings that an exception of the policy covers.
    pub excepted: usize,
}

impl Summary {
    /// The verdict on one line.
    pub fn verdict(&self, failed: bool) -> String {
        format!(
            "{}: {}, {}, {} excepted",
            if failed { "FAIL" } else { "pass" },
            count(self.deny, "error"),
            count(self.warn, "warning"),
            self.excepted
        )
    }

    /// Counts packages and findings.
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
/// What the sink fails with.
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
