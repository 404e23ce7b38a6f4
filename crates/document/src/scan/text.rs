//! Strings: the end is searched for in sixteen bytes at a time.

use serde::de::Visitor;

use super::{Scanner, Unread};
use crate::bytes::find_byte;

impl<'de> Scanner<'de> {
    /// The string that begins here.
    #[inline]
    pub(super) fn visit_text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        let start = self.at + 1;
        let end = self.next_odd(start).ok_or(Unread)?;
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return self.visit_escaped(end, visitor);
        }
        let text = self.text.get(start..end).ok_or(Unread)?;
        self.at = end + 1;
        visitor.visit_borrowed_str(text)
    }

    /// Where the next byte is that does not stand for itself in a string.
    #[inline]
    fn next_odd(&self, from: usize) -> Option<usize> {
        find_byte(self.text.as_bytes(), from, b' ', [b'"', b'\\'])
    }

    /// The string that begins here and has an escape, or an error, at `odd`.
    #[cold]
    fn visit_escaped<V: Visitor<'de>>(
        &mut self,
        odd: usize,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        let mut end = odd;
        loop {
            match self.text.as_bytes().get(end) {
                Some(b'"') => break,
                // Two bytes, of which the second may be the beginning of a character: the check of the whole refuses it.
                Some(b'\\') => end = self.next_odd(end + 2).ok_or(Unread)?,
                _ => return Err(Unread),
            }
        }
        let whole = self.text.get(self.at..=end).ok_or(Unread)?;
        self.at = end + 1;
        let text: String = serde_json::from_str(whole).map_err(|_| Unread)?;
        visitor.visit_string(text)
    }
}
