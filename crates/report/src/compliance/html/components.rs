//! The components: a table that scripts replace by one that can be searched, sorted and turned page by page.

use std::io::{self, Write};

use super::element::{Cell, badge, evidence, headings, row};
use crate::compliance::view::{ComponentView, View};
use crate::compliance::words;
use crate::count;
use crate::escape::html;

const FILTERS: &str = include_str!("filters.html");
const EXPLORER: &str = include_str!("explorer.html");

/// `name version`, or the reference of a component without a name.
fn label(it: &ComponentView<'_>) -> String {
    match (it.name, it.version) {
        ("", _) => it.reference.clone(),
        (name, "") => name.to_owned(),
        (name, version) => [name, " ", version].concat(),
    }
}

/// A link to the row of a component.
pub(super) fn link(position: usize, view: &View<'_>) -> String {
    let name = view.components.get(position).map(label);
    format!(
        "<a href=\"#c{position}\" data-component=\"{position}\">{}</a>",
        html(&name.unwrap_or_default())
    )
}

/// Writes the section of the components, and the empty one of the explorer.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let columns = Columns::of(view);
    writeln!(
        out,
        "<section id=\"components\" aria-labelledby=\"components-h\"><h2 id=\"components-h\">Components</h2>\n{FILTERS}<p id=\"count\" role=\"status\">{}</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: components\"><table id=\"table\"><thead><tr id=\"head\">{}</tr></thead><tbody id=\"rows\">",
        count(view.components.len(), "component"),
        headings(&columns.head())
    )?;
    for (position, it) in view.components.iter().enumerate() {
        let id = format!("c{position}");
        out.write_all(row(&id, &columns.cells(it, view)).as_bytes())?;
    }
    writeln!(
        out,
        "</tbody></table></div>\n<div class=\"pager\" id=\"pager\"></div></section>\n{EXPLORER}"
    )
}

/// The columns that depend on what is known.
struct Columns {
    supplier: bool,
    approval: bool,
    provenance: bool,
}

impl Columns {
    fn of(view: &View<'_>) -> Self {
        Self {
            supplier: view.components.iter().any(|it| !it.supplier.is_empty()),
            approval: view.approvals.is_some(),
            provenance: view.provenance.is_some(),
        }
    }

    fn head(&self) -> Vec<Cell> {
        let all = [
            ("Component", true),
            ("Version", true),
            ("Licence", true),
            ("Supplier", self.supplier),
            ("Scope", true),
            ("Approval", self.approval),
            ("Evidence", self.provenance),
            ("Missing", true),
        ];
        let shown = all.into_iter().filter(|(_, is_there)| *is_there);
        shown.map(|(name, _)| Cell::text(name)).collect()
    }

    fn cells(&self, it: &ComponentView<'_>, view: &View<'_>) -> Vec<Cell> {
        let name = if it.name.is_empty() {
            &it.reference
        } else {
            it.name
        };
        let license = match it.licenses.join(", ") {
            none if none.is_empty() => "<span class=\"quiet\">none stated</span>".to_owned(),
            all => html(&all),
        };
        let approval = it.approval.as_ref().map_or_else(String::new, |it| {
            badge(words::status_color(it.status), it.status)
        });
        let proved = it.provenance.as_ref().map(evidence);
        let all = [
            (html(name), true),
            (html(it.version), true),
            (license, true),
            (html(&it.supplier), self.supplier),
            (html(it.scope), true),
            (approval, self.approval),
            (proved.unwrap_or_default(), self.provenance),
            (html(&missing(it, view)), true),
        ];
        let shown = all.into_iter().filter(|(_, is_there)| *is_there);
        shown.map(|(markup, _)| Cell::markup(markup)).collect()
    }
}

/// The required fields that a component lacks.
fn missing(it: &ComponentView<'_>, view: &View<'_>) -> String {
    let fields = it.missing.iter().filter_map(|id| {
        let mut rows = view.requirements.iter().map(|it| &it.requirement);
        rows.find(|it| it.id == *id && it.weight == "must")
    });
    fields.map(|it| it.field).collect::<Vec<_>>().join(", ")
}
