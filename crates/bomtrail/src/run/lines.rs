//! The lines of the entries of inputs that findings and matches point at.

use std::collections::BTreeMap;

use bomtrail_graph::{Files, Place};

use crate::source::inputs::reader_of;

/// Gives every place that is an entry of an input the line of that entry. `loaded` has the bytes of files that were read before.
#[expect(
    single_use_lifetimes,
    reason = "an elided lifetime in `impl Trait` is not stable"
)]
pub(super) fn fill<'p>(
    files: &dyn Files,
    loaded: &BTreeMap<String, Vec<u8>>,
    places: impl Iterator<Item = &'p mut Place>,
) {
    let mut known: BTreeMap<String, Lines> = BTreeMap::new();
    for place in places {
        let (None, Some(entry)) = (place.line, &place.entry) else {
            continue;
        };
        let lines =
            known
                .entry(place.path.clone())
                .or_insert_with(|| match loaded.get(&place.path) {
                    Some(bytes) => Lines::of(&place.path, bytes),
                    None => Lines::of(&place.path, &files.read(&place.path).unwrap_or_default()),
                });
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
    fn of(path: &str, bytes: &[u8]) -> Self {
        let lines = reader_of(path).map(|it| it.lines(bytes));
        if let Some(lines) = lines.filter(|it| !it.is_empty()) {
            return Self::Entries(lines);
        }
        Self::Text(String::from_utf8_lossy(bytes).into_owned())
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
