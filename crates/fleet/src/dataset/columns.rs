//! Writes rows of a table as one Parquet file.

use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type};
use parquet::errors::Result;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::tables::{Kind, Schema};

/// How many rows are kept before they are written as a group.
const GROUP: usize = 250_000;
/// A level that is fast and near the best.
const LEVEL: i32 = 3;

/// A value of a row.
#[derive(Clone)]
pub(super) enum Value {
    Text(ByteArray),
    Number(i32),
    Truth(bool),
    Absent,
}

impl Value {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Absent, Self::text)
    }
}

/// A column of the rows that are not written yet.
#[derive(Default)]
struct Column {
    texts: Vec<ByteArray>,
    numbers: Vec<i32>,
    truths: Vec<bool>,
    /// 1 for a value, 0 for none.
    levels: Vec<i16>,
}

/// A file of a table in the making.
pub(super) struct Rows {
    schema: &'static Schema,
    writer: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Column>,
    waiting: usize,
}

impl Rows {
    pub(super) fn new(schema: &'static Schema, file: File) -> Result<Self> {
        let message = parse_message_type(&message(schema))?;
        let level = ZstdLevel::try_new(LEVEL)?;
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(["bomtrail ", env!("CARGO_PKG_VERSION")].concat());
        if !schema.order.is_empty() {
            let sorted = schema.order.iter().map(|it| SortingColumn {
                column_idx: *it,
                descending: false,
                nulls_first: false,
            });
            properties = properties.set_sorting_columns(Some(sorted.collect()));
        }
        if let Some(column) = schema.filter {
            let path = ColumnPath::from(column);
            properties = properties.set_column_bloom_filter_enabled(path, true);
        }
        let buffered = BufWriter::with_capacity(1 << 20, file);
        let properties = Arc::new(properties.build());
        let writer = SerializedFileWriter::new(buffered, Arc::new(message), properties)?;
        Ok(Self {
            schema,
            writer,
            columns: schema.columns.iter().map(|_| Column::default()).collect(),
            waiting: 0,
        })
    }

    /// Adds a row; its values are in the order of the columns.
    pub(super) fn push(&mut self, row: Vec<Value>) -> Result<()> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            column
                .levels
                .push(i16::from(!matches!(value, Value::Absent)));
            match value {
                Value::Text(text) => column.texts.push(text),
                Value::Number(number) => column.numbers.push(number),
                Value::Truth(truth) => column.truths.push(truth),
                Value::Absent => {}
            }
        }
        self.waiting += 1;
        if self.waiting >= GROUP {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        let kinds = self.schema.columns.iter().map(|(_, kind)| *kind);
        for (column, kind) in self.columns.iter_mut().zip(kinds) {
            let Some(mut writer) = group.next_column()? else {
                break;
            };
            column.write(kind, &mut writer)?;
            writer.close()?;
            *column = Column::default();
        }
        group.close()?;
        self.waiting = 0;
        Ok(())
    }

    /// Writes the rest and returns the file.
    pub(super) fn finish(mut self) -> Result<File> {
        if self.waiting > 0 {
            self.flush()?;
        }
        let buffered = self.writer.into_inner()?;
        buffered
            .into_inner()
            .map_err(|error| parquet::errors::ParquetError::External(Box::new(error.into_error())))
    }
}

impl Column {
    fn write(&self, kind: Kind, writer: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let levels = Some(&*self.levels);
        match kind {
            Kind::Text => writer
                .typed::<ByteArrayType>()
                .write_batch(&self.texts, None, None),
            Kind::Maybe => writer
                .typed::<ByteArrayType>()
                .write_batch(&self.texts, levels, None),
            Kind::Number => writer
                .typed::<Int32Type>()
                .write_batch(&self.numbers, levels, None),
            Kind::Truth => writer
                .typed::<BoolType>()
                .write_batch(&self.truths, None, None),
        }?;
        Ok(())
    }
}

/// A table in the language of Parquet.
fn message(schema: &Schema) -> String {
    let mut message = ["message ", schema.name, " {"].concat();
    for (name, kind) in schema.columns {
        let (before, after) = match kind {
            Kind::Text => ("REQUIRED BYTE_ARRAY ", " (STRING)"),
            Kind::Maybe => ("OPTIONAL BYTE_ARRAY ", " (STRING)"),
            Kind::Number => ("OPTIONAL INT32 ", ""),
            Kind::Truth => ("REQUIRED BOOLEAN ", ""),
        };
        message.extend([" ", before, name, after, ";"]);
    }
    message.push_str(" }");
    message
}
