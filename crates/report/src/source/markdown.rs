//! The report for a page.

use std::io::Write;

use bomtrail_graph::{FileVerdict, WriteError};

use super::{SourceReport, remark};

pub(super) fn write(reports: &[SourceReport], out: &mut dyn Write) -> Result<(), WriteError> {
    writeln!(out, "# From package to source\n")?;
    writeln!(
        out,
        "| package | commit | same | moved | history | generated | changed | unexplained |"
    )?;
    writeln!(out, "|---|---|--:|--:|--:|--:|--:|--:|")?;
    for report in reports {
        let found = &report.found;
        let commit = if found.reason.is_empty() {
            &found.commit
        } else {
            &found.reason
        };
        write!(out, "| {} | {} |", cell(&report.label()), cell(commit))?;
        for verdict in FileVerdict::ALL.iter().rev() {
            write!(out, " {} |", found.count(*verdict))?;
        }
        writeln!(out)?;
    }
    for report in reports {
        files(report, out)?;
    }
    Ok(())
}

fn files(report: &SourceReport, out: &mut dyn Write) -> Result<(), WriteError> {
    if report.different().next().is_none() && report.notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {}\n", cell(&report.label()))?;
    for note in &report.notes {
        writeln!(out, "* {}", cell(note))?;
    }
    if report.different().next().is_none() {
        return Ok(());
    }
    writeln!(
        out,
        "\n| file | verdict | role | remark |\n|---|---|---|---|"
    )?;
    for file in report.different() {
        let role = file.role.map_or("", |it| it.name());
        let (path, remark) = (cell(&file.path), cell(&remark(file)));
        writeln!(
            out,
            "| {path} | {} | {role} | {remark} |",
            file.verdict.name()
        )?;
    }
    Ok(())
}

/// A text that stays in its cell and that is not read as markup.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '|' | '<' | '>' | '*' | '_' | '[' | ']' | '#' | '\\' => {
                safe.push('\\');
                safe.push(it);
            }
            it if it.is_control() => safe.push(' '),
            it => safe.push(it),
        }
    }
    safe
}
