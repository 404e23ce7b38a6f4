//! The lines of the entries of inputs that findings and matches point at.

use std::collections::BTreeMap;

use bomtrail_graph::{Files, Place};

use crate::source::inputs::reader_of;

/// Gives every place that is an entry of an input the line of that entry.
#[expect(
    single_use_lifetimes,
    reason = "an elided lifetime in `impl Trait` is not stable"
)]
pub(super) fn fill<'p>(files: &dyn Files, places: impl Iterator<Item = &'p mut Place>) {
    let mut known: BTreeMap<String, Lines> = BTreeMap::new();
    for place in places {
        let (None, Some(entry)) = (place.line, &place.entry) else {
            continue;
        };
        let lines = known
            .entry(place.path.clone())
            .or_insert_with(|| Lines::of(files, &place.path));
        place.line = lines.of_entry(entry);
    }
}

enum Lines {
    /// A lockfile whose reader knows its entries, by place.
    Entries(BTreeMap<String, usize>),
    /// Any other text.
    Text(String),
}

impl Lines {
    fn of(files: &dyn Files, path: &str) -> Self {
        let bytes = files.read(path).unwrap_or_default();
        let lines = reader_of(path).map(|it| it.lines(&bytes));
        if let Some(lines) = lines.filter(|it| !it.is_empty()) {
            return Self::Entries(lines);
        }
        Self::Text(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn of_entry(&self, entry: &str) -> Option<usize> {
        match self {
            Self::Entries(entries) => entries.get(entry).copied(),
            Self::Text(text) => text
                .lines()
                .position(|line| !entry.is_empty() && line.contains(entry))
                .map(|before| before + 1),
        }
    }
}
