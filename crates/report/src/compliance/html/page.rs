//! The page as it is without scripts: the result first, then every section.

use std::io::{self, Write};

use super::element::{Cell, badge, bar, table, ticks};
use super::{components, tables};
use crate::compliance::view::{AttentionView, RequirementView, Sum, View};
use crate::compliance::words;
use crate::count;
use crate::escape::html;

/// The most components named for a property or gap.
const NAMED: usize = 200;

/// Writes the title, the header and all sections.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    header(view, out)?;
    section(out, "summary", "Summary", &summary(view))?;
    section(
        out,
        "missing",
        "What is missing, and how to supply it",
        &gaps(view),
    )?;
    if !view.diagnostics.is_empty() {
        section(out, "problems", "Problems of the inputs", &problems(view))?;
    }
    components::write(view, out)?;
    for (id, title, content) in tables::sections(view) {
        section(out, id, &title, &content)?;
    }
    writeln!(
        out,
        "<p class=\"paper\">On paper a table has at most 300 rows; the CSV and JSON reports have all.</p>\n</main>"
    )
}

/// The parts of the page, for the links at its top.
fn parts(view: &View<'_>) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("summary", "Summary", true),
        ("missing", "Missing", true),
        ("problems", "Problems", !view.diagnostics.is_empty()),
        ("components", "Components", true),
        ("approvals", "Approvals", view.approvals.is_some()),
        ("provenance", "Provenance", view.provenance.is_some()),
        (
            "vulnerabilities",
            "Vulnerabilities",
            view.advisories.is_some(),
        ),
        ("since", "Changes", view.since.is_some()),
        ("licenses", "Licences", true),
        ("fields", "All fields", true),
        ("quality", "Metadata", true),
    ];
    let shown = all.into_iter().filter(|(_, _, is_there)| *is_there);
    shown.map(|(id, name, _)| (id, name)).collect()
}

fn header(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let product = &view.product;
    let version = product.version.map(|it| [" ", it].concat());
    let title = [product.name, &version.unwrap_or_default()].concat();
    let profile = &view.profile;
    let made: Vec<String> = [
        view.timestamp.map(str::to_owned),
        Some(view.tool.label()),
        Some(count(view.components.len(), "component")),
        Some("read from ".to_owned() + &view.inputs.join(", ")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let links: Vec<String> = parts(view)
        .into_iter()
        .map(|(id, name)| format!("<a href=\"#{id}\">{name}</a>"))
        .collect();
    writeln!(
        out,
        "<body>\n<a class=\"skip\" href=\"#missing\">Skip to what is missing</a>\n<header>\n<p class=\"kicker\">{} · {}</p>\n<h1>{}</h1>\n<p class=\"verdict\">{}</p>\n<p class=\"quiet\">{}</p>\n</header>\n<nav aria-label=\"Sections\">{}</nav>\n<main>",
        html(profile.title),
        html(profile.edition),
        html(&title),
        html(&sentence(&view.verdict)),
        html(&made.join(" · ")),
        links.concat()
    )
}

/// A lower-case fragment as a sentence.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|it| it.to_uppercase().to_string());
    [&first.unwrap_or_default(), characters.as_str(), "."].concat()
}

/// Writes one section with a heading.
pub(super) fn section(out: &mut dyn Write, id: &str, title: &str, content: &str) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">{}</h2>\n{content}</section>",
        html(title)
    )
}

fn summary(view: &View<'_>) -> String {
    let mut text = format!("<p class=\"note\">{}</p>\n", ticks(view.profile.note));
    if !view.attention.is_empty() {
        text += "<h3>What needs attention</h3>\n<ul class=\"attention\">\n";
        text.extend(view.attention.iter().map(|it| attention(it, view)));
        text += "</ul>\n";
    }
    let unknown = |it: &Sum| it.document.unknown + it.components.unknown > 0;
    if view.summary.iter().any(unknown) {
        let note = ticks(words::UNKNOWN_ELSEWHERE);
        text.extend([
            "<p class=\"note\">",
            &note,
            "</p>
",
        ]);
    }
    text += "<div class=\"cards\">\n";
    for sum in &view.summary {
        for (name, counts) in [
            ("Product and document", &sum.document),
            ("Fields of components", &sum.components),
        ] {
            let parts = [
                ("present", counts.present),
                ("unknown", counts.unknown),
                ("withheld", counts.withheld),
                ("missing", counts.missing),
            ];
            let parts = parts.map(|(state, count)| {
                let color = words::state_color(state, sum.weight);
                (color, count, words::state(state, sum.weight))
            });
            text += &bar(name, words::weight(sum.weight), &parts);
        }
    }
    text += &tables::cards(view);
    text + "</div>\n"
}

fn attention(it: &AttentionView, view: &View<'_>) -> String {
    format!(
        "<li><details><summary><strong>{}</strong> {}</summary>{}</details></li>\n",
        it.components.len(),
        html(it.title),
        names(&it.components, view)
    )
}

/// Links to components, by their positions.
fn names(positions: &[usize], view: &View<'_>) -> String {
    let shown = positions.iter().take(NAMED);
    let links: Vec<String> = shown.map(|it| components::link(*it, view)).collect();
    let rest = match positions.len().checked_sub(NAMED) {
        Some(more @ 1..) => format!(", and {more} more"),
        Some(_) | None => String::new(),
    };
    format!("<p>{}{rest}</p>", links.join(", "))
}

fn gaps(view: &View<'_>) -> String {
    let document = view.document.iter();
    let document = document.filter(|it| it.state == "missing" && it.requirement.weight == "must");
    let mut gaps: Vec<String> = document.map(|it| gap(&it.requirement, 0)).collect();
    let components = view.requirements.iter();
    let components =
        components.filter(|it| it.counts.missing > 0 && it.requirement.weight == "must");
    gaps.extend(components.map(|it| gap(&it.requirement, it.counts.missing)));
    if gaps.is_empty() {
        return "<p>No required field is missing: all are present, or stated as unknown or withheld.</p>\n"
            .to_owned();
    }
    format!("<div class=\"gaps\">\n{}</div>\n", gaps.concat())
}

fn gap(it: &RequirementView, components: usize) -> String {
    let show = match components {
        0 => String::new(),
        more => format!(
            "<p class=\"lacking\" data-requirement=\"{}\">Missing for {}</p>",
            html(it.id),
            count(more, "component")
        ),
    };
    format!(
        "<div class=\"gap\"><h3>{}</h3><p>{}</p><p class=\"clause\">{}</p>{show}</div>\n",
        html(it.field),
        ticks(&it.supply),
        html(it.clause)
    )
}

fn problems(view: &View<'_>) -> String {
    let rows = view.diagnostics.iter().map(|it| {
        let color = if it.level == "error" {
            "missing"
        } else {
            "unknown"
        };
        vec![
            Cell::markup(badge(color, it.level)),
            Cell::markup(ticks(it.message)),
            Cell::text(&it.location.text()),
            Cell::markup(ticks(it.help.unwrap_or_default())),
        ]
    });
    let head = ["Level", "Problem", "Place", "What to do"].map(Cell::text);
    table("Problems of the inputs", &head, &rows.collect::<Vec<_>>())
}
