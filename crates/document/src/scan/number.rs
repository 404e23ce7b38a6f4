//! Numbers: whole ones of a few digits are read here.

use serde::de::{Deserializer, Visitor};

use super::{Scanner, Unread};

/// Digits that fit into 64 bits with and without a sign.
const MOST_DIGITS: usize = 18;

impl<'de> Scanner<'de> {
    /// The number that begins here.
    pub(super) fn visit_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        let rest = self.text.get(self.at..).ok_or(Unread)?;
        let in_number = |it: &u8| matches!(it, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.bytes().take_while(|it| in_number(it)).count();
        let number = rest.get(..length).ok_or(Unread)?;
        self.at += length;
        let is_whole = number.bytes().all(|it| it.is_ascii_digit());
        let is_usual = number == "0" || !number.starts_with('0');
        if is_whole && is_usual && length <= MOST_DIGITS {
            return visitor.visit_u64(number.parse().map_err(|_| Unread)?);
        }
        let mut number = serde_json::Deserializer::from_str(number);
        let value = number.deserialize_any(visitor).map_err(|_| Unread)?;
        number.end().map(|()| value).map_err(|_| Unread)
    }
}
