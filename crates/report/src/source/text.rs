//! The report for a terminal.

use std::io::Write;

use bomtrail_graph::WriteError;

use super::{SourceReport, remark};
use crate::escape::printable;

/// The most files that are listed for one package.
const MOST: usize = 200;

pub(super) fn write(reports: &[SourceReport], out: &mut dyn Write) -> Result<(), WriteError> {
    for (number, report) in reports.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        one(report, out)?;
    }
    Ok(())
}

fn one(report: &SourceReport, out: &mut dyn Write) -> Result<(), WriteError> {
    let found = &report.found;
    let label = report.label();
    if found.reason.is_empty() {
        let summary = found.summary();
        writeln!(out, "{}: {summary}", printable(&label))?;
        let folder = match &*found.folder {
            "" => String::new(),
            folder => format!(", folder `{folder}`"),
        };
        let line = format!("commit {} ({}){folder}", found.commit, found.named_by);
        writeln!(out, "  {}", printable(&line))?;
    } else {
        let line = format!("{label}: not compared: {}", found.reason);
        writeln!(out, "{}", printable(&line))?;
    }
    for note in &report.notes {
        writeln!(out, "  note: {}", printable(note))?;
    }
    let files: Vec<_> = report.different().collect();
    for file in files.iter().take(MOST) {
        let role = file
            .role
            .map_or(String::new(), |it| format!(" [{}]", it.name()));
        let line = format!(
            "{:<11} {}{role}  {}",
            file.verdict.name(),
            file.path,
            remark(file)
        );
        writeln!(out, "  {}", printable(line.trim_end()))?;
    }
    match files.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => Ok(writeln!(
            out,
            "  and {more} more; `--format json` has all of them"
        )?),
    }
}
