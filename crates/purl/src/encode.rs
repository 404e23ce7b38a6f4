//! Percent-encoding as purl-spec wants it: one set of plain bytes for every part.

use std::borrow::Cow;

use crate::PurlError;

/// The bytes that stand for themselves everywhere: RFC 3986's unreserved ones and the colon.
pub(crate) fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte)) == Some(&true)
}

/// [`is_plain`] of every byte.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let (mut rest, mut byte): (&mut [bool], u8) = (&mut plain, 0);
    while let [slot, after @ ..] = rest {
        *slot = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':');
        (rest, byte) = (after, byte.wrapping_add(1));
    }
    plain
};

/// How many bytes `push_encoded` adds.
pub(crate) fn encoded_len(text: &str) -> usize {
    text.bytes()
        .map(|byte| 3 - 2 * usize::from(is_plain(byte)))
        .sum()
}

/// Appends `text`, every byte that is not plain as `%XX`.
pub(crate) fn push_encoded(out: &mut String, text: &str) {
    if text.bytes().all(is_plain) {
        out.push_str(text);
        return;
    }
    // A scope of npm: one mark, and plain bytes.
    if let Some(bare) = text.strip_prefix('@') {
        out.push_str("%40");
        return push_encoded(out, bare);
    }
    for byte in text.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 0xF));
        }
    }
}

fn hex_digit(nibble: u8) -> char {
    char::from(if nibble < 10 {
        b'0' + nibble
    } else {
        b'A' + (nibble - 10)
    })
}

/// Whether `%` with these two digits is how the canonical form writes a byte of ASCII.
pub(crate) fn is_encoded_ascii(high: u8, low: u8) -> bool {
    let is_upper = |digit: u8| digit.is_ascii_digit() || (b'A'..=b'F').contains(&digit);
    let byte = || Some((hex_value(high)? << 4) | hex_value(low)?);
    is_upper(high) && is_upper(low) && byte().is_some_and(|it| it.is_ascii() && !is_plain(it))
}

/// The text that `encoded` stands for, borrowed when nothing is encoded.
pub(crate) fn decode(encoded: &str) -> Result<Cow<'_, str>, PurlError> {
    if !encoded.contains('%') {
        return Ok(Cow::Borrowed(encoded));
    }
    decode_ascii(encoded)
        .or_else(|| String::from_utf8(decode_bytes(encoded)?).ok())
        .map(Cow::Owned)
        .ok_or_else(|| PurlError::Encoding(encoded.into()))
}

/// The text where only ASCII is encoded, as the scope of an npm package is; `None` for any other.
fn decode_ascii(encoded: &str) -> Option<String> {
    let mut out = String::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some(at) = rest.bytes().position(|it| it == b'%') {
        out.push_str(rest.get(..at)?);
        let [high, low, ..] = rest.as_bytes().get(at + 1..)? else {
            return None;
        };
        let byte = (hex_value(*high)? << 4) | hex_value(*low)?;
        out.push(Some(char::from(byte)).filter(char::is_ascii)?);
        rest = rest.get(at + 3..)?;
    }
    out.push_str(rest);
    Some(out)
}

fn decode_bytes(encoded: &str) -> Option<Vec<u8>> {
    // Whole runs at a time: a writer decodes every reference many times over.
    let mut runs = encoded.split('%');
    let mut out = Vec::with_capacity(encoded.len());
    out.extend_from_slice(runs.next()?.as_bytes());
    for run in runs {
        let [high, low, plain @ ..] = run.as_bytes() else {
            return None;
        };
        out.push((hex_value(*high)? << 4) | hex_value(*low)?);
        out.extend_from_slice(plain);
    }
    Some(out)
}

fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// `decode` for a part of a canonical text, whose encoding has been checked; anything else would stay as it is.
pub(crate) fn decode_canonical(encoded: &str) -> Cow<'_, str> {
    decode(encoded).unwrap_or(Cow::Borrowed(encoded))
}
