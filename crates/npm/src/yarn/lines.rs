//! The lines of a text.

use bomtrail_document::find_byte;

/// The lines of a text without their ends, numbered from 1. A text that ends with a line end has no line after it.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    number: u32,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            number: 0,
        }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, u32);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let end = find_byte(self.text.as_bytes(), self.at, 0, [b'\n']);
        let end = end.unwrap_or(self.text.len());
        let line = self.text.get(self.at..end)?;
        self.at = end + 1;
        self.number = self.number.saturating_add(1);
        Some((line.strip_suffix('\r').unwrap_or(line), self.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_those_of_the_standard_library() {
        for text in [
            "",
            "a",
            "a\n",
            "a\r\nb",
            "\n\na\n",
            "a\rb\n",
            "é and more than sixteen bytes\nb\r\n\r\n",
        ] {
            let expected: Vec<(&str, u32)> = text.lines().zip(1..).collect();
            assert_eq!(Lines::of(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
