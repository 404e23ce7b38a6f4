//! GitHub's workflow commands, and the table for the job summary. GitHub shows about ten annotations of each level, so no more
//! are written; the table has all findings.

use std::io::{self, Write};

use bomtrail_policy::{Finding, Verdict};

use super::{Check, Summary, level};
use crate::count;
use crate::escape::{markdown, printable};

/// The most annotations of one level.
const MOST: usize = 10;

pub(super) fn write(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (verdict, command) in [(Verdict::Deny, "error"), (Verdict::Warn, "warning")] {
        let of_level = |it: &&Finding| it.excepted.is_none() && it.verdict == verdict;
        let all: Vec<&Finding> = check.findings.iter().filter(of_level).collect();
        for finding in all.iter().take(MOST) {
            annotation(command, finding, out)?;
        }
        if let Some(more @ 1..) = all.len().checked_sub(MOST) {
            writeln!(
                out,
                "::{command} title=bomtrail::{more} more; the job summary lists all findings"
            )?;
        }
    }
    writeln!(out, "{}", Summary::of(check).verdict(check.failed))
}

fn annotation(command: &str, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let mut properties = Vec::with_capacity(3);
    if !finding.place.path.is_empty() {
        properties.push(format!("file={}", property(&finding.place.path)));
        properties.push(format!("line={}", finding.place.line.unwrap_or(1)));
    }
    properties.push(format!("title={}", property(finding.rule.id)));
    let text = format!(
        "{}: {} ({})",
        finding.subject, finding.message, finding.help
    );
    writeln!(out, "::{command} {}::{}", properties.join(","), data(&text))
}

/// The message of a command, escaped as the runner unescapes it.
fn data(text: &str) -> String {
    let escaped = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    printable(&escaped).into_owned()
}

/// A property of a command, where colons and commas are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// All findings as a Markdown table, for `$GITHUB_STEP_SUMMARY`.
pub fn summary_markdown(check: &Check<'_>) -> String {
    let it = Summary::of(check);
    let mut text = format!(
        "### bomtrail check: {}\n\n{}: {} approved, {} unreviewed, {} denied\n",
        it.verdict(check.failed),
        count(it.packages, "package"),
        it.approved,
        it.unreviewed,
        it.denied
    );
    if check.findings.is_empty() {
        return text;
    }
    text.push_str("\n| level | rule | package | finding |\n|---|---|---|---|\n");
    for finding in check.findings {
        let level = match finding.excepted {
            Some(_) => "excepted",
            None => level(finding.verdict),
        };
        let (subject, message) = (markdown(&finding.subject), markdown(&finding.message));
        for part in [
            "| ",
            level,
            " | ",
            finding.rule.id,
            " | ",
            &subject,
            " | ",
            &message,
            " |\n",
        ] {
            text.push_str(part);
        }
    }
    text
}
