//! For people: every finding, and the commands that come next.

use std::io::{self, Write};

use bomtrail_graph::{ApprovalReason, ApprovalStatus};
use bomtrail_policy::Finding;

use super::paths::Paths;
use super::{Check, NO_LIST, Summary, level};
use crate::escape::{printable, shell};
use crate::{count, label};

/// How many packages one suggested command names.
const MOST_SUGGESTED: usize = 12;

pub(super) fn write(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    let paths = Paths::new(check.graph);
    for group in check
        .findings
        .chunk_by(|a, b| a.rule.id == b.rule.id && a.verdict == b.verdict)
    {
        self::group(check, group, &paths, out)?;
    }
    summary(check, out)?;
    advice(check, out)
}

fn group(
    check: &Check<'_>,
    group: &[Finding],
    paths: &Paths<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(first) = group.first() else {
        return Ok(());
    };
    let rule = first.rule;
    let number = match group.len() {
        1 => String::new(),
        more => format!(" ({more})"),
    };
    let word = level(first.verdict);
    writeln!(out, "{word}[{}]: {}{number}", rule.id, rule.about)?;
    for finding in group {
        one(check, finding, paths, out)?;
    }
    let mut shown = Vec::new();
    for finding in group {
        if !shown.contains(&&finding.help) {
            writeln!(out, "  help: {}", finding.help)?;
            shown.push(&finding.help);
        }
    }
    writeln!(out)
}

fn one(
    check: &Check<'_>,
    finding: &Finding,
    paths: &Paths<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let node = finding.node.and_then(|it| check.graph.node(it));
    match node {
        Some(node) => writeln!(
            out,
            "  {}: {}",
            printable(&label::of_node(node)),
            printable(&finding.message)
        )?,
        None => writeln!(out, "  {}", printable(&finding.message))?,
    }
    let chain = finding.node.map(|it| paths.to(it)).unwrap_or_default();
    let chain = chain.text();
    if !chain.is_empty() {
        writeln!(out, "      via {}", printable(&chain))?;
    }
    if !finding.place.path.is_empty() {
        writeln!(out, "      at {}", printable(&finding.place.to_string()))?;
    }
    if let Some(reason) = &finding.excepted {
        writeln!(out, "      excepted: {}", printable(reason))?;
    }
    Ok(())
}

fn summary(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    let it = Summary::of(check);
    let reviewed = it.approved - it.bulk;
    writeln!(
        out,
        "{}: {} approved ({reviewed} listed, {} in bulk), {} unreviewed, {} denied; {} first-party",
        count(it.packages, "package"),
        it.approved,
        it.bulk,
        it.unreviewed,
        it.denied,
        it.first_party
    )?;
    writeln!(out, "{}", it.verdict(check.failed))
}

/// The commands that come next, as they can be pasted.
fn advice(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    if check.findings.iter().any(|it| it.rule.id == NO_LIST) {
        return Ok(());
    }
    if check.list.is_none() {
        writeln!(
            out,
            "\nThe project has no approvals list. To start one with the packages that are locked now:"
        )?;
        return writeln!(out, "  bomtrail approve --all-current-packages");
    }
    let mut words = Vec::new();
    let mut rest = 0_usize;
    for finding in check
        .findings
        .iter()
        .filter(|it| it.rule.id == "approvals/unreviewed")
    {
        let node = finding.node.and_then(|it| check.graph.node(it));
        let (Some(node), Some(approval)) =
            (node, finding.node.and_then(|it| check.approvals.get(it)))
        else {
            continue;
        };
        let carried = approval.reason == ApprovalReason::BundledInUnapproved;
        if approval.status() != ApprovalStatus::Unreviewed || carried {
            continue;
        }
        if words.len() >= MOST_SUGGESTED {
            rest += 1;
            continue;
        }
        let plain = node
            .purl()
            .is_some_and(|it| it.package_type() == "npm" && it.qualifiers().next().is_none());
        let word = if plain {
            label::of_node(node)
        } else {
            node.purl()
                .map(|it| it.as_str().to_owned())
                .unwrap_or_default()
        };
        words.push(shell(&word));
    }
    if words.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nAfter you have reviewed them:")?;
    writeln!(out, "  bomtrail approve {}", words.join(" "))?;
    if rest > 0 {
        writeln!(
            out,
            "  … and {rest} more; `bomtrail approvals diff` shows what is new"
        )?;
    }
    Ok(())
}
