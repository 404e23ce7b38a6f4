//! Lines with content: their indentation, and the key or the dash that they begin with.

use std::borrow::Cow;

use super::flow;

/// A longer key has to be written in another way.
const LONGEST_KEY: usize = 1000;

/// A line with content.
pub(super) struct Line<'t> {
    pub(super) indent: usize,
    /// The offset of the first character that is not a space.
    pub(super) start: usize,
    /// The line from there on.
    pub(super) content: &'t str,
}

impl<'t> Line<'t> {
    /// What follows the dash of a list item, and its offset.
    pub(super) fn item(&self) -> Option<(&'t str, usize)> {
        let rest = self.content.strip_prefix("- ")?;
        let text = rest.trim_start_matches(' ');
        Some((text, self.start + self.content.len() - text.len()))
    }

    /// The key of an entry, its value on this line, and the offset of that.
    pub(super) fn entry(&self) -> Option<(Cow<'t, str>, &'t str, usize)> {
        let (key, rest) = flow::key(self.content)?;
        if self.content.len() - rest.len() > LONGEST_KEY {
            return None;
        }
        let text = rest.trim_start_matches(' ');
        Some((key, text, self.start + self.content.len() - text.len()))
    }
}

/// The lines of a text that have content.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where the next line begins.
    at: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next line with content. Comments are skipped.
    pub(super) fn next(&mut self) -> Option<Line<'t>> {
        loop {
            let (line, next) = self.line()?;
            let content = line.trim_start_matches(' ');
            let at = self.at;
            self.at = next;
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let indent = line.len() - content.len();
            return Some(Line {
                indent,
                start: at + indent,
                content,
            });
        }
    }

    /// True when the next line with content is deeper than `indent`. Comments count as content here, as they may be a part of
    /// a block scalar.
    pub(super) fn is_deeper(&self, indent: usize) -> bool {
        let mut rest = Self {
            text: self.text,
            at: self.at,
        };
        while let Some((line, next)) = rest.line() {
            let content = line.trim_start_matches(' ');
            if !content.is_empty() {
                return line.len() - content.len() > indent;
            }
            rest.at = next;
        }
        false
    }

    /// Skips the lines that are deeper than `indent`, and returns the offset after them.
    pub(super) fn skip_deeper(&mut self, indent: usize) -> usize {
        while let Some((line, next)) = self.line() {
            let content = line.trim_start_matches(' ');
            if !content.is_empty() && line.len() - content.len() <= indent {
                break;
            }
            self.at = next;
        }
        self.at
    }

    /// The line at the present place, and where the next one begins.
    fn line(&self) -> Option<(&'t str, usize)> {
        let rest = self.text.get(self.at..).filter(|it| !it.is_empty())?;
        let length = rest.find('\n').unwrap_or(rest.len());
        Some((
            rest.get(..length)?,
            self.text.len().min(self.at + length + 1),
        ))
    }
}
