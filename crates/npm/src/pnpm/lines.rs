//! The line of each entry of a pnpm lockfile, for reports that point at it.

use std::collections::BTreeMap;

use bomtrail_document::{Page, Value};

use super::read::CODES;
use super::resolution;
use crate::text;

/// The lines of the entries, from 1, by place. Empty for text that is not YAML.
pub(crate) fn entry_lines(bytes: &[u8]) -> BTreeMap<String, usize> {
    let (text, _) = text::decode(bytes);
    let mut page = Page::new("", &text, CODES);
    let documents = page.yaml().unwrap_or_default();
    let mut lines = BTreeMap::new();
    for document in &documents {
        for section in ["packages", "snapshots", "importers"] {
            for entry in document.get(section).map_or(&[][..], Value::pairs) {
                let place = match &*entry.key {
                    "." => "".into(),
                    key => resolution::place(key),
                };
                lines.insert(place.into_owned(), page.line(entry.at));
            }
        }
    }
    lines
}
