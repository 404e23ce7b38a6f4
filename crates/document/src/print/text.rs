//! Strings: what needs no escape is copied in whole runs.

use std::fmt::{self, Write as _};

use super::{Layout, Printer};
use crate::bytes::matches;

impl Printer<'_> {
    /// A string with its quotes.
    pub(super) fn text(&mut self, text: &str) {
        if !is_plain_text(text) {
            self.push(b"\"");
            self.escaped(text);
            return self.push(b"\"");
        }
        self.quoted(text);
    }

    /// The name of a field, which never needs an escape, and the colon.
    pub(super) fn name(&mut self, name: &'static str) {
        let length = named_length(name, self.layout);
        fill_name(self.space(length), name);
    }

    #[inline]
    fn quoted(&mut self, text: &str) {
        if let [open, inside @ .., close] = self.space(text.len() + 2) {
            (*open, *close) = (b'"', b'"');
            inside.copy_from_slice(text.as_bytes());
        }
    }

    /// What a value displays as, as a string.
    pub(super) fn displayed(&mut self, value: &(impl fmt::Display + ?Sized)) -> fmt::Result {
        self.push(b"\"");
        write!(Characters(self), "{value}")?;
        self.push(b"\"");
        Ok(())
    }

    fn characters(&mut self, text: &str) {
        if is_plain_text(text) {
            self.push(text.as_bytes());
        } else {
            self.escaped(text);
        }
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for run in bytes.chunk_by(|a, b| is_plain(*a) && is_plain(*b)) {
            match run {
                [byte] if !is_plain(*byte) => self.escape(*byte),
                plain => self.push(plain),
            }
        }
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            control => {
                self.push(b"\\u00");
                return self.push(&[hex_digit(control >> 4), hex_digit(control & 15)]);
            }
        };
        self.push(&[b'\\', short]);
    }
}

/// The length of the name of a field with its quotes, the colon and what follows that.
#[inline]
pub(super) fn named_length(name: &str, layout: Layout) -> usize {
    match layout {
        Layout::Compact => name.len() + 3,
        Layout::Pretty => name.len() + 4,
    }
}

/// Fills in the name of a field, and a space where there is room for one.
#[inline]
pub(super) fn fill_name(space: &mut [u8], name: &'static str) {
    debug_assert!(is_plain_text(name), "the name of a field needs an escape");
    let Some((open, rest)) = space.split_first_mut() else {
        return;
    };
    *open = b'"';
    let Some((inside, after)) = rest.split_at_mut_checked(name.len()) else {
        return;
    };
    inside.copy_from_slice(name.as_bytes());
    if let [close, colon, rest @ ..] = after {
        (*close, *colon) = (b'"', b':');
        if let [space] = rest {
            *space = b' ';
        }
    }
}

/// True when nothing needs an escape. Looks at sixteen bytes at a time, which the compiler makes vector instructions of; the
/// last sixteen may be looked at twice.
fn is_plain_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.len().checked_sub(LANES) else {
        return is_plain_short(bytes);
    };
    let mut at = 0;
    loop {
        let chunk = bytes.get(at..).and_then(<[u8]>::first_chunk::<LANES>);
        let odd = chunk.map(|it| u128::from_ne_bytes(it.map(odd_mask)));
        if odd != Some(0) || at == last {
            return odd == Some(0);
        }
        at = last.min(at + LANES);
    }
}

/// Bytes of one vector.
const LANES: usize = 16;

/// All bits for a byte that needs an escape.
#[inline]
fn odd_mask(byte: u8) -> u8 {
    const fn mask(holds: bool) -> u8 {
        if holds { 0xff } else { 0 }
    }
    mask(byte < 0x20) | mask(byte == b'"') | mask(byte == b'\\')
}

/// The same for less than sixteen bytes: the first and the last eight, or four.
fn is_plain_short(bytes: &[u8]) -> bool {
    let ends = bytes.first_chunk::<8>().zip(bytes.last_chunk::<8>());
    if let Some((first, last)) = ends {
        let [first, last] = [first, last].map(|it| odd_bytes(u64::from_ne_bytes(*it)));
        return first | last == 0;
    }
    let ends = bytes.first_chunk::<4>().zip(bytes.last_chunk::<4>());
    let Some((first, last)) = ends else {
        return bytes.iter().all(|byte| is_plain(*byte));
    };
    let [first, last] = [first, last].map(|it| u64::from(u32::from_ne_bytes(*it)));
    odd_bytes(first << 32 | last) == 0
}

/// Not 0 when a byte of `word` is a control character, a quotation mark or a backslash.
fn odd_bytes(word: u64) -> u64 {
    matches(word, b' ', [b'"', b'\\'])
}

/// True for a byte that stands for itself in a string.
fn is_plain(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

fn hex_digit(nibble: u8) -> u8 {
    if nibble < 10 {
        b'0' + nibble
    } else {
        b'a' + (nibble - 10)
    }
}

/// The inside of a string, written piece by piece.
struct Characters<'p, 'w>(&'p mut Printer<'w>);

impl fmt::Write for Characters<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.characters(text);
        Ok(())
    }
}
