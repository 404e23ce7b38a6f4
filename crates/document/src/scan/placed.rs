//! Values that know where they are.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use foldhash::fast::RandomState;
use serde::de::{IgnoredAny, Visitor};

use super::{Scanner, Unread};
use crate::tree::{Entries, Entry, Kind, Value};

/// The number of entries up to which a comparison of all pairs is faster than a table.
const FEW: usize = 8;

impl<'de> Scanner<'de> {
    /// The value that begins here. An object that has a key twice is not read.
    pub(crate) fn placed(&mut self) -> Result<Value<'de>, Unread> {
        let token = self.next_token()?;
        let start = self.at;
        let kind = match token {
            b'"' => Kind::Text(self.visit_text(TextVisitor)?),
            b'{' => Kind::Entries(self.entries()?),
            b'[' => Kind::List(self.list()?),
            b't' => {
                self.word("true")?;
                Kind::Bool(true)
            }
            b'f' => {
                self.word("false")?;
                Kind::Bool(false)
            }
            b'n' => {
                self.word("null")?;
                Kind::Null
            }
            _ => {
                self.visit_number(IgnoredAny)?;
                let digits = self.text.get(start..self.at).ok_or(Unread)?;
                Kind::Number(digits.into())
            }
        };
        let end = self.at;
        Ok(Value { start, end, kind })
    }

    fn list(&mut self) -> Result<Vec<Value<'de>>, Unread> {
        let mut values = Vec::new();
        let mut items = self.open()?;
        while items.advance(b']')? {
            values.push(items.scanner.placed()?);
        }
        self.close(b']')?;
        Ok(values)
    }

    fn entries(&mut self) -> Result<Entries<'de>, Unread> {
        let mut entries: Vec<Entry<'de>> = Vec::new();
        let mut items = self.open()?;
        while items.advance(b'}')? {
            let scanner = &mut *items.scanner;
            if scanner.next_token()? != b'"' {
                return Err(Unread);
            }
            let at = scanner.at;
            let key = scanner.visit_text(TextVisitor)?;
            scanner.expect(b':')?;
            let value = scanner.placed()?;
            entries.push(Entry { key, at, value });
        }
        self.close(b'}')?;
        if are_distinct(&entries) {
            Ok(Entries(entries))
        } else {
            Err(Unread)
        }
    }
}

/// True when no two entries have one key.
fn are_distinct(entries: &[Entry<'_>]) -> bool {
    if entries.len() > FEW {
        let keys: HashSet<&str, RandomState> = entries.iter().map(|it| &*it.key).collect();
        return keys.len() == entries.len();
    }
    let mut rest = entries;
    while let [first, later @ ..] = rest {
        if later.iter().any(|it| it.key == first.key) {
            return false;
        }
        rest = later;
    }
    true
}

/// Keeps a string, as a part of the text where it has no escapes.
struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(text.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(text.to_owned().into())
    }
}
