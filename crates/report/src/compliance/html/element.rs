//! Elements of the page as text: every function takes text from inputs and escapes it, or takes markup that is named so.

use crate::compliance::view::ProvenanceView;
use crate::compliance::words::level_color;
use crate::escape::html;

/// Rows that a table shows on one page when scripts run.
const PAGE: usize = 50;

/// A cell or heading of a table.
pub(super) struct Cell {
    class: &'static str,
    markup: String,
}

impl Cell {
    /// A cell with text.
    pub(super) fn text(text: &str) -> Self {
        Self::markup(html(text))
    }

    /// A cell with markup.
    pub(super) fn markup(markup: String) -> Self {
        Self { class: "", markup }
    }

    /// A cell with a number.
    pub(super) fn number(number: usize) -> Self {
        Self {
            class: "n",
            markup: number.to_string(),
        }
    }

    /// A heading of numbers.
    pub(super) fn numbers(text: &str) -> Self {
        Self {
            class: "n",
            markup: html(text),
        }
    }

    fn element(&self, tag: &str, more: &str) -> String {
        let class = match self.class {
            "" => String::new(),
            class => format!(" class=\"{class}\""),
        };
        format!("<{tag}{class}{more}>{}</{tag}>", self.markup)
    }
}

/// A table in a region that scrolls; long ones are paged when scripts run.
pub(super) fn table(label: &str, head: &[Cell], rows: &[Vec<Cell>]) -> String {
    let rows: Vec<String> = rows.iter().map(|it| row("", it)).collect();
    let class = if rows.len() > PAGE {
        "scroll paged"
    } else {
        "scroll"
    };
    format!(
        "<div class=\"{class}\" tabindex=\"0\" role=\"region\" aria-label=\"Table: {}\"><table><thead><tr>{}</tr></thead>\n<tbody>{}</tbody></table></div>\n",
        html(label),
        headings(head),
        rows.concat()
    )
}

/// The headings of a table.
pub(super) fn headings(head: &[Cell]) -> String {
    head.iter()
        .map(|it| it.element("th", " scope=\"col\""))
        .collect()
}

/// A row of a table.
pub(super) fn row(id: &str, cells: &[Cell]) -> String {
    let id = match id {
        "" => String::new(),
        id => format!(" id=\"{id}\""),
    };
    let cells: String = cells.iter().map(|it| it.element("td", "")).collect();
    format!("<tr{id}>{cells}</tr>\n")
}

/// Our own text, in which backticks mark code.
pub(super) fn ticks(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(number, part)| {
        let part = html(part);
        if number % 2 == 1 {
            format!("<code>{part}</code>")
        } else {
            part
        }
    });
    parts.collect()
}

/// A word in a frame of a colour.
pub(super) fn badge(color: &str, word: &str) -> String {
    format!("<span class=\"badge {color}\">{}</span>", html(word))
}

/// The level of evidence of a component.
pub(super) fn evidence(it: &ProvenanceView<'_>) -> String {
    if it.failure.is_some() {
        badge("missing", &[it.level, ", failed"].concat())
    } else {
        badge(level_color(it.level), it.level)
    }
}

/// A bar of counts with a legend; a part is a colour, a count and a word. Empty when all counts are 0.
pub(super) fn bar(name: &str, about: &str, parts: &[(&str, usize, &str)]) -> String {
    let total: usize = parts.iter().map(|(_, count, _)| count).sum();
    if total == 0 {
        return String::new();
    }
    let mut pieces = String::new();
    let mut legend = String::new();
    for (color, count, word) in parts.iter().filter(|(_, count, _)| *count > 0) {
        let percent = count.saturating_mul(1000) / total;
        let piece = format!(
            "<i class=\"{color}\" style=\"width:{}.{}%\"></i>",
            percent / 10,
            percent % 10
        );
        pieces.push_str(&piece);
        let entry = format!(
            "<li><span class=\"dot {color}\" aria-hidden=\"true\"></span>{count} {}</li>",
            html(word)
        );
        legend.push_str(&entry);
    }
    format!(
        "<div class=\"card\"><h3>{}</h3><p class=\"clause\">{}</p><div class=\"bar\" aria-hidden=\"true\">{pieces}</div><ul class=\"legend\">{legend}</ul></div>\n",
        html(name),
        html(about)
    )
}
