//! CSV (RFC 4180) without formulas.

use std::io::{self, Write};

use super::table::{HEAD, rows};
use super::view::View;

/// Writes one row for each component.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    csv_row(&HEAD, out)?;
    rows(view).try_for_each(|it| csv_row(&it, out))
}

/// Writes one row of CSV (RFC 4180), every cell in quotes and none a formula.
///
/// # Errors
/// The error of the writer.
pub fn csv_row(cells: &[impl AsRef<str>], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<_> = cells.iter().map(|it| cell(it.as_ref())).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell. An apostrophe is put before text that starts a formula (OWASP, "CSV Injection"), except before the names of scoped
/// npm packages, so that tables can be joined by name.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    let risky = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%' | '＝' | '＋' | '－' | '＠')
    );
    let risky = risky && !is_scoped_name(text);
    let quoted = text.replace('"', "\"\"");
    let guard = if risky { "'" } else { "" };
    ["\"", guard, &quoted, "\""].concat()
}

/// Whether a cell is a name such as `@scope/name`, with an optional version.
fn is_scoped_name(text: &str) -> bool {
    let plain = |it: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._~-@".contains(c);
        !it.is_empty() && it.chars().all(allowed)
    };
    let parts = text.strip_prefix('@').and_then(|it| it.split_once('/'));
    parts.is_some_and(|(scope, name)| plain(scope) && plain(name))
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
        assert_eq!(cell("@scope/name"), "\"@scope/name\"");
        assert_eq!(cell("@a/b(1)"), "\"'@a/b(1)\"");
    }
}
