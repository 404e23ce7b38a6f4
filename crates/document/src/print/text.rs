//! Strings: what needs no escape is copied in whole runs.

use std::fmt::{self, Write as _};

use super::Printer;

impl Printer<'_> {
    /// A string with its quotes.
    pub(super) fn text(&mut self, text: &str) {
        self.push(b"\"");
        self.characters(text);
        self.push(b"\"");
    }

    /// What a value displays as, as a string.
    pub(super) fn displayed(&mut self, value: &(impl fmt::Display + ?Sized)) -> fmt::Result {
        self.push(b"\"");
        write!(Characters(self), "{value}")?;
        self.push(b"\"");
        Ok(())
    }

    fn characters(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if all_plain(bytes) {
            return self.push(bytes);
        }
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

/// True when nothing needs an escape. Looks at eight bytes at a time, and has no way out in the middle, so that the compiler
/// can look at more.
fn all_plain(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks();
    let odd = words
        .iter()
        .fold(0, |odd, word| odd | odd_bytes(u64::from_ne_bytes(*word)));
    odd == 0 && rest.iter().all(|byte| is_plain(*byte))
}

/// Not 0 when a byte of `word` is a control character, a quotation mark or a backslash.
fn odd_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; 8]);
    // Subtracting from a smaller byte borrows, which sets its high bit; bytes beyond ASCII have it set before.
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let is_zero = |word: u64| below(word, 1);
    let quote = is_zero(word ^ (ONES * u64::from(b'"')));
    let backslash = is_zero(word ^ (ONES * u64::from(b'\\')));
    (below(word, 0x20) | quote | backslash) & HIGH_BITS
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
