//! Syntax of references: IRI references (RFC 3987, what the schema's `iri-reference` asks for) and e-mail addresses. Knows
//! nothing of what a reference points at.

use std::net::Ipv6Addr;

/// True for an IRI reference of RFC 3987 that every validator takes: no private-use characters, no future IP literals.
pub(crate) fn is_iri_reference(text: &str) -> bool {
    let (rest, fragment) = split(text, '#');
    let (rest, query) = split(rest, '?');
    let path_with_authority = match rest.split_once(':') {
        // A colon in a later segment is an ordinary character; in the first it ends a scheme.
        Some((before, after)) if !before.contains('/') => {
            if !is_scheme(before) {
                return false;
            }
            after
        }
        _ => rest,
    };
    let (authority, path) = match path_with_authority.strip_prefix("//") {
        Some(rest) => match rest.find('/').and_then(|at| rest.split_at_checked(at)) {
            Some((authority, path)) => (Some(authority), path),
            None => (Some(rest), ""),
        },
        None => (None, path_with_authority),
    };
    authority.is_none_or(is_authority)
        && consists_of(path, PATH)
        && query.is_none_or(|query| consists_of(query, QUERY))
        && fragment.is_none_or(|fragment| consists_of(fragment, QUERY))
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_authority(authority: &str) -> bool {
    let (user, host_and_port) = match authority.split_once('@') {
        Some((user, rest)) => (user, rest),
        None => ("", authority),
    };
    let (host_is_valid, port) = if let Some(rest) = host_and_port.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else {
            return false;
        };
        (address.parse::<Ipv6Addr>().is_ok(), port)
    } else {
        let at = host_and_port.find(':').unwrap_or(host_and_port.len());
        let (host, port) = host_and_port
            .split_at_checked(at)
            .unwrap_or((host_and_port, ""));
        (consists_of(host, PLAIN), port)
    };
    let port_is_valid = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    consists_of(user, USER) && host_is_valid && port_is_valid
}

/// Classes of ASCII characters, each with those of the one before: `iunreserved` and `sub-delims` of RFC 3987, then `:`,
/// then `@` and `/`, then `?`.
const PLAIN: u8 = 1;
const USER: u8 = 2;
const PATH: u8 = 3;
const QUERY: u8 = 4;

/// The least class that holds an ASCII character; 0 for none.
const fn least_class(byte: u8) -> u8 {
    match byte {
        b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&'..=b',' | b';' | b'=' => PLAIN,
        b':' => USER,
        b'@' | b'/' => PATH,
        b'?' => QUERY,
        byte if byte.is_ascii_alphanumeric() => PLAIN,
        _ => 0,
    }
}

/// The least class of every byte, looked up because every URL of a document is checked byte by byte.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut rest: &mut [u8] = &mut classes;
    let mut byte = 0;
    while let Some((class, others)) = rest.split_first_mut() {
        *class = least_class(byte);
        byte = byte.wrapping_add(1);
        rest = others;
    }
    classes
};

fn is_in(byte: u8, class: u8) -> bool {
    let least = CLASSES.get(usize::from(byte)).copied().unwrap_or(0);
    (1..=class).contains(&least)
}

/// True when `text` holds only characters of the class, percent-encoded bytes, and what is beyond ASCII.
fn consists_of(text: &str, class: u8) -> bool {
    if text.bytes().all(|byte| is_in(byte, class)) {
        return true;
    }
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let fits = match c {
            '%' => (0..2).all(|_| rest.next().is_some_and(|c| c.is_ascii_hexdigit())),
            c => is_plain(c) || u8::try_from(c).is_ok_and(|byte| is_in(byte, class)),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// `iunreserved` or `sub-delims` of RFC 3987.
fn is_plain(c: char) -> bool {
    match u32::from(c) {
        0..=0x7f => u8::try_from(c).is_ok_and(|byte| is_in(byte, PLAIN)),
        0xa0..=0xd7ff | 0xf900..=0xfdcf | 0xfdf0..=0xffef | 0xe_1000..=0xe_fffd => true,
        // Every plane ends in two code points that are no characters.
        other @ 0x1_0000..=0xd_fffd => other & 0xffff <= 0xfffd,
        _ => false,
    }
}

/// A relative path of the file system as an IRI reference: everything that is no plain path character is percent-encoded.
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
    for c in path.chars() {
        if is_plain(c) || matches!(c, '/' | ':' | '@') {
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

/// True for an e-mail address that every validator of the schema's `idn-email` takes: ASCII, a dot-atom (RFC 5322) at a
/// domain of at least two labels.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.get(2..4) != Some("--")
    };
    local.len() <= 64
        && local.split('.').all(atom)
        && domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests;
