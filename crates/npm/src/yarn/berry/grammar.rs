//! The subset of YAML that Yarn 2 and later write into `yarn.lock`. Anything else is left to a YAML parser.

use bomtrail_document::find_byte;

use crate::package::value::{Str, Value};
use crate::yarn::items::{Item, Scalar};

/// The deepest block that Yarn writes: `dependenciesMeta`, a name, `optional`.
const DEEPEST: usize = 3;

/// The items of a lockfile; `None` when a line is not in the form that Yarn writes, so that only a YAML parser can tell what it
/// means.
pub(crate) fn parse(text: &str) -> Option<Vec<Item<'_>>> {
    let mut items = Vec::with_capacity(text.len() / 40);
    each(text, |it| items.push(it))?;
    Some(items)
}

/// Hands out the items of a lockfile in order; `None` at the first line that is not in the form that Yarn writes.
pub(crate) fn each<'t>(text: &'t str, mut take: impl FnMut(Item<'t>)) -> Option<()> {
    let mut cursor = Cursor::of(text);
    // The depth that the next item must have after a key without a value.
    let mut opened: Option<usize> = None;
    let mut depth_before = 0;
    while cursor.at < text.len() {
        let spaces = cursor.indentation();
        if cursor.ends_line() || (spaces == 0 && cursor.skips_comment()) {
            continue;
        }
        let depth = spaces / 2;
        let expected = opened.take();
        let fits = expected.map_or(depth <= depth_before, |it| depth == it);
        if spaces % 2 == 1 || depth > DEEPEST || !fits {
            return None;
        }
        depth_before = depth;
        let line = cursor.line;
        let usual = if depth > 0 { cursor.usual_line() } else { None };
        if let Some((key, text)) = usual {
            take(Item {
                line,
                depth: u8::try_from(depth).ok()?,
                shared: false,
                key: Str::Borrowed(key),
                value: Scalar::Text(Str::Borrowed(text)),
            });
            continue;
        }
        let key = cursor.key(spaces)?;
        let value = if cursor.takes(b' ') {
            Scalar::Text(cursor.scalar()?)
        } else {
            opened = Some(depth + 1);
            Scalar::Block
        };
        if !cursor.ends_line() {
            return None;
        }
        take(Item {
            line,
            depth: u8::try_from(depth).ok()?,
            shared: false,
            key,
            value,
        });
    }
    // A key without a value is `null` in YAML.
    opened.is_none().then_some(())
}

/// A place in a text.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// The line of the place, from 1.
    line: u32,
}

impl<'t> Cursor<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Skips spaces and counts them.
    fn indentation(&mut self) -> usize {
        let count = self.rest().iter().take_while(|it| **it == b' ').count();
        self.at += count;
        count
    }

    /// Moves to the next line; false when the line has more text.
    fn ends_line(&mut self) -> bool {
        self.at += match self.rest() {
            [b'\n', ..] | [b'\r'] => 1,
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => return false,
        };
        self.line = self.line.saturating_add(1);
        true
    }

    /// Moves to the next line if a comment begins here.
    fn skips_comment(&mut self) -> bool {
        let is_comment = self.rest().first() == Some(&b'#');
        if is_comment {
            let end = find_byte(self.text.as_bytes(), self.at, 0, [b'\n']);
            self.at = end.unwrap_or(self.text.len());
            self.ends_line();
        }
        is_comment
    }

    /// Moves over a byte if it is the next one.
    fn takes(&mut self, byte: u8) -> bool {
        let found = self.rest().first() == Some(&byte);
        self.at += usize::from(found);
        found
    }

    /// Takes a key and a text, as most lines have them: both short and without escapes, up to the end of the line. `None` for any
    /// other line, of which nothing is taken.
    #[inline]
    fn usual_line(&mut self) -> Option<(&'t str, &'t str)> {
        let (key, colon) = self.usual_text(self.at)?;
        let space = self.text.as_bytes().get(colon..)?.first_chunk();
        let (text, end) = self
            .usual_text(colon + 2)
            .filter(|_| space == Some(b": "))?;
        if self.text.as_bytes().get(end) != Some(&b'\n') {
            return None;
        }
        self.at = end + 1;
        self.line = self.line.saturating_add(1);
        Some((key, text))
    }

    /// A text that begins at an offset, and where it ends.
    #[inline]
    fn usual_text(&self, start: usize) -> Option<(&'t str, usize)> {
        let bytes = self.text.as_bytes();
        match bytes.get(start)? {
            b'"' => {
                let end = find_byte(bytes, start + 1, b' ', [b'"', b'\\'])?;
                let text = self.text.get(start + 1..end)?;
                (bytes.get(end) == Some(&b'"')).then_some((text, end + 1))
            }
            first if first.is_ascii_alphanumeric() => {
                let end = find_odd(self.text, start)?;
                let text = self.text.get(start..end)?;
                (bytes.get(end.checked_sub(1)?) != Some(&b' ')).then_some((text, end))
            }
            _ => None,
        }
    }

    /// A key and its colon. A long key begins with `? `, and its colon is in the next line, which is indented as far.
    fn key(&mut self, spaces: usize) -> Option<Str<'t>> {
        let is_long = self.rest().starts_with(b"? ");
        self.at += if is_long { 2 } else { 0 };
        let key = self.scalar()?;
        let follows = !is_long || (self.ends_line() && self.indentation() == spaces);
        (follows && self.takes(b':')).then_some(key)
    }

    /// A text, up to what ends it.
    fn scalar(&mut self) -> Option<Str<'t>> {
        if self.rest().first() == Some(&b'"') {
            return self.quoted();
        }
        let start = self.at;
        self.at = find_odd(self.text, start).unwrap_or(self.text.len());
        let text = self.text.get(start..self.at)?;
        has_plain_ends(text).then_some(Str::Borrowed(text))
    }

    fn quoted(&mut self) -> Option<Str<'t>> {
        let start = self.at;
        let mut escapes = false;
        let mut at = start + 1;
        let end = loop {
            at = find_byte(self.text.as_bytes(), at, b' ', [b'"', b'\\'])?;
            match self.text.as_bytes().get(at)? {
                b'"' => break at,
                b'\\' => {
                    escapes = true;
                    at += 2;
                }
                _ => return None,
            }
        };
        self.at = end + 1;
        if !escapes {
            return Some(Str::Borrowed(self.text.get(start + 1..end)?));
        }
        // Escapes of JSON mean the same in YAML.
        match serde_json::from_str::<Value<'_>>(self.text.get(start..=end)?) {
            Ok(Value::Text(it)) => Some(Str::Owned(it.into_owned())),
            _ => None,
        }
    }
}

/// True for a text that Yarn writes without quotes, which YAML reads as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    has_plain_ends(text) && find_odd(text, 0).is_none()
}

/// True for a text that begins and ends as one without quotes may.
fn has_plain_ends(text: &str) -> bool {
    let is_first = |it: &u8| {
        !matches!(
            it,
            b'-' | b'?'
                | b'&'
                | b'*'
                | b'!'
                | b'|'
                | b'>'
                | b'\''
                | b'"'
                | b'%'
                | b'@'
                | b'`'
                | b' '
        )
    };
    let bytes = text.as_bytes();
    bytes.first().is_some_and(is_first) && bytes.last() != Some(&b' ')
}

/// The first byte from `from` on that no text without quotes has. Sixteen bytes are looked at at a time, which the compiler
/// makes vector instructions of.
#[inline]
fn find_odd(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        let Some(chunk) = rest.first_chunk::<LANES>() else {
            let found = rest.iter().position(|it| odd_mask(*it) != 0);
            return found.map(|it| at + it);
        };
        let odd = u128::from_le_bytes(chunk.map(odd_mask));
        if odd != 0 {
            return Some(at + (odd.trailing_zeros() / 8) as usize);
        }
        at += LANES;
    }
}

/// Bytes of one vector.
const LANES: usize = 16;

/// All bits for a byte that no text without quotes has.
#[inline]
fn odd_mask(byte: u8) -> u8 {
    const fn mask(holds: bool) -> u8 {
        if holds { 0xff } else { 0 }
    }
    // Square and curly brackets differ in one bit.
    let bracket = byte | (b'[' ^ b'{');
    let brackets = mask(bracket == b'{') | mask(bracket == b'}');
    let marks = mask(byte == b',') | mask(byte == b':') | mask(byte == b'#') | mask(byte == 0x7f);
    mask(byte < b' ') | brackets | marks
}

#[cfg(test)]
mod tests;
