//! For people: every finding, and what to do in the end.

use std::io::{self, Write};

use bomtrail_graph::{ApprovalReason, ApprovalStatus};
use bomtrail_policy::Finding;

use super::paths::{Paths, label};
use super::shown::shell;
use super::{Check, Summary};
use crate::printable;

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
    let (verdict, rule) = (first.verdict.name(), first.rule);
    writeln!(
        out,
        "{verdict} {}: {} ({})",
        rule.id,
        rule.about,
        group.len()
    )?;
    for finding in group {
        one(check, finding, paths, out)?;
    }
    writeln!(out, "  help: {}\n", rule.help)
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
            printable(&label(node)),
            printable(&finding.message)
        )?,
        None => writeln!(out, "  {}", printable(&finding.message))?,
    }
    let chain = finding.node.map(|it| paths.to(it)).unwrap_or_default();
    if chain.len() > 2 {
        writeln!(out, "      via {}", printable(&chain.join(" > ")))?;
    }
    if !finding.place.path.is_empty() {
        writeln!(out, "      at {}", printable(&finding.place.to_string()))?;
    }
    if let Some(reason) = &finding.excepted {
        writeln!(out, "      set aside: {}", printable(reason))?;
    }
    Ok(())
}

fn summary(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    let it = Summary::of(check);
    let reviewed = it.approved - it.bulk;
    writeln!(
        out,
        "{} packages: {} approved ({reviewed} listed, {} bulk), {} unreviewed, {} denied; {} first-party",
        it.packages, it.approved, it.bulk, it.unreviewed, it.denied, it.first_party
    )?;
    let conclusion = if check.failed { "FAIL" } else { "pass" };
    writeln!(
        out,
        "{conclusion}: {} to deny, {} to warn of, {} set aside",
        it.deny, it.warn, it.excepted
    )
}

/// The commands that come next, as they can be pasted.
fn advice(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    if check.list.is_none() {
        writeln!(
            out,
            "\nThere is no approvals list. To start one with what is locked now:"
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
            label(node)
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
    writeln!(out, "\nWhen you have reviewed them:")?;
    writeln!(out, "  bomtrail approve {}", words.join(" "))?;
    if rest > 0 {
        writeln!(
            out,
            "  … and {rest} more; `bomtrail approvals diff` shows what is new"
        )?;
    }
    Ok(())
}
