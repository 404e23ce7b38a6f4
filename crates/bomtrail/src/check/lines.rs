//! The lines that findings point at.

use std::collections::BTreeMap;

use bomtrail_graph::{Files, Reader};
use bomtrail_policy::Finding;

use crate::disk::Disk;

/// Gives every finding about an entry of an input the line of that entry.
pub(super) fn fill(disk: &Disk, findings: &mut [Finding]) {
    let mut known: BTreeMap<String, Lines> = BTreeMap::new();
    for finding in findings {
        let place = &mut finding.place;
        let (None, Some(entry)) = (place.line, &place.entry) else {
            continue;
        };
        let lines = known
            .entry(place.path.clone())
            .or_insert_with(|| Lines::of(disk, &place.path));
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
    fn of(disk: &Disk, path: &str) -> Self {
        let bytes = disk.read(path).unwrap_or_default();
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
