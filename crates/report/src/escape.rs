//! Text from an input, made safe for the place where it is printed: a terminal or a CI log, Markdown, HTML and XML, a shell
//! command, an address.

mod markdown;
mod markup;
mod terminal;

pub use markdown::markdown;
pub(crate) use markup::{Inert, html, xml};
pub use terminal::printable;
pub(crate) use terminal::{one_line, paragraphs};

/// An argument that a POSIX shell reads as one word.
pub(crate) fn shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@/._+:%-=".contains(c);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", printable(word).replace('\'', "'\\''"))
}

/// A path as a relative URI reference (RFC 3986).
pub(crate) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            for nibble in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(nibble), 16).unwrap_or('0');
                uri.push(digit.to_ascii_uppercase());
            }
        }
    }
    uri
}
