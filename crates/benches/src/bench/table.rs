//! Aligned columns for people.

use std::fmt;

/// Rows of `N` cells under a head; a note replaces the numbers of a row without any.
pub(super) struct Table<const N: usize> {
    rows: Vec<Row<N>>,
}

enum Row<const N: usize> {
    Cells([String; N]),
    Note(String, String),
}

impl<const N: usize> Table<N> {
    pub(super) fn new(head: [&str; N]) -> Self {
        Self {
            rows: vec![Row::Cells(head.map(str::to_owned))],
        }
    }

    pub(super) fn row(&mut self, cells: [String; N]) {
        self.rows.push(Row::Cells(cells));
    }

    pub(super) fn note(&mut self, name: &str, note: &str) {
        self.rows.push(Row::Note(name.to_owned(), note.to_owned()));
    }

    /// Each column's width. A note widens none but its name the first.
    fn widths(&self) -> [usize; N] {
        let mut widths = [0; N];
        for row in &self.rows {
            let cells = match row {
                Row::Cells(cells) => cells.as_slice(),
                Row::Note(name, _) => std::slice::from_ref(name),
            };
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = cell.chars().count().max(*width);
            }
        }
        widths
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        let first = widths.first().copied().unwrap_or_default();
        for row in &self.rows {
            match row {
                Row::Note(name, note) => write!(f, "{name:<first$}  {note}")?,
                Row::Cells(cells) => {
                    for (idx, (cell, width)) in cells.iter().zip(widths).enumerate() {
                        match idx {
                            0 => write!(f, "{cell:<width$}")?,
                            _ => write!(f, "  {cell:>width$}")?,
                        }
                    }
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
pub(crate) fn mib(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 20;
    format!("{}.{}", tenths / 10, tenths % 10)
}
