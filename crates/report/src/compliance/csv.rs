//! CSV (RFC 4180) that spreadsheets open as text: no cell begins with what they take for a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use super::view::View;

const HEAD: [&str; 16] = [
    "name",
    "version",
    "purl",
    "role",
    "scope",
    "origin",
    "licenses",
    "supplier",
    "hashes",
    "source",
    "approval",
    "approved by",
    "approved on",
    "missing",
    "unknown",
    "withheld",
];

/// Writes one row for each component.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    row(&HEAD.map(Cow::Borrowed), out)?;
    for it in &view.components {
        let approval = it.approval.as_ref();
        let cells = [
            it.name.into(),
            it.version.into(),
            it.purl.into(),
            it.role.into(),
            it.scope.into(),
            it.origin.into(),
            it.licenses.join("; ").into(),
            (&*it.supplier).into(),
            it.hashes.join("; ").into(),
            it.source.into(),
            approval.map_or("", |it| it.status).into(),
            approval
                .map_or_else(String::new, |it| it.by.join("; "))
                .into(),
            approval.and_then(|it| it.on).unwrap_or_default().into(),
            it.missing.join("; ").into(),
            it.unknown.join("; ").into(),
            it.withheld.join("; ").into(),
        ];
        row(&cells, out)?;
    }
    Ok(())
}

fn row(cells: &[Cow<'_, str>; 16], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<_> = cells.iter().map(|it| cell(it)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell. What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection") is put behind an apostrophe.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    let risky = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%' | '＝' | '＋' | '－' | '＠')
    );
    let quoted = text.replace('"', "\"\"");
    let guard = if risky { "'" } else { "" };
    ["\"", guard, &quoted, "\""].concat()
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "|calc",
        ] {
            assert_eq!(cell(text), format!("\"'{text}\""), "{text:?}");
        }
        assert_eq!(cell("a\",=b\n"), "\"a\"\",=b\n\"");
        assert_eq!(cell(""), "\"\"");
    }
}
