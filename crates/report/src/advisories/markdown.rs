//! Advisories as a table for issues and pull requests.

use std::io::{self, Write};

use super::{AdvisoryReport, words};
use crate::escape::markdown;

pub(super) fn write(report: &AdvisoryReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let groups = report.groups();
    writeln!(out, "## Vulnerabilities\n")?;
    if groups.is_empty() {
        writeln!(out, "None of the advisories that were read applies.\n")?;
    } else {
        writeln!(
            out,
            "| package | advisory | severity | reached | what to do | decision |"
        )?;
        writeln!(out, "|---|---|---|---|---|---|")?;
    }
    for group in &groups {
        let Some(first) = group.first() else { continue };
        let worst = group
            .iter()
            .max_by_key(|it| it.severity.rating)
            .unwrap_or(first);
        let fixable = group
            .iter()
            .find(|it| !it.fixed.is_empty())
            .unwrap_or(first);
        let graph = report.graph;
        let mut severity = words::severity(worst);
        if group.iter().any(|it| it.known_exploited) {
            severity.push_str(", exploited");
        }
        let ids: Vec<&str> = [&*first.id]
            .into_iter()
            .chain(first.aliases.iter().map(|it| &**it))
            .collect();
        let decision = group.iter().find_map(|it| words::decision(it));
        let cells = [
            words::subject(graph, first),
            ids.join(", "),
            severity,
            words::reach(graph, first),
            words::fix(graph, fixable),
            decision.unwrap_or_else(|| "none".to_owned()),
        ];
        let cells: Vec<String> = cells.iter().map(|it| markdown(it)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    writeln!(out, "\n## Data\n")?;
    writeln!(out, "| ecosystem | packages | newest advisory |")?;
    writeln!(out, "|---|---|---|")?;
    for it in &report.advisories.coverage {
        let newest = match (it.is_known, it.newest) {
            (false, _) => "unknown: no advisories were read".to_owned(),
            (true, Some(newest)) => newest.to_string(),
            (true, None) => "unknown".to_owned(),
        };
        writeln!(
            out,
            "| {} | {} | {newest} |",
            markdown(&it.ecosystem),
            it.packages
        )?;
    }
    writeln!(out, "\n| source | entries | damaged | newest | sha256 |")?;
    writeln!(out, "|---|---|---|---|---|")?;
    for it in &report.advisories.sources {
        let newest = it.newest.map(|it| it.to_string()).unwrap_or_default();
        let name = markdown(&it.name);
        writeln!(
            out,
            "| {name} | {} | {} | {newest} | {} |",
            it.entries, it.damaged, it.sha256
        )?;
    }
    Ok(())
}
