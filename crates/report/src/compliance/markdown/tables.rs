//! The side tables as Markdown: approvals, provenance, changes.

use std::io::{self, Write};

use bomtrail_graph::{Approval, ApprovalStatus, Axis, NodeRef, Provenance};

use super::super::Compliance;
use super::super::view::{self, STATUSES};
use crate::advisories::{AdvisoryFormat, AdvisoryReport};
use crate::diff::Change;
use crate::escape::markdown;

/// The most rows of a table; the other formats have all of them.
const ROWS: usize = 50;

/// Writes the sections that are not empty.
pub(super) fn write(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    approvals(report, out)?;
    provenance(report, out)?;
    if let Some(advisories) = report.tables.advisories {
        let own = AdvisoryReport::new(report.graph, advisories, report.tool);
        if let Some(view) = view::advisories(report).filter(|it| !it.notice.is_empty()) {
            writeln!(out, "> {}\n", view.notice)?;
        }
        own.write(AdvisoryFormat::Markdown, out)?;
        writeln!(out)?;
    }
    since(report, out)
}

fn approvals(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some((view, table)) = view::approvals(report).zip(report.tables.approvals) else {
        return Ok(());
    };
    let list = view.list.map_or_else(String::new, |it| {
        [", by `", &it.replace('`', ""), "`"].concat()
    });
    let counts = STATUSES.map(|it| {
        let count = view.counts.get(it.name()).copied().unwrap_or_default();
        [&count.to_string(), " ", it.name()].concat()
    });
    writeln!(out, "## Approvals\n\n{}{list}\n", counts.join(", "))?;
    let mut rows: Vec<(NodeRef<'_>, &Approval)> = table
        .iter()
        .filter(|(_, it)| it.status() != ApprovalStatus::FirstParty)
        .filter_map(|(id, it)| Some((report.graph.node(id)?, it)))
        .collect();
    // Worst first, then in the order of the graph.
    rows.sort_by_key(|(_, it)| STATUSES.iter().position(|status| *status == it.status()));
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "| package | status | reason | reviewed by | on | expires |\n|---|---|---|---|---|---|"
    )?;
    for (node, approval) in rows.iter().take(ROWS) {
        let decision = approval.decision.as_deref();
        let by = decision.map_or_else(String::new, |it| it.by.join(", "));
        let day = |it: Option<&Box<str>>| markdown(it.map_or("", |it| it));
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            markdown(&node.reference()),
            approval.status().name(),
            markdown(&reason(approval)),
            markdown(&by),
            day(decision.and_then(|it| it.on.as_ref())),
            day(decision.and_then(|it| it.expires.as_ref()))
        )?;
    }
    more(rows.len(), out)
}

fn reason(approval: &Approval) -> String {
    if approval.detail.is_empty() {
        approval.reason.name().to_owned()
    } else {
        [approval.reason.name(), "; ", &approval.detail].concat()
    }
}

fn provenance(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some((view, table)) = view::provenance(report).zip(report.tables.provenance) else {
        return Ok(());
    };
    writeln!(
        out,
        "## Provenance\n\n| level | meaning | packages |\n|---|---|--:|"
    )?;
    for it in &view.levels {
        writeln!(out, "| {} | {} | {} |", it.level, it.about, it.components)?;
    }
    writeln!(out)?;
    for line in &view.basis {
        writeln!(out, "* verified with {}", markdown(line))?;
    }
    writeln!(out)?;
    let mut rows: Vec<(NodeRef<'_>, &Provenance)> = table
        .iter()
        .filter(|(_, it)| it.is_checked() || it.has_failed())
        .filter_map(|(id, it)| Some((report.graph.node(id)?, it)))
        .collect();
    rows.sort_by_key(|(_, it)| !it.has_failed());
    if rows.is_empty() {
        return writeln!(
            out,
            "There was nothing to check but the digests of the lockfile.\n"
        );
    }
    writeln!(
        out,
        "| package | level | built from, or what failed |\n|---|---|---|"
    )?;
    for (node, it) in rows.iter().take(ROWS) {
        writeln!(
            out,
            "| {} | {} | {} |",
            markdown(&node.reference()),
            it.level().name(),
            markdown(&origin(it))
        )?;
    }
    more(rows.len(), out)
}

fn origin(it: &Provenance) -> String {
    if let Some(failure) = it.first_failure() {
        return ["failed: ", &failure.reason].concat();
    }
    let build = it.build.as_deref();
    let repository = build.and_then(|it| it.repository.as_deref());
    let commit = build.and_then(|it| it.commit.as_deref());
    match (repository, commit) {
        (Some(repository), Some(commit)) => [repository, " at ", commit].concat(),
        (Some(repository), None) => repository.to_owned(),
        (None, _) => String::from(&*it.evidence(Axis::ProvenanceVerified).reason),
    }
}

fn since(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(since) = report.since else {
        return Ok(());
    };
    writeln!(out, "## Changes since {}\n", markdown(since.old))?;
    if since.changes.is_empty() {
        return writeln!(out, "No dependency changed.\n");
    }
    for kind in since.changes.chunk_by(|a, b| a.kind == b.kind) {
        let title = kind.first().map_or("", |it| it.kind.title());
        writeln!(
            out,
            "### {title} ({})\n\n| package | before | after | through |\n|---|---|---|---|",
            kind.len()
        )?;
        for Change {
            package,
            before,
            after,
            brought_by,
            ..
        } in kind.iter().take(ROWS)
        {
            writeln!(
                out,
                "| {} | {} | {} | {} |",
                markdown(package),
                markdown(&before.join(", ")),
                markdown(&after.join(", ")),
                markdown(&brought_by.join(", "))
            )?;
        }
        more(kind.len(), out)?;
    }
    Ok(())
}

/// The number of rows that are left out, and the empty line after a table.
fn more(count: usize, out: &mut dyn Write) -> io::Result<()> {
    if let Some(more @ 1..) = count.checked_sub(ROWS) {
        writeln!(out, "\nand {more} more; `-f json` lists all of them")?;
    }
    writeln!(out)
}
