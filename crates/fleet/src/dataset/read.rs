//! Reads the rows of a table by the names of their columns, whatever their order.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use super::DatasetError;
use super::tables::{Kind, Schema};

/// A row in the order of the columns of its table.
pub(super) struct Cells(Vec<Field>);

/// Reads the rows of a file.
pub(super) fn rows(
    schema: &'static Schema,
    path: &Path,
    each: &mut dyn FnMut(&Cells),
) -> Result<(), DatasetError> {
    let file = File::open(path).map_err(DatasetError::file(path))?;
    let read = |file: File, each: &mut dyn FnMut(&Cells)| -> ParquetResult<()> {
        let reader = SerializedFileReader::new(file)?;
        for row in reader.get_row_iter(None)? {
            each(&cells(schema, row?)?);
        }
        Ok(())
    };
    read(file, each).map_err(DatasetError::parquet(path))
}

fn cells(schema: &Schema, row: Row) -> ParquetResult<Cells> {
    let mut columns: HashMap<String, Field> = row.into_columns().into_iter().collect();
    let mut cells = Vec::with_capacity(schema.columns.len());
    for (name, kind) in schema.columns {
        let field = columns.remove(*name);
        let fits = matches!(
            (kind, &field),
            (Kind::Text | Kind::Maybe, Some(Field::Str(_)))
                | (Kind::Number, Some(Field::Int(_)))
                | (Kind::Truth, Some(Field::Bool(_)))
                | (Kind::Maybe | Kind::Number, Some(Field::Null))
        );
        let wrong = || ParquetError::General(format!("`{name}` is missing or of another type"));
        cells.push(field.filter(|_| fits).ok_or_else(wrong)?);
    }
    Ok(Cells(cells))
}

impl Cells {
    pub(super) fn text(&self, column: usize) -> &str {
        self.maybe(column).unwrap_or_default()
    }

    pub(super) fn maybe(&self, column: usize) -> Option<&str> {
        match self.0.get(column) {
            Some(Field::Str(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn owned(&self, column: usize) -> Option<String> {
        self.maybe(column).map(str::to_owned)
    }

    pub(super) fn number(&self, column: usize) -> Option<u32> {
        match self.0.get(column) {
            Some(Field::Int(number)) => u32::try_from(*number).ok(),
            _ => None,
        }
    }

    pub(super) fn truth(&self, column: usize) -> bool {
        matches!(self.0.get(column), Some(Field::Bool(true)))
    }
}
