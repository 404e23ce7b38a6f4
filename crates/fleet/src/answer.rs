//! How answers are written: text, CSV, Markdown and JSON, each from the same table or value.

use std::borrow::Cow;
use std::io::{self, Write};

use bomtrail_graph::Tool;
use bomtrail_report::{csv_row, markdown, printable};
use serde::Serialize;

use crate::query::Seen;

/// The schema of the JSON of all answers.
const SCHEMA: &str = "bomtrail/fleet/v1";
/// The widest column of text that is aligned, in characters.
const WIDEST: usize = 60;

/// A format of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerFormat {
    /// Columns for people.
    #[default]
    Text,
    /// `schemas/fleet-v1.schema.json`.
    Json,
    /// RFC 4180, without formulas.
    Csv,
    /// A table of GitHub Flavored Markdown.
    Markdown,
}

impl AnswerFormat {
    /// Every format with its name.
    pub const NAMES: [(Self, &'static str); 4] = [
        (Self::Text, "text"),
        (Self::Json, "json"),
        (Self::Csv, "csv"),
        (Self::Markdown, "markdown"),
    ];

    /// The format of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(_, it)| *it == name);
        found.map(|(format, _)| *format)
    }
}

/// A cell of a table.
pub(crate) enum Cell {
    Text(String),
    /// Nothing is known: `-` for people, an empty cell of CSV.
    Absent,
    /// A release and its day; two cells of CSV.
    Release(Option<(String, String)>),
}

impl Cell {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A text that may be absent.
    pub(crate) fn or_none(text: Option<&str>) -> Self {
        text.map_or(Self::Absent, Self::text)
    }

    /// A release that may be absent.
    pub(crate) fn release(seen: Option<&Seen>) -> Self {
        Self::Release(seen.map(|it| (it.name().to_owned(), it.day().to_owned())))
    }

    /// As people read it.
    fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => text.into(),
            Self::Absent | Self::Release(None) => "-".into(),
            Self::Release(Some((name, day))) => [name, " (", day, ")"].concat().into(),
        }
    }
}

/// What text, CSV and Markdown show of an answer.
pub struct Table {
    head: &'static [&'static str],
    /// The columns whose cells are releases.
    releases: &'static [&'static str],
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(crate) fn new(head: &'static [&'static str]) -> Self {
        Self {
            head,
            releases: &[],
            rows: Vec::new(),
        }
    }

    /// With the columns whose cells are releases.
    pub(crate) fn releases(mut self, columns: &'static [&'static str]) -> Self {
        self.releases = columns;
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }
}

/// The answer to a question.
pub trait Answer: Serialize {
    /// The name of the question.
    const QUESTION: &'static str;

    /// What was asked for; empty when the question is about everything.
    fn query(&self) -> String;

    /// The answer as a table.
    fn table(&self) -> Table;

    /// What the table does not show.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// True when nothing was found.
    fn is_empty(&self) -> bool;

    /// Writes the answer.
    ///
    /// # Errors
    /// The error of the writer.
    fn write(&self, format: AnswerFormat, tool: Tool<'_>, out: &mut dyn Write) -> io::Result<()> {
        match format {
            AnswerFormat::Text => text(&self.table(), out),
            AnswerFormat::Csv => csv(&self.table(), out),
            AnswerFormat::Markdown => as_markdown(&self.table(), out),
            AnswerFormat::Json => {
                let envelope = Envelope {
                    schema: SCHEMA,
                    tool: ToolJson {
                        name: tool.name,
                        version: tool.version,
                    },
                    question: Self::QUESTION,
                    query: &self.query(),
                    answer: self,
                };
                serde_json::to_writer_pretty(&mut *out, &envelope)?;
                out.write_all(b"\n")
            }
        }
    }
}

#[derive(Serialize)]
struct Envelope<'a, A: ?Sized> {
    schema: &'static str,
    tool: ToolJson<'a>,
    question: &'static str,
    query: &'a str,
    answer: &'a A,
}

#[derive(Serialize)]
struct ToolJson<'a> {
    name: &'a str,
    version: &'a str,
}

/// A path in one line, by the names of the packages.
pub(crate) fn path_text(path: &[String]) -> String {
    if path.is_empty() {
        return "not reached from the product".to_owned();
    }
    let names: Vec<&str> = path.iter().map(|it| short(it)).collect();
    names.join(" > ")
}

/// A reference without `pkg:` and its type.
pub(crate) fn short(reference: &str) -> &str {
    let rest = reference.strip_prefix("pkg:");
    let name = rest.and_then(|it| it.split_once('/'));
    name.map_or(reference, |(_, name)| name)
}

fn text(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut lines: Vec<Vec<String>> = vec![table.head.iter().map(|it| it.to_uppercase()).collect()];
    for row in &table.rows {
        lines.push(
            row.iter()
                .map(|it| printable(&it.shown()).into_owned())
                .collect(),
        );
    }
    let mut widths = vec![0; table.head.len()];
    for (width, cell) in lines.iter().flat_map(|it| widths_of(it)) {
        if let Some(slot) = widths.get_mut(width) {
            *slot = cell.max(*slot);
        }
    }
    for line in lines {
        let last = line.len().saturating_sub(1);
        for (number, (cell, width)) in line.iter().zip(&widths).enumerate() {
            if number == last {
                writeln!(out, "{cell}")?;
            } else {
                write!(out, "{cell:width$}  ")?;
            }
        }
    }
    Ok(())
}

/// The columns of a line with their widths.
fn widths_of(line: &[String]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let widths = line.iter().map(|it| it.chars().count());
    widths.map(|it| it.min(WIDEST)).enumerate()
}

/// A release is two columns, so that programs need not take them apart: its name, and its day.
fn csv(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut head = Vec::with_capacity(table.head.len());
    for name in table.head {
        head.push(Cow::from(*name));
        if table.releases.contains(name) {
            head.push([name, " date"].concat().into());
        }
    }
    csv_row(&head, out)?;
    for row in &table.rows {
        let mut cells: Vec<&str> = Vec::with_capacity(head.len());
        for cell in row {
            match cell {
                Cell::Text(text) => cells.push(text),
                Cell::Absent => cells.push(""),
                Cell::Release(release) => {
                    let release = release.as_ref();
                    let (name, day) = release.map_or(("", ""), |(name, day)| (name, day));
                    cells.extend([if name == "-" { "" } else { name }, day]);
                }
            }
        }
        csv_row(&cells, out)?;
    }
    Ok(())
}

fn as_markdown(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", table.head.join(" | "))?;
    let rule: Vec<&str> = table.head.iter().map(|_| "---").collect();
    writeln!(out, "| {} |", rule.join(" | "))?;
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|it| markdown(&it.shown())).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}
