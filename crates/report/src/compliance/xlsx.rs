//! The components as a workbook (Office Open XML), for people who work in spreadsheets: the result on one sheet, a row for each
//! component on the other. Every cell is text, so none is a formula.

use std::io::{self, Write};

use bomtrail_graph::Timestamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::table::{HEAD, rows};
use super::view::View;

/// The most characters of a cell.
const LONGEST: usize = 32_767;

/// The time of a workbook whose report has none, in seconds since 1970: the same report gives the same bytes.
const NO_TIME: i64 = 0;

/// Writes the workbook.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&workbook(view).map_err(io::Error::other)?)
}

fn workbook(view: &View<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let time = view.timestamp.and_then(Timestamp::parse);
    let seconds = time.map_or(NO_TIME, Timestamp::seconds);
    let properties = DocProperties::new()
        .set_title(view.product.name)
        .set_creation_datetime(&ExcelDateTime::from_timestamp(seconds)?);
    workbook.set_properties(&properties);
    summary(workbook.add_worksheet().set_name("Summary")?, view)?;
    components(workbook.add_worksheet().set_name("Components")?, view)?;
    workbook.save_to_buffer()
}

fn summary(sheet: &mut Worksheet, view: &View<'_>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let components = view.components.len().to_string();
    let lines = [
        ("product", view.product.name),
        ("version", view.product.version.unwrap_or_default()),
        ("profile", view.profile.title),
        ("result", &view.verdict),
        ("time", view.timestamp.unwrap_or_default()),
        ("components", &components),
        ("tool", &view.tool.label()),
    ];
    for (row, (name, value)) in (0..).zip(lines) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string(row, 1, shortened(value))?;
    }
    sheet.set_column_width(0, 14)?.set_column_width(1, 80)?;
    Ok(())
}

fn components(sheet: &mut Worksheet, view: &View<'_>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(HEAD) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, 18)?;
    }
    let mut last = 0;
    for (row, cells) in (1..).zip(rows(view)) {
        last = row;
        for (column, cell) in (0..).zip(&cells).filter(|(_, it)| !it.is_empty()) {
            sheet.write_string(row, column, shortened(cell))?;
        }
    }
    let columns = u16::try_from(HEAD.len()).unwrap_or(1);
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// As much of a text as a cell can hold.
fn shortened(text: &str) -> &str {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_too_long() {
        let long = "é".repeat(LONGEST + 1);
        assert_eq!(shortened(&long).chars().count(), LONGEST);
        assert_eq!(shortened("=1+1"), "=1+1");
    }
}
