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
        // Without a way out in the middle, so that many bytes are looked at with each step.
        if bytes
            .iter()
            .fold(true, |plain, byte| plain & is_plain(*byte))
        {
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
