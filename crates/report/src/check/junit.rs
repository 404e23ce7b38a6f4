//! The XML of `JUnit`: a suite for each rule, a case for each finding. Errors are failures, warnings are skipped cases.

use std::io::{self, Write};

use bomtrail_policy::{Finding, Verdict};

use super::{Check, Summary};
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
    // Some servers treat a report without cases as a mistake.
    writeln!(
        out,
        r#"  <testsuite name="bomtrail" tests="1" failures="0" skipped="0">"#
    )?;
    writeln!(
        out,
        r#"    <testcase classname="bomtrail" name="{} checked"/>"#,
        count(summary.packages, "package")
    )?;
    writeln!(out, "  </testsuite>")?;
    for group in check.findings.chunk_by(|a, b| a.rule.id == b.rule.id) {
        suite(group, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn fails(it: &Finding) -> bool {
    it.excepted.is_none() && it.verdict == Verdict::Deny
}

fn suite(group: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let Some(rule) = group.first().map(|it| it.rule) else {
        return Ok(());
    };
    let failures = group.iter().filter(|it| fails(it)).count();
    let skipped = group.len() - failures;
    writeln!(
        out,
        r#"  <testsuite name="{}" tests="{}" failures="{failures}" skipped="{skipped}">"#,
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
