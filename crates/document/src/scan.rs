//! Reads JSON text (RFC 8259) into any type. Usual texts are read here, in half the time that `serde_json` needs; all others are
//! read again by `serde_json`, which decides what is an error.

mod number;
#[cfg(feature = "jsonc")]
mod placed;
mod text;

use std::fmt::{self, Display};

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Visitor};

/// Reads a JSON text. Strings without escapes are borrowed from it.
///
/// # Errors
/// When it is not JSON, is nested more than 127 deep, or is not what the type wants.
pub fn from_json<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, serde_json::Error> {
    let mut scanner = Scanner::new(text);
    let read = T::deserialize(&mut scanner);
    match read.and_then(|it| scanner.end().map(|()| it)) {
        Ok(it) => Ok(it),
        Err(Unread) => serde_json::from_str(text),
    }
}

/// Reads a JSON text in which a comma may follow the last item of a list and the last member of an object; `None` where it is
/// something else or unusual, so that a slower reader has to decide.
pub fn from_json_with_commas<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let mut scanner = Scanner::new(text);
    scanner.takes_last_comma = true;
    let read = T::deserialize(&mut scanner).ok()?;
    scanner.end().ok().map(|()| read)
}

/// The deepest nesting that is read here, which bounds the use of the stack.
const DEEPEST: u8 = 100;

/// The text is not valid, is unusual, or does not fit the type: `serde_json` decides.
#[derive(Debug)]
pub(crate) struct Unread;

impl Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not read")
    }
}

impl std::error::Error for Unread {}

impl de::Error for Unread {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// A JSON text, and how far it is read.
pub(crate) struct Scanner<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
    /// True where a comma may come before a closing bracket.
    takes_last_comma: bool,
}

impl<'de> Scanner<'de> {
    pub(crate) fn new(text: &'de str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            takes_last_comma: false,
        }
    }

    /// Checks that nothing is left but white space.
    pub(crate) fn end(&mut self) -> Result<(), Unread> {
        self.skip_space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(Unread)
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space.
    #[inline]
    fn next_token(&mut self) -> Result<u8, Unread> {
        match self.peek() {
            Some(byte) if byte > b' ' => Ok(byte),
            _ => {
                self.skip_space();
                self.peek().ok_or(Unread)
            }
        }
    }

    /// Skips white space: nearly always one space, or a line feed and an indentation.
    #[inline]
    fn skip_space(&mut self) {
        const SPACES: u64 = u64::from_ne_bytes([b' '; 8]);
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            match rest {
                [b' ' | b'\n' | b'\r' | b'\t', ..] => self.at += 1,
                _ => return,
            }
            let rest = rest.get(1..).unwrap_or_default();
            if let Some(chunk) = rest.first_chunk::<8>() {
                let other = u64::from_le_bytes(*chunk) ^ SPACES;
                self.at += (other.trailing_zeros() / 8) as usize;
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Unread> {
        if self.next_token()? == byte {
            self.at += 1;
            Ok(())
        } else {
            Err(Unread)
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Unread> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(Unread)
        }
    }

    fn open(&mut self) -> Result<Items<'_, 'de>, Unread> {
        if self.depth == DEEPEST {
            return Err(Unread);
        }
        self.at += 1;
        self.depth += 1;
        Ok(Items {
            scanner: self,
            is_first: true,
        })
    }

    fn close(&mut self, bracket: u8) -> Result<(), Unread> {
        self.depth -= 1;
        self.expect(bracket)
    }
}

impl<'de> Deserializer<'de> for &mut Scanner<'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.next_token()? {
            b'"' => self.visit_text(visitor),
            b'{' => {
                let value = visitor.visit_map(self.open()?)?;
                self.close(b'}')?;
                Ok(value)
            }
            b'[' => {
                let value = visitor.visit_seq(self.open()?)?;
                self.close(b']')?;
                Ok(value)
            }
            b't' => {
                self.word("true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.word("false")?;
                visitor.visit_bool(false)
            }
            b'n' => {
                self.word("null")?;
                visitor.visit_unit()
            }
            _ => self.visit_number(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.next_token()? == b'n' {
            self.word("null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    // `serde_json` has rules of its own for these.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f64 char str string unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// The items of a list, or the members of an object.
struct Items<'s, 'de> {
    scanner: &'s mut Scanner<'de>,
    is_first: bool,
}

impl Items<'_, '_> {
    /// Moves to the next item; false at the end, which `close` is.
    #[inline]
    fn advance(&mut self, close: u8) -> Result<bool, Unread> {
        let token = self.scanner.next_token()?;
        if token == close {
            return Ok(false);
        }
        if std::mem::take(&mut self.is_first) {
            return Ok(true);
        }
        if token != b',' {
            return Err(Unread);
        }
        self.scanner.at += 1;
        Ok(!self.scanner.takes_last_comma || self.scanner.next_token()? != close)
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unread;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unread> {
        if !self.advance(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.scanner).map(Some)
    }
}

impl<'de> de::MapAccess<'de> for Items<'_, 'de> {
    type Error = Unread;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unread> {
        if !self.advance(b'}')? {
            return Ok(None);
        }
        if self.scanner.next_token()? != b'"' {
            return Err(Unread);
        }
        seed.deserialize(Key(&mut *self.scanner)).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unread> {
        self.scanner.expect(b':')?;
        seed.deserialize(&mut *self.scanner)
    }
}

/// A key of an object, at its quotation mark.
struct Key<'s, 'de>(&'s mut Scanner<'de>);

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Unread;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.0.visit_text(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    // `serde_json` makes these from the text of a key.
    fn deserialize_option<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

#[cfg(test)]
mod tests;
