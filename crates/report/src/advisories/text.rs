//! Advisories for people: each vulnerability of a package once, then what was read.

use std::io::{self, Write};

use bomtrail_graph::{AdvisorySource, Match};

use super::{AdvisoryReport, words};
use crate::count;
use crate::escape::printable;

pub(super) fn write(report: &AdvisoryReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let groups = report.groups();
    for group in &groups {
        self::group(report, group, out)?;
    }
    summary(report, &groups, out)
}

fn group(report: &AdvisoryReport<'_>, group: &[&Match], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = group.first() else {
        return Ok(());
    };
    let worst = group
        .iter()
        .max_by_key(|it| it.severity.rating)
        .unwrap_or(first);
    let graph = report.graph;
    let subject = words::subject(graph, first);
    let exploited = if group.iter().any(|it| it.known_exploited) {
        ", known to be exploited"
    } else {
        ""
    };
    let line = format!(
        "{}: {}{exploited}: {subject}",
        first.id,
        words::severity(worst)
    );
    writeln!(out, "{}", printable(&line))?;
    let mut say = |label: &str, text: &str| writeln!(out, "  {label}{}", printable(text));
    if let Some(it) = group.iter().find(|it| !it.summary.is_empty()) {
        say("", &it.summary)?;
    }
    if !first.aliases.is_empty() {
        say("also known as: ", &first.aliases.join(", "))?;
    }
    let ranges: Vec<String> = group
        .iter()
        .map(|it| format!("{} ({})", it.range, it.id))
        .collect();
    say("affected: ", &ranges.join(", "))?;
    if let Some(library) = &first.embedded {
        say("vulnerable inside of it: ", library)?;
    }
    if first.by_name {
        say(
            "",
            "it is not from the public registry; only its name matches",
        )?;
    }
    say("", &words::reach(graph, first))?;
    let fixable = group
        .iter()
        .find(|it| !it.fixed.is_empty())
        .unwrap_or(first);
    say("", &words::fix(graph, fixable))?;
    if let Some(text) = group.iter().find_map(|it| words::decision(it)) {
        say("decision: ", &text)?;
    }
    for claim in &first.claims {
        let text = format!(
            "{} says {}: {}",
            claim.author,
            claim.status.name(),
            claim.reason
        );
        say("claim: ", &text)?;
    }
    writeln!(out)
}

fn summary(
    report: &AdvisoryReport<'_>,
    groups: &[Vec<&Match>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let advisories = report.advisories;
    for it in &advisories.unused {
        let line = format!("decision without a match: {} ({})", it.subject, it.place);
        writeln!(out, "{}", printable(&line))?;
    }
    let open = groups
        .iter()
        .filter(|it| it.iter().any(|it| it.is_open()))
        .count();
    let found = match groups.len() {
        1 => "1 vulnerability".to_owned(),
        several => format!("{several} vulnerabilities"),
    };
    writeln!(out, "{found}, {open} to act on")?;
    for it in &advisories.coverage {
        let packages = count(it.packages, "package");
        let state = match (it.is_known, it.newest) {
            (false, _) => "unknown: no advisories were read for it".to_owned(),
            (true, Some(newest)) => format!("checked, newest advisory {newest}"),
            (true, None) => "checked, the age of the advisories is unknown".to_owned(),
        };
        writeln!(out, "{}: {packages}, {state}", printable(&it.ecosystem))?;
        if it.is_known && it.without_version > 0 {
            let packages = count(it.without_version, "package");
            writeln!(
                out,
                "{}: {packages} without a version, unknown",
                printable(&it.ecosystem)
            )?;
        }
    }
    for (number, it) in advisories.sources.iter().enumerate() {
        source(it, out)?;
        if let Some((_, age)) = advisories.too_old.iter().find(|(old, _)| *old == number) {
            writeln!(out, "  too old: {}", age_words(*age))?;
        }
    }
    Ok(())
}

/// An age as people read it; a source without a date has the largest one.
pub(super) fn age_words(age: i64) -> String {
    match usize::try_from(age) {
        Ok(days) if age < i64::MAX => count(days, "day"),
        _ => "its age is unknown".to_owned(),
    }
}

fn source(it: &AdvisorySource, out: &mut dyn Write) -> io::Result<()> {
    let entries = usize::try_from(it.entries).unwrap_or(usize::MAX);
    let damaged = match it.damaged {
        0 => String::new(),
        several => format!(", {several} damaged"),
    };
    let newest = it
        .newest
        .map(|it| format!(", newest {it}"))
        .unwrap_or_default();
    let line = format!(
        "source {}: {}{damaged}{newest}, sha256 {}",
        it.name,
        if entries == 1 {
            "1 entry".to_owned()
        } else {
            format!("{entries} entries")
        },
        it.sha256
    );
    writeln!(out, "{}", printable(&line))
}
