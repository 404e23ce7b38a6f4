//! Bytes as text, the way `Parse::CPAN::Meta` decodes them.

use std::borrow::Cow;

/// The text without its byte order mark; a byte that is no UTF-8 becomes `\xHH`. True when there was one.
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

/// A URL without the user and password that may stand in it.
pub(crate) fn without_credentials(url: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Cow::Borrowed(url);
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let Some((authority, path)) = rest.split_at_checked(end) else {
        return Cow::Borrowed(url);
    };
    match authority.rsplit_once('@') {
        Some((_, host)) => Cow::Owned([scheme, "://", host, path].concat()),
        None => Cow::Borrowed(url),
    }
}
