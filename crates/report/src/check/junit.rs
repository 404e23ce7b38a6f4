//! The XML of `JUnit`: a suite for each rule, a case for each finding. Errors are failures, warnings are skipped cases.

use std::io::{self, Write};

use bomtrail_graph::Tool;
use bomtrail_policy::{Finding, Verdict};

use super::{Check, ProjectCheck, Summary};
use crate::count;
use crate::escape::xml;

pub(super) fn write(check: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    let summary = Summary::of(check);
    let total = check.findings.len() + 1;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="{}" tests="{total}" failures="{}">"#,
        xml(check.tool.name),
        summary.deny
    )?;
    suites(check, "", out)?;
    writeln!(out, "</testsuites>")
}

/// The suites of all projects; the names begin with the folder of the project.
pub(super) fn write_all(
    projects: &[ProjectCheck<'_>],
    tool: Tool<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let complete = projects.iter().filter_map(|it| it.outcome.as_ref().ok());
    let tests: usize = complete.clone().map(|it| it.findings.len()).sum();
    let failures: usize = complete.map(|it| Summary::of(it).deny).sum();
    let errors = projects.iter().filter(|it| it.outcome.is_err()).count();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="{}" tests="{}" failures="{failures}" errors="{errors}">"#,
        xml(tool.name),
        tests + projects.len()
    )?;
    for it in projects {
        match &it.outcome {
            Ok(check) => suites(check, &[it.folder, ": "].concat(), out)?,
            Err(reason) => not_completed(it.folder, reason, out)?,
        }
    }
    writeln!(out, "</testsuites>")
}

/// The suite of a check that was not completed.
fn not_completed(folder: &str, reason: &str, out: &mut dyn Write) -> io::Result<()> {
    let (folder, reason) = (xml(folder), xml(reason));
    writeln!(
        out,
        r#"  <testsuite name="{folder}: bomtrail" tests="1" failures="0" errors="1" skipped="0">"#
    )?;
    writeln!(
        out,
        r#"    <testcase classname="bomtrail" name="not completed"><error message="{reason}"/></testcase>"#
    )?;
    writeln!(out, "  </testsuite>")
}

/// The suites of one check, whose names begin with `before`.
fn suites(check: &Check<'_>, before: &str, out: &mut dyn Write) -> io::Result<()> {
    let before = xml(before);
    // Some servers treat a report without cases as a mistake.
    writeln!(
        out,
        r#"  <testsuite name="{before}bomtrail" tests="1" failures="0" skipped="0">"#
    )?;
    let packages = count(Summary::of(check).packages, "package");
    writeln!(
        out,
        r#"    <testcase classname="bomtrail" name="{packages} checked"/>"#
    )?;
    writeln!(out, "  </testsuite>")?;
    for group in check.findings.chunk_by(|a, b| a.rule.id == b.rule.id) {
        suite(group, &before, out)?;
    }
    Ok(())
}

fn fails(it: &Finding) -> bool {
    it.excepted.is_none() && it.verdict == Verdict::Deny
}

fn suite(group: &[Finding], before: &str, out: &mut dyn Write) -> io::Result<()> {
    let Some(rule) = group.first().map(|it| it.rule) else {
        return Ok(());
    };
    let failures = group.iter().filter(|it| fails(it)).count();
    let skipped = group.len() - failures;
    writeln!(
        out,
        r#"  <testsuite name="{before}{}" tests="{}" failures="{failures}" skipped="{skipped}">"#,
        xml(rule.id),
        group.len()
    )?;
    for finding in group {
        case(finding, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn case(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (class, name) = (xml(finding.rule.id), xml(&finding.subject));
    let message = xml(&finding.message);
    let place = xml(&finding.place.to_string());
    writeln!(out, r#"    <testcase classname="{class}" name="{name}">"#)?;
    if fails(finding) {
        let help = xml(&finding.help);
        writeln!(
            out,
            r#"      <failure message="{message}" type="{class}">{place}: {message} (help: {help})</failure>"#
        )?;
    } else {
        let why = finding
            .excepted
            .as_ref()
            .map(|it| format!(" (excepted: {})", xml(it)));
        let why = why.unwrap_or_default();
        writeln!(out, r#"      <skipped message="{message}{why}"/>"#)?;
    }
    writeln!(out, "    </testcase>")
}
