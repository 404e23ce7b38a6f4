//! Inserts rows of numbers, many with one statement: a statement costs as much as several rows.

use rusqlite::{CachedStatement, Connection};

use super::StoreError;

/// How many rows one statement inserts.
const MANY: usize = 50;

/// Rows of a table that are inserted in their order.
pub(super) struct Rows<'c, const N: usize> {
    many: CachedStatement<'c>,
    one: CachedStatement<'c>,
    waiting: Vec<[Option<i64>; N]>,
}

impl<'c, const N: usize> Rows<'c, N> {
    /// Rows for a table of `N` columns.
    pub(super) fn of(table: &str, connection: &'c Connection) -> Result<Self, StoreError> {
        let row = ["(", &["?"; N].join(", "), ")"].concat();
        let insert = |rows: usize| {
            let rows = vec![row.as_str(); rows].join(", ");
            let insert = ["INSERT INTO ", table, " VALUES ", &rows].concat();
            connection.prepare_cached(&insert)
        };
        Ok(Self {
            many: insert(MANY)?,
            one: insert(1)?,
            waiting: Vec::with_capacity(MANY),
        })
    }

    /// Inserts a row, at the latest with [`Rows::finish`].
    pub(super) fn push(&mut self, row: [Option<i64>; N]) -> Result<(), StoreError> {
        self.waiting.push(row);
        if self.waiting.len() == MANY {
            execute(&mut self.many, &self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }

    /// Inserts the rows that wait.
    pub(super) fn finish(&mut self) -> Result<(), StoreError> {
        for row in self.waiting.drain(..) {
            execute(&mut self.one, &[row])?;
        }
        Ok(())
    }
}

fn execute<const N: usize>(
    statement: &mut CachedStatement<'_>,
    rows: &[[Option<i64>; N]],
) -> Result<(), StoreError> {
    for (value, parameter) in rows.as_flattened().iter().zip(1..) {
        statement.raw_bind_parameter(parameter, value)?;
    }
    statement.raw_execute()?;
    Ok(())
}
