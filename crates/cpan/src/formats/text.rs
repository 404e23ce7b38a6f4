//! Bytes as text, decoded as `Parse::CPAN::Meta` does.

use std::borrow::Cow;

/// The text without its byte order mark; a byte that is not UTF-8 becomes `\xHH`. The flag is true when there was such a byte.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = str::from_utf8(bytes) {
        return (Cow::Borrowed(text), false);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str("\\x");
            for half in [byte >> 4, byte & 0xf] {
                text.extend(char::from_digit(half.into(), 16).map(|c| c.to_ascii_uppercase()));
            }
        }
    }
    (Cow::Owned(text), true)
}
