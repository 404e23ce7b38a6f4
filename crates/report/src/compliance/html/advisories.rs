//! The section about known vulnerabilities.

use super::element::{Cell, badge, table};
use crate::compliance::view::AdvisoriesView;
use crate::escape::html;

/// The content of the section.
pub(super) fn section(view: &AdvisoriesView<'_>) -> String {
    let mut text = String::new();
    if !view.notice.is_empty() {
        text.extend(["<p class=\"verdict\">", &html(view.notice), "</p>\n"]);
    }
    if !view.complete {
        text += "<p>The advisories are incomplete or too old: other vulnerabilities may be unknown.</p>\n";
    }
    if view.matches.is_empty() {
        text += "<p>None of the advisories that were read applies.</p>\n";
    } else {
        let rows = view.matches.iter().map(|it| {
            let exploited = if it.known_exploited {
                badge("missing", "exploited")
            } else {
                String::new()
            };
            let color = if it.open { "missing" } else { "present" };
            vec![
                Cell::text(&it.package),
                Cell::text(&it.ids.join(", ")),
                Cell::markup([&html(&it.severity), " ", &exploited].concat()),
                Cell::text(&it.reach),
                Cell::text(&it.fix),
                Cell::markup(badge(color, it.status)),
                Cell::text(it.reason.as_deref().unwrap_or("none")),
                Cell::text(it.until.as_deref().unwrap_or_default()),
            ]
        });
        let head = [
            "Package",
            "Advisory",
            "Severity",
            "Reached",
            "What to do",
            "Status",
            "Decision",
            "Until",
        ];
        text += &table(
            "vulnerabilities",
            &head.map(Cell::text),
            &rows.collect::<Vec<_>>(),
        );
    }
    let rows = view.ecosystems.iter().map(|it| {
        vec![
            Cell::text(it.name),
            Cell::text(it.status),
            Cell::number(it.packages),
        ]
    });
    let head = [
        Cell::text("Ecosystem"),
        Cell::text("Advisories"),
        Cell::numbers("Packages"),
    ];
    text += &table("ecosystems", &head, &rows.collect::<Vec<_>>());
    let rows = view.sources.iter().map(|it| {
        vec![
            Cell::text(it.name),
            Cell::text(&it.entries.to_string()),
            Cell::text(&it.damaged.to_string()),
            Cell::text(it.newest.as_deref().unwrap_or("unknown")),
            Cell::text(it.sha256),
        ]
    });
    let head = ["Source", "Entries", "Damaged", "Newest", "SHA-256"].map(Cell::text);
    text + &table("sources of advisories", &head, &rows.collect::<Vec<_>>())
}
