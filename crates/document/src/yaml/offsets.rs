//! The byte offsets of a text's characters.

use saphyr_parser::Marker;

/// How many characters lie between two offsets that are kept.
const STEP: usize = 1024;

/// The byte offsets of a text's characters, which the parser counts.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// The offset of every 1024th character; empty for ASCII.
    steps: Vec<usize>,
}

impl<'t> Offsets<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|it| it.0).collect()
        };
        Self { text, steps }
    }

    pub(super) fn byte(&self, marker: &Marker) -> usize {
        let (index, length) = (marker.index(), self.text.len());
        if self.steps.is_empty() {
            return index.min(length);
        }
        let Some(start) = self.steps.get(index / STEP) else {
            return length;
        };
        let rest = self.text.get(*start..).unwrap_or_default();
        let within = rest.char_indices().nth(index % STEP);
        within.map_or(length, |(at, _)| start + at)
    }
}
