//! IRI references (RFC 3987, the `iri-reference` of the schemas) and e-mail addresses. Does not know what a reference points at.

use iri_string::types::IriReferenceStr;

/// True for an IRI reference of RFC 3987 that every validator accepts: validators disagree about characters for private use
/// and about IP literals of a future version.
pub(crate) fn is_iri_reference(text: &str) -> bool {
    if is_plain_address(text) {
        return true;
    }
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    IriReferenceStr::new(text).is_ok_and(|it| {
        let host = it.authority_components().map_or("", |it| it.host());
        !host.starts_with("[v") && !host.starts_with("[V") && !text.contains(is_private)
    })
}

/// True for an IRI reference of RFC 3987.
pub(crate) fn is_valid_reference(text: &str) -> bool {
    is_plain_address(text) || IriReferenceStr::new(text).is_ok()
}

/// True for a web address of letters, digits and the marks that may stand anywhere after the scheme, as nearly every one is.
fn is_plain_address(text: &str) -> bool {
    let address = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    address.is_some_and(|it| {
        let mut host = it.bytes().take_while(|byte| *byte != b'/');
        // Before the path it ends the user info, which nothing else here looks at.
        are_plain(it.as_bytes()) && host.all(|byte| byte != b'@')
    })
}

/// Looks at sixteen bytes at a time, which the compiler makes vector instructions of; the last sixteen may be looked at twice.
fn are_plain(bytes: &[u8]) -> bool {
    const LANES: usize = 16;
    let Some(last) = bytes.last_chunk::<LANES>() else {
        return bytes.iter().all(|byte| plain_mask(*byte) != 0);
    };
    let (chunks, _) = bytes.as_chunks::<LANES>();
    let is_plain = |chunk: &[u8; LANES]| u128::from_ne_bytes(chunk.map(plain_mask)) == u128::MAX;
    chunks.iter().all(is_plain) && is_plain(last)
}

/// All bits for the bytes that an authority, a path and a query may have; only a path may have an `@`.
#[inline]
fn plain_mask(byte: u8) -> u8 {
    const fn mask(holds: bool) -> u8 {
        if holds { 0xff } else { 0 }
    }
    // `-./` and the digits follow one another.
    let is_digit = byte.wrapping_sub(b'-') <= b'9' - b'-';
    let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let of_marks = mask(byte == b'_') | mask(byte == b'~') | mask(byte == b'@');
    let of_query = mask(byte == b'+') | mask(byte == b'=') | mask(byte == b'&');
    mask(is_digit) | mask(is_letter) | of_marks | of_query
}

/// A relative path of the file system as an IRI reference: everything but plain path characters is percent-encoded.
pub(crate) fn from_path(path: &str) -> String {
    let mut iri = String::with_capacity(path.len());
    if path.starts_with("//") {
        // Two slashes would start an authority.
        iri.push_str("/.");
    } else if path
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'))
    {
        // A colon in the first segment would end a scheme.
        iri.push_str("./");
    }
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric()
            || "-._~!$&'()*+,;=/:@".contains(c)
            || (!c.is_ascii() && IriReferenceStr::new(c.encode_utf8(&mut [0; 4])).is_ok())
    };
    for c in path.chars() {
        if is_plain(c) {
            iri.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                iri.push('%');
                for nibble in [byte >> 4, byte & 15] {
                    let digit = char::from_digit(nibble.into(), 16).unwrap_or('0');
                    iri.push(digit.to_ascii_uppercase());
                }
            }
        }
    }
    iri
}

/// True for an e-mail address that every validator of the schema's `idn-email` accepts: ASCII, a dot-atom (RFC 5322) at a
/// domain of at least two labels.
pub(crate) fn is_email(text: &str) -> bool {
    let domain = text.split_once('@').map_or("", |(_, domain)| domain);
    domain.contains('.') && text.is_ascii() && is_any_email(text)
}

/// True for an e-mail address of RFC 5321 or 6531, without quoted parts and address literals.
pub(crate) fn is_any_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let beyond_ascii = |c: char| !c.is_ascii() && !c.is_control() && !c.is_whitespace();
    let in_atom =
        |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || beyond_ascii(c);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || beyond_ascii(c))
            && !label.starts_with('-')
            && !label.ends_with('-')
            && (label.get(2..4) != Some("--"))
    };
    local.len() <= 64
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.chars().all(in_atom))
        && domain.len() <= 253
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests;
