//! The lines that findings point at.

use std::collections::BTreeMap;

use bomtrail_graph::{Files, Reader};
use bomtrail_policy::Finding;

/// Gives every finding about an entry of an input the line of that entry.
pub(super) fn fill(files: &dyn Files, findings: &mut [Finding]) {
    let mut known: BTreeMap<String, Lines> = BTreeMap::new();
    for finding in findings {
        let place = &mut finding.place;
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
    /// An npm lockfile: entries by place.
    Entries(BTreeMap<String, usize>),
    /// Any other text.
    Text(String),
}

impl Lines {
    fn of(files: &dyn Files, path: &str) -> Self {
        let bytes = files.read(path).unwrap_or_default();
        if bomtrail_npm::PackageLock.claims(path) {
            return Self::Entries(bomtrail_npm::entry_lines(&bytes));
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
