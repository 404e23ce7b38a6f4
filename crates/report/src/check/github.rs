//! GitHub's workflow commands, and the table for the job's summary. GitHub shows about ten annotations of a level, so no more
//! are made; the table has them all.

use std::io::{self, Write};

use bomtrail_policy::{Finding, Verdict};

use super::{Check, Summary};
use crate::printable;

/// How many annotations of a level are made.
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
                "::{command} title=bomtrail::{more} more; the job's summary has all of them"
            )?;
        }
    }
    let it = Summary::of(check);
    let conclusion = if check.failed { "FAIL" } else { "pass" };
    writeln!(
        out,
        "{conclusion}: {} to deny, {} to warn of, {} set aside",
        it.deny, it.warn, it.excepted
    )
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
        finding.subject, finding.message, finding.rule.help
    );
    writeln!(out, "::{command} {}::{}", properties.join(","), data(&text))
}

/// The message of a command: what would end it is escaped as the runner unescapes it.
fn data(text: &str) -> String {
    let escaped = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    printable(&escaped).into_owned()
}

/// A property of a command, in which colons and commas mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// All findings as a Markdown table, for `$GITHUB_STEP_SUMMARY`.
pub fn summary_markdown(check: &Check<'_>) -> String {
    let it = Summary::of(check);
    let mut text = format!(
        "### bomtrail: {}\n\n{} packages: {} approved, {} unreviewed, {} denied\n",
        if check.failed { "fail" } else { "pass" },
        it.packages,
        it.approved,
        it.unreviewed,
        it.denied
    );
    if check.findings.is_empty() {
        return text;
    }
    text.push_str("\n| level | rule | package | what |\n|---|---|---|---|\n");
    for finding in check.findings {
        let level = match finding.excepted {
            Some(_) => "set aside",
            None => finding.verdict.name(),
        };
        let (subject, message) = (cell(&finding.subject), cell(&finding.message));
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

/// A table's cell: nothing in it is Markdown or HTML.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in printable(text).chars() {
        if character.is_ascii_punctuation() {
            // Every ASCII punctuation character may be written as an entity (CommonMark 6.2 has them all).
            safe.push_str("&#");
            safe.push_str(&u32::from(character).to_string());
            safe.push(';');
        } else {
            safe.push(character);
        }
    }
    safe
}
