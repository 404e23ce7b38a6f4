//! GitHub Flavored Markdown, short enough for a pull request: the result, what is missing, how to supply it, and the
//! problems of the inputs.

mod tables;

use std::io::{self, Write};

use bomtrail_compliance::{Counts, Profile, State, Weight};

use super::{Compliance, view, words};
use crate::count;
use crate::escape::markdown;

/// The most components listed for each gap.
const LISTED: usize = 10;

/// Our own text, in which backticks and addresses are markup.
fn own(raw: &str) -> String {
    raw.replace('|', "\\|")
}

pub(super) fn write(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    let profile = report.assessment.profile;
    let (name, version) = view::title(report);
    let heading = [name, version.unwrap_or_default()].join(" ");
    writeln!(out, "# {}\n", markdown(heading.trim_end()))?;
    writeln!(
        out,
        "**{}**, {}\n\n> {}\n",
        profile.title, profile.edition, profile.note
    )?;
    writeln!(out, "**Result:** {}\n", markdown(&view::verdict(report)))?;
    summary(report, out)?;
    problems(report, out)?;
    document(report, out)?;
    components(report, out)?;
    tables::write(report, out)?;
    quality(report, out)?;
    writeln!(
        out,
        "{}; made by {} {}",
        count(report.graph.nodes().len(), "component"),
        report.tool.name,
        report.tool.version
    )
}

fn summary(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "| required | present | stated as unknown | withheld | missing |\n|---|--:|--:|--:|--:|"
    )?;
    let mut has_unknown = false;
    for weight in Weight::ALL {
        let counts = [
            (
                "product and document",
                report.assessment.document_counts(weight),
            ),
            ("components", report.assessment.component_counts(weight)),
        ];
        for (of, counts) in counts {
            if counts.applicable() > 0 {
                let weight = words::weight(weight.name());
                let Counts {
                    present,
                    unknown,
                    withheld,
                    missing,
                    ..
                } = counts;
                has_unknown |= unknown > 0;
                writeln!(
                    out,
                    "| {of}: {weight} | {present} | {unknown} | {withheld} | {missing} |"
                )?;
            }
        }
    }
    if has_unknown {
        writeln!(out, "\n{}", words::UNKNOWN_ELSEWHERE)?;
    }
    writeln!(out)
}

/// The most problems that are listed.
const PROBLEMS: usize = 20;

fn problems(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<_> = view::problems(report).collect();
    if all.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Problems of the inputs\n\n| level | problem | place | what to do |\n|---|---|---|---|"
    )?;
    for it in all.iter().take(PROBLEMS) {
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            it.code.level.name(),
            markdown(&it.message),
            markdown(&it.place.to_string()),
            markdown(it.help.as_deref().unwrap_or_default())
        )?;
    }
    if let Some(more @ 1..) = all.len().checked_sub(PROBLEMS) {
        writeln!(out, "\nand {more} more; `-f json` lists all of them")?;
    }
    writeln!(out)
}

fn document(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "## Product and document\n\n| state | field | required | clause | value, or how to supply it |\n|---|---|---|---|---|"
    )?;
    for it in &report.assessment.document {
        let row = it.requirement;
        let last = match it.state {
            State::Missing => own(&row.supply()),
            State::Present | State::Unknown | State::Withheld | State::NotApplicable => {
                markdown(&it.found)
            }
        };
        let state = words::state(it.state.name(), row.weight.name());
        writeln!(
            out,
            "| {state} | {} | {} | {} | {last} |",
            row.field,
            words::weight(row.weight.name()),
            row.clause
        )?;
    }
    writeln!(out)
}

fn components(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "## Components\n\n| field | required | clause | present | unknown | withheld | missing |\n|---|---|---|--:|--:|--:|--:|"
    )?;
    for it in &report.assessment.components {
        let row = it.requirement;
        let Counts {
            present,
            unknown,
            withheld,
            missing,
            ..
        } = it.counts;
        writeln!(
            out,
            "| {} | {} | {} | {present} | {unknown} | {withheld} | {missing} |",
            row.field,
            words::weight(row.weight.name()),
            row.clause
        )?;
    }
    writeln!(out)?;
    let gaps = report.assessment.components.iter();
    for it in gaps.filter(|it| it.counts.missing > 0 && it.requirement.weight == Weight::Must) {
        let row = it.requirement;
        writeln!(
            out,
            "**{}** is missing for {}; {}\n",
            row.field,
            count(it.counts.missing, "component"),
            own(&row.supply())
        )?;
        for node in it.nodes(report.graph, State::Missing).take(LISTED) {
            writeln!(out, "* {}", markdown(&node.reference()))?;
        }
        if let Some(more @ 1..) = it.counts.missing.checked_sub(LISTED) {
            writeln!(out, "* and {more} more")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn quality(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.quality.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Quality of package metadata\n\n| type | indicator | checked | failing | meaning |\n|---|---|--:|--:|---|"
    )?;
    for it in report.quality {
        let indicator = it.indicator;
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            indicator.package_type,
            markdown(indicator.name),
            it.checked,
            it.failing.len(),
            indicator.about
        )?;
    }
    writeln!(out)
}

pub(super) fn explain(profile: &Profile, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# {}: {}\n\n{}\n\n{}\n",
        profile.id, profile.title, profile.edition, profile.note
    )?;
    writeln!(
        out,
        "| field | required | clause | taken from | how to supply it |\n|---|---|---|---|---|"
    )?;
    for row in profile.requirements {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            row.field,
            words::weight(row.weight.name()),
            row.clause,
            own(&row.source()),
            own(&row.supply())
        )?;
    }
    Ok(())
}
