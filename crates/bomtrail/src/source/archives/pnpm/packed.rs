//! Values in `MessagePack` with the records of `msgpackr`, as pnpm writes them: a record states the names of its fields once, and
//! later ones of its kind state the values only.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The deepest nesting that is read.
const DEEPEST: usize = 64;
/// The extension that defines a record.
const RECORD: u8 = b'r';

/// A value; `None` for what is damaged or of a kind that is not read.
pub(super) fn value(bytes: &[u8]) -> Option<Value> {
    let mut reader = Reader {
        rest: bytes,
        records: HashMap::new(),
        open: Vec::new(),
    };
    reader.value()
}

/// What the next bytes are.
enum Started {
    /// A whole value.
    Value(Value),
    /// A value whose parts follow.
    Parts,
}

/// A value whose parts are being read.
enum Open {
    List {
        left: usize,
        items: Vec<Value>,
    },
    Map {
        left: usize,
        key: Option<String>,
        items: Map<String, Value>,
    },
    Record {
        names: Vec<String>,
        items: Map<String, Value>,
    },
}

struct Reader<'b> {
    rest: &'b [u8],
    /// The names of the fields of each kind of record.
    records: HashMap<u8, Vec<String>>,
    open: Vec<Open>,
}

impl<'b> Reader<'b> {
    fn value(&mut self) -> Option<Value> {
        loop {
            let mut done = match self.start()? {
                Started::Value(value) => Some(value),
                Started::Parts => self.finished(),
            };
            while let Some(value) = done {
                if self.open.is_empty() {
                    return Some(value);
                }
                self.add(value)?;
                done = self.finished();
            }
            if self.open.len() > DEEPEST {
                return None;
            }
        }
    }

    /// The innermost open value, when it has all of its parts.
    fn finished(&mut self) -> Option<Value> {
        let is_full = match self.open.last()? {
            Open::List { left, .. } | Open::Map { left, .. } => *left == 0,
            Open::Record { names, items } => names.len() == items.len(),
        };
        if !is_full {
            return None;
        }
        Some(match self.open.pop()? {
            Open::List { items, .. } => Value::Array(items),
            Open::Map { items, .. } | Open::Record { items, .. } => Value::Object(items),
        })
    }

    /// Adds a part to the innermost open value.
    fn add(&mut self, value: Value) -> Option<()> {
        match self.open.last_mut()? {
            Open::List { left, items } => {
                *left -= 1;
                items.push(value);
            }
            Open::Map { left, key, items } => match key.take() {
                None => *key = Some(value.as_str()?.to_owned()),
                Some(name) => {
                    *left -= 1;
                    items.insert(name, value);
                }
            },
            Open::Record { names, items } => {
                let name = names.get(items.len())?.clone();
                items.insert(name, value);
            }
        }
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// A number of `count` bytes.
    fn number(&mut self, count: usize) -> Option<u64> {
        let bytes = self.take(count)?;
        Some(bytes.iter().fold(0, |all, it| all << 8 | u64::from(*it)))
    }

    fn length(&mut self, count: usize) -> Option<usize> {
        usize::try_from(self.number(count)?).ok()
    }

    fn text(&mut self, length: usize) -> Option<Value> {
        let bytes = self.take(length)?;
        Some(Value::String(String::from_utf8_lossy(bytes).into_owned()))
    }

    /// Reads a value, or opens one that has parts.
    fn start(&mut self) -> Option<Started> {
        let first = *self.take(1)?.first()?;
        Some(Started::Value(match first {
            0x40..=0x7f if self.records.contains_key(&first) => return self.record(first),
            0x00..=0x7f => Value::from(first),
            0x80..=0x8f => return Some(self.map(usize::from(first & 0x0f))),
            0x90..=0x9f => return Some(self.list(usize::from(first & 0x0f))),
            0xa0..=0xbf => self.text(usize::from(first & 0x1f))?,
            0xc0 => Value::Null,
            0xc2 | 0xc3 => Value::Bool(first == 0xc3),
            0xca => self.take(4).map(|_| Value::Null)?,
            0xcb => self.take(8).map(|_| Value::Null)?,
            0xcc..=0xcf => Value::from(self.number(1 << (first - 0xcc))?),
            0xd0..=0xd3 => self.take(1 << (first - 0xd0)).map(|_| Value::Null)?,
            0xd4 => return self.definition(),
            0xd9..=0xdb => {
                let length = self.length(1 << (first - 0xd9))?;
                self.text(length)?
            }
            0xdc | 0xdd => {
                let length = self.length(2 << (first - 0xdc))?;
                return Some(self.list(length));
            }
            0xde | 0xdf => {
                let length = self.length(2 << (first - 0xde))?;
                return Some(self.map(length));
            }
            0xe0..=0xff => Value::from(i64::from(first) - 256),
            _ => return None,
        }))
    }

    fn list(&mut self, left: usize) -> Started {
        let items = Vec::new();
        self.open.push(Open::List { left, items });
        Started::Parts
    }

    fn map(&mut self, left: usize) -> Started {
        let (key, items) = (None, Map::new());
        self.open.push(Open::Map { left, key, items });
        Started::Parts
    }

    fn record(&mut self, kind: u8) -> Option<Started> {
        let (names, items) = (self.records.get(&kind)?.clone(), Map::new());
        self.open.push(Open::Record { names, items });
        Some(Started::Parts)
    }

    /// The definition of a record, which its first use follows.
    fn definition(&mut self) -> Option<Started> {
        let [RECORD, kind] = *self.take(2)? else {
            return None;
        };
        let first = *self.take(1)?.first()?;
        let count = match first {
            0x90..=0x9f => usize::from(first & 0x0f),
            0xdc => self.length(2)?,
            _ => return None,
        };
        let mut names = Vec::new();
        for _ in 0..count {
            let Started::Value(Value::String(name)) = self.start()? else {
                return None;
            };
            names.push(name);
        }
        self.records.insert(kind, names);
        self.record(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::value;
    use serde_json::json;

    #[test]
    fn records_state_their_names_once() {
        let bytes = b"\xd4r@\x92\xa5files\xa1x\x82\xa1a\xd4rA\x92\xa6digest\xa4mode\xa2ab\xcd\x01\xa4\xa1bA\xa2cd\x3f\xc0";
        let wanted = json!({"files": {"a": {"digest": "ab", "mode": 420}, "b": {"digest": "cd", "mode": 63}}, "x": null});
        assert_eq!(value(bytes), Some(wanted));
    }

    #[test]
    fn what_is_damaged_ends() {
        assert_eq!(value(b"\xd4r@\x91\xa1a"), None);
        assert_eq!(value(&vec![0x91; 100_000]), None);
        assert_eq!(value(b"\xdd\xff\xff\xff\xff\xc0"), None);
        assert_eq!(value(b""), None);
    }
}
