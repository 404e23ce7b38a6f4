//! The sections that are tables: approvals, provenance, changes, licences, fields, quality of metadata.

use super::element::{Cell, badge, bar, evidence, table, ticks};
use super::{advisories, components};
use crate::compliance::view::{ProvenancesView, STATUSES, View};
use crate::compliance::words;
use crate::escape::html;
use crate::wire::approval::ApprovalView;

/// The sections in order, each with its id, title and content.
pub(super) fn sections(view: &View<'_>) -> Vec<(&'static str, String, String)> {
    let mut all = Vec::new();
    if view.approvals.is_some() {
        all.push(("approvals", "Approvals".to_owned(), approvals(view)));
    }
    if let Some(it) = &view.provenance {
        all.push(("provenance", "Provenance".to_owned(), provenance(it, view)));
    }
    if let Some(it) = &view.advisories {
        all.push((
            "vulnerabilities",
            "Known vulnerabilities".to_owned(),
            advisories::section(it),
        ));
    }
    if let Some(it) = &view.since {
        let title = ["Changes since ", it.old].concat();
        all.push(("since", title, changes(view)));
    }
    all.push(("licenses", "Licences".to_owned(), licenses(view)));
    all.push((
        "fields",
        "All fields of the profile".to_owned(),
        fields(view),
    ));
    all.push((
        "quality",
        "Quality of package metadata".to_owned(),
        quality(view),
    ));
    all
}

/// The cards of approvals and provenance in the summary.
pub(super) fn cards(view: &View<'_>) -> String {
    let mut text = String::new();
    if let Some(it) = &view.approvals {
        let counts = STATUSES.map(|status| {
            let count = it.counts.get(status.name()).copied().unwrap_or_default();
            (words::status_color(status.name()), count, status.name())
        });
        text += &bar("Approvals", it.list.unwrap_or_default(), &counts);
    }
    if let Some(it) = &view.provenance {
        let holds = |level: &str| {
            let known = view
                .components
                .iter()
                .filter_map(|it| it.provenance.as_ref());
            known
                .filter(|it| it.failure.is_none() && it.level == level)
                .count()
        };
        let mut counts = vec![("missing", it.failed, "failed")];
        counts.extend(
            it.levels
                .iter()
                .map(|it| (words::level_color(it.level), holds(it.level), it.level)),
        );
        text += &bar("Provenance", "evidence by level", &counts);
    }
    text
}

fn approvals(view: &View<'_>) -> String {
    let mut text = String::new();
    if let Some(list) = view.approvals.as_ref().and_then(|it| it.list) {
        text = format!(
            "<p class=\"quiet\">According to <code>{}</code>. First-party components need no approval and are not listed.</p>\n",
            html(list)
        );
    }
    let mut rows: Vec<(usize, &ApprovalView<'_>)> = Vec::new();
    for (position, it) in view.components.iter().enumerate() {
        rows.extend(it.approval.as_ref().map(|it| (position, it)));
    }
    rows.retain(|(_, it)| it.status != "first-party");
    rows.sort_by_key(|(_, it)| {
        STATUSES
            .iter()
            .position(|status| status.name() == it.status)
    });
    if rows.is_empty() {
        return text + "<p>No package needs an approval.</p>\n";
    }
    let rows: Vec<Vec<Cell>> = rows
        .into_iter()
        .map(|(position, it)| {
            let note = [it.basis, it.note].into_iter().flatten();
            vec![
                Cell::markup(components::link(position, view)),
                Cell::markup(badge(words::status_color(it.status), it.status)),
                Cell::text(&it.why()),
                Cell::text(&it.by.join(", ")),
                Cell::text(it.on.unwrap_or_default()),
                Cell::text(it.expires.unwrap_or_default()),
                Cell::text(&note.collect::<Vec<_>>().join(": ")),
            ]
        })
        .collect();
    let head = [
        "Package",
        "Status",
        "Reason",
        "Reviewed by",
        "On",
        "Until",
        "Note",
    ];
    text + &table("Approvals", &head.map(Cell::text), &rows)
}

fn provenance(it: &ProvenancesView<'_>, view: &View<'_>) -> String {
    let levels = it.levels.iter().map(|it| {
        vec![
            Cell::markup(badge(words::level_color(it.level), it.level)),
            Cell::text(it.about),
            Cell::number(it.components),
        ]
    });
    let head = [
        Cell::text("Level"),
        Cell::text("Meaning"),
        Cell::numbers("Packages"),
    ];
    let mut text = table("Levels of evidence", &head, &levels.collect::<Vec<_>>());
    text += "<h3 class=\"next\">Packages with evidence that was checked</h3>\n";
    text += &checked(view);
    let basis = it.basis.iter().map(|it| format!("<li>{}</li>", html(it)));
    text += "<h3 class=\"next\">Trust material</h3>\n<ul class=\"basis\">";
    text.extend(basis);
    text + "</ul>\n"
}

fn checked(view: &View<'_>) -> String {
    let mut rows = Vec::new();
    for (position, it) in view.components.iter().enumerate() {
        let Some(it) = &it.provenance else { continue };
        if it.checked || it.failure.is_some() {
            rows.push((position, it));
        }
    }
    rows.sort_by_key(|(_, it)| it.failure.is_none());
    if rows.is_empty() {
        return "<p>There was nothing to check but the digests of the lockfile.</p>\n".to_owned();
    }
    let rows: Vec<Vec<Cell>> = rows
        .into_iter()
        .map(|(position, it)| {
            let slsa = it.slsa_build_level.map(|it| format!("L{it}"));
            let commit = it
                .commit
                .map(|it| format!("<span class=\"sub\"><code>{}</code></span>", html(it)));
            let built = html(it.repository.unwrap_or_default()) + &commit.unwrap_or_default();
            let signed = match (it.failure, it.signer) {
                (Some(failure), _) => html(failure),
                (None, signer) => {
                    let time = it.signed_at.map(|it| ["; ", it].concat());
                    html(&[signer.unwrap_or_default(), &time.unwrap_or_default()].concat())
                }
            };
            vec![
                Cell::markup(components::link(position, view)),
                Cell::markup(evidence(it)),
                Cell::text(&slsa.unwrap_or_default()),
                Cell::markup(built),
                Cell::markup(signed),
            ]
        })
        .collect();
    let head = [
        "Package",
        "Evidence",
        "SLSA",
        "Built from",
        "Signed by, or what failed",
    ];
    table(
        "Packages with checked evidence",
        &head.map(Cell::text),
        &rows,
    )
}

fn changes(view: &View<'_>) -> String {
    let changes = view.since.as_ref().map_or(&[][..], |it| &it.changes);
    if changes.is_empty() {
        return "<p>No dependency changed.</p>\n".to_owned();
    }
    let mut text = String::new();
    for kind in changes.chunk_by(|a, b| a.kind == b.kind) {
        let title = kind.first().map_or("", |it| it.title);
        let heading = format!("<h3 class=\"next\">{} ({})</h3>\n", html(title), kind.len());
        text.push_str(&heading);
        let rows = kind.iter().map(|it| {
            vec![
                Cell::text(it.package),
                Cell::text(&it.before.join(", ")),
                Cell::text(&it.after.join(", ")),
                Cell::text(&it.brought_by.join(", ")),
            ]
        });
        let head = ["Package", "Before", "After", "Through"].map(Cell::text);
        text += &table(title, &head, &rows.collect::<Vec<_>>());
    }
    text
}

fn licenses(view: &View<'_>) -> String {
    let rows = view.licenses.iter().map(|it| {
        let license = if it.license.is_empty() {
            Cell::markup("<em>none stated</em>".to_owned())
        } else {
            Cell::text(&it.license)
        };
        vec![license, Cell::number(it.components)]
    });
    let head = [Cell::text("Licence"), Cell::numbers("Components")];
    table("Licences", &head, &rows.collect::<Vec<_>>())
}

fn fields(view: &View<'_>) -> String {
    let document = view.document.iter().map(|it| {
        let row = &it.requirement;
        let color = words::state_color(it.state, row.weight);
        let found = if it.state == "missing" {
            ticks(&row.supply)
        } else {
            html(it.found)
        };
        vec![
            Cell::text(row.field),
            Cell::text(words::weight(row.weight)),
            Cell::text(row.clause),
            Cell::markup(badge(color, words::state(it.state, row.weight))),
            Cell::markup(found),
        ]
    });
    let head = [
        "Field",
        "Required",
        "Clause",
        "State",
        "Value, or how to supply it",
    ];
    let mut text = "<h3>Product and document</h3>\n".to_owned();
    text += &table(
        "Fields of product and document",
        &head.map(Cell::text),
        &document.collect::<Vec<_>>(),
    );
    let components = view.requirements.iter().map(|it| {
        let (row, counts) = (&it.requirement, &it.counts);
        let mut cells = vec![
            Cell::text(row.field),
            Cell::text(words::weight(row.weight)),
            Cell::text(row.clause),
        ];
        let all = [
            counts.present,
            counts.unknown,
            counts.withheld,
            counts.missing,
        ];
        cells.extend(all.map(Cell::number));
        cells.push(Cell::markup(ticks(&row.source)));
        cells
    });
    let head = [
        Cell::text("Field"),
        Cell::text("Required"),
        Cell::text("Clause"),
        Cell::numbers("Present"),
        Cell::numbers("Unknown"),
        Cell::numbers("Withheld"),
        Cell::numbers("Missing or not stated"),
        Cell::text("Taken from"),
    ];
    text += "<h3 class=\"next\">Components</h3>\n";
    text + &table(
        "Fields of components",
        &head,
        &components.collect::<Vec<_>>(),
    )
}

fn quality(view: &View<'_>) -> String {
    if view.quality.is_empty() {
        return "<p>No package has a type with indicators.</p>\n".to_owned();
    }
    let rows = view.quality.iter().map(|it| {
        vec![
            Cell::text(it.package_type),
            Cell::text(it.indicator),
            Cell::number(it.checked),
            Cell::number(it.failing.len()),
            Cell::text(it.about),
        ]
    });
    let head = [
        Cell::text("Type"),
        Cell::text("Indicator"),
        Cell::numbers("Checked"),
        Cell::numbers("Failing"),
        Cell::text("Meaning"),
    ];
    table(
        "Quality of package metadata",
        &head,
        &rows.collect::<Vec<_>>(),
    )
}
