//! How large a document will be, and which of its sections make it so: a sink that keeps nothing. Tells the sections of JSON
//! by the names at its first level; of any other text it knows the whole.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

/// The size of a document by section, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    total: u64,
    sections: BTreeMap<String, u64>,
    section: String,
    word: Vec<u8>,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Sizes {
    /// Of the whole document.
    pub fn total(&self) -> u64 {
        self.total
    }

    fn byte(&mut self, byte: u8) {
        self.total += 1;
        if let Some(size) = self.sections.get_mut(&self.section) {
            *size += 1;
        }
        if self.in_string {
            return self.string_byte(byte);
        }
        match byte {
            b'"' => {
                self.in_string = true;
                self.word.clear();
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b':' if self.depth == 1 => {
                self.section = String::from_utf8_lossy(&self.word).into_owned();
                self.sections.entry(self.section.clone()).or_insert(1);
            }
            _ => {}
        }
    }

    fn string_byte(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            // Only names at the first level are looked at.
            byte if self.depth == 1 => self.word.push(byte),
            _ => {}
        }
    }
}

impl Write for Sizes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            self.byte(*byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Display for Sizes {
    /// The largest sections first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.total)?;
        let mut sections: Vec<_> = self.sections.iter().collect();
        sections.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        for (number, (name, size)) in sections.iter().take(5).enumerate() {
            let mark = if number == 0 { ": " } else { ", " };
            write!(f, "{mark}`{name}` {size}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_told_by_their_names_at_the_first_level() {
        let mut sizes = Sizes::default();
        let text = br#"{"a":[1,{"b":"}\""}],"c":{}}"#;
        sizes.write_all(text).unwrap();
        assert_eq!(sizes.total(), text.len() as u64);
        assert_eq!(sizes.to_string(), "28 bytes: `a` 21, `c` 4");
    }

    #[test]
    fn any_other_text_is_only_counted() {
        let mut sizes = Sizes::default();
        sizes.write_all(b"<bom a=\"b\">text: more</bom>").unwrap();
        assert_eq!(sizes.to_string(), "27 bytes");
    }
}
