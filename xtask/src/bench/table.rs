//! Aligned columns for people. Knows no measurement.

use std::fmt;

/// Rows under a head; a note stands in for the numbers of a row that has none.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(head: &[&str]) -> Self {
        Self {
            rows: vec![head.iter().map(|&cell| cell.to_owned()).collect()],
        }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub(super) fn note(&mut self, name: &str, note: &str) {
        self.rows.push(vec![name.to_owned(), note.to_owned()]);
    }

    /// Each column's width, from the rows that fill every column.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let full = || self.rows.iter().filter(|row| row.len() == columns);
        let width = |column| {
            full()
                .filter_map(|row| row.get(column))
                .map(|cell: &String| cell.chars().count())
                .max()
        };
        (0..columns)
            .map(|column| width(column).unwrap_or_default())
            .collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for row in &self.rows {
            let noted = row.len() < widths.len();
            for (idx, (cell, width)) in row.iter().zip(&widths).enumerate() {
                match idx {
                    0 => write!(f, "{cell:<width$}")?,
                    _ if noted => write!(f, "  {cell}")?,
                    _ => write!(f, "  {cell:>width$}")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

pub(super) fn seconds(seconds: f64) -> String {
    format!("{seconds:.3}")
}

/// How many times `base`, where there is one.
pub(super) fn times(seconds: f64, base: Option<f64>) -> String {
    base.filter(|base| *base > 0.0)
        .map_or_else(|| "-".to_owned(), |base| format!("{:.2}x", seconds / base))
}

/// Bytes as MiB with one decimal.
pub(super) fn mib(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 20;
    format!("{}.{}", tenths / 10, tenths % 10)
}
