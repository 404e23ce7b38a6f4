//! Text from inputs, made safe for what reads it: XML, a shell, an address. And what stays the same about a finding.

use bomtrail_policy::Finding;
use sha2::{Digest as _, Sha256};

use crate::printable;

/// An argument as a POSIX shell takes it for one word.
pub(super) fn shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@/._+:%-=".contains(c);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", printable(word).replace('\'', "'\\''"))
}

/// Text and attributes of XML 1.0. Characters that no XML may hold are shown as what they are.
pub(super) fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

/// What tells a finding from others in any run: its rule and its subject, never its line.
pub(super) fn fingerprint(finding: &Finding) -> String {
    let mut hasher = Sha256::new();
    hasher.update(finding.rule.id.as_bytes());
    hasher.update([0]);
    hasher.update(finding.subject.as_bytes());
    let digest = hasher.finalize();
    let bytes = digest.iter().take(16);
    bytes.fold(String::with_capacity(32), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
        text
    })
}

/// A path as a relative URI reference.
pub(super) fn uri(path: &str) -> String {
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
