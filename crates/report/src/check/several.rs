//! The checks of several projects as one document. A check that was not completed is in it, with the reason, and is not a pass.

use std::io::{self, Write};

use bomtrail_graph::Tool;

use super::{Check, CheckFormat, github, json, junit, sarif, text};
use crate::escape::printable;

/// The check of one project among several.
#[derive(Clone, Copy)]
pub struct ProjectCheck<'a> {
    /// The folder of the project, relative to the folder of all, with `/`; `.` for that folder itself.
    pub folder: &'a str,
    /// The check, or why it was not completed.
    pub outcome: Result<Check<'a>, &'a str>,
}

/// Writes the checks of several projects in a format. The places of their findings are those in the folder of all.
///
/// # Errors
/// What the sink fails with.
pub fn write_checks(
    format: CheckFormat,
    projects: &[ProjectCheck<'_>],
    tool: Tool<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        CheckFormat::Json => json::write_all(projects, tool, out),
        CheckFormat::Sarif => sarif::write_all(projects, tool, out),
        CheckFormat::Junit => junit::write_all(projects, tool, out),
        CheckFormat::Text => lines(projects, text::write, out),
        CheckFormat::Github => lines(projects, github::write, out),
    }
}

/// One check after another, each after its folder.
fn lines(
    projects: &[ProjectCheck<'_>],
    write: fn(&Check<'_>, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for it in projects {
        writeln!(out, "== {}", printable(it.folder))?;
        match &it.outcome {
            Ok(check) => write(check, out)?,
            Err(reason) => writeln!(out, "not completed: {}", printable(reason))?,
        }
        writeln!(out)?;
    }
    Ok(())
}
