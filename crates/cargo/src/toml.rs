//! A TOML file as values with places. What cannot be read is a diagnostic.

use bomtrail_document::{FileCodes, Page, Value};
use bomtrail_graph::Diagnostics;

use crate::diags;

/// A TOML file.
pub(crate) struct File<'t> {
    pub(crate) value: Value<'t>,
    /// The offsets at which its lines begin.
    lines: Vec<usize>,
}

impl<'t> File<'t> {
    /// Reads the file at `path`. `None`, and a diagnostic, where it is not TOML.
    pub(crate) fn read(
        path: &'t str,
        bytes: &'t [u8],
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            diagnostics.push(diags::not_utf8(path));
            return None;
        };
        let mut page = Page::new(path, text, FileCodes::all(&diags::UNREADABLE));
        let value = page.toml();
        let breaks = page
            .text()
            .bytes()
            .zip(1..)
            .filter(|(byte, _)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(breaks.map(|(_, after)| after))
            .collect();
        match page.finish(value) {
            Ok(value) => Some(Self {
                value: value?,
                lines,
            }),
            Err(problems) => {
                diagnostics.append(problems);
                None
            }
        }
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }
}

/// The value of a key of a table.
pub(crate) fn get<'v, 't>(value: &'v Value<'t>, key: &str) -> Option<&'v Value<'t>> {
    let entries = value.as_entries()?;
    entries.find(key).map(|it| &it.value)
}

/// The text of a key of a table.
pub(crate) fn text<'v>(value: &'v Value<'_>, key: &str) -> Option<&'v str> {
    get(value, key)?.as_text()
}

/// The texts of a list; anything else in it is left out.
pub(crate) fn texts<'v>(value: &'v Value<'_>, key: &str) -> Vec<&'v str> {
    let list = get(value, key).and_then(Value::as_list).unwrap_or_default();
    list.iter().filter_map(Value::as_text).collect()
}

/// The entries of a table in a table, in the order of the text.
pub(crate) fn entries<'v, 't>(
    value: &'v Value<'t>,
    key: &str,
) -> impl Iterator<Item = (&'v str, &'v Value<'t>)> + use<'v, 't> {
    let found = get(value, key).and_then(Value::as_entries);
    let all = found.into_iter().flat_map(|it| &it.0);
    all.map(|it| (&*it.key, &it.value))
}
