//! Subresource Integrity strings (W3C SRI): several digests, separated by spaces, each `algorithm-base64[?options]`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bomtrail_graph::{Hash, HashAlgorithm};

/// The digests of an integrity string, sorted, and whether any part of it could not be read.
pub(crate) fn parse(text: &str) -> (Box<[Hash]>, bool) {
    // Nearly all are one digest without options, which base64 has no space in.
    if let Some(hash) = named(text).and_then(|(algorithm, it)| decoded(algorithm, it)) {
        return (Box::new([hash]), false);
    }
    let mut hashes = Vec::with_capacity(1);
    let mut unreadable = false;
    for part in text.split(is_space).filter(|it| !it.is_empty()) {
        match digest(part) {
            Some(hash) => hashes.push(hash),
            None => unreadable = true,
        }
    }
    hashes.sort();
    hashes.dedup();
    (hashes.into(), unreadable)
}

/// The digests of a Subresource Integrity string that can be read, sorted.
pub fn integrity_hashes(text: &str) -> Box<[Hash]> {
    parse(text).0
}

const ALGORITHMS: [(&str, HashAlgorithm); 5] = [
    ("sha512", HashAlgorithm::Sha512),
    ("sha1", HashAlgorithm::Sha1),
    ("sha256", HashAlgorithm::Sha256),
    ("sha384", HashAlgorithm::Sha384),
    ("md5", HashAlgorithm::Md5),
];

/// What separates digests: all that JavaScript takes for a space. Anything else would hide a second digest in the options of the
/// first.
fn is_space(it: char) -> bool {
    it.is_whitespace() || it == '\u{feff}'
}

/// The algorithm of a digest, and what follows its name.
fn named(part: &str) -> Option<(HashAlgorithm, &str)> {
    ALGORITHMS.iter().find_map(|(name, algorithm)| {
        let encoded = part.strip_prefix(name)?.strip_prefix('-')?;
        Some((*algorithm, encoded))
    })
}

fn digest(part: &str) -> Option<Hash> {
    let (algorithm, encoded) = named(part)?;
    decoded(algorithm, encoded).or_else(|| {
        let (encoded, _options) = encoded.split_once('?')?;
        decoded(algorithm, encoded)
    })
}

fn decoded(algorithm: HashAlgorithm, encoded: &str) -> Option<Hash> {
    if let Some(digest) = sha512(encoded) {
        return Hash::new(algorithm, &digest);
    }
    // The longest digest, and the space that base64 needs for padding.
    let mut buffer = [0; 72];
    let length = STANDARD
        .decode_slice(encoded, &mut buffer)
        .or_else(|_| STANDARD_NO_PAD.decode_slice(encoded, &mut buffer))
        .ok()?;
    Hash::new(algorithm, buffer.get(..length)?)
}

/// The bytes of 86 characters and their padding, which nearly all digests are; `None` for any other text.
fn sha512(encoded: &str) -> Option<[u8; 64]> {
    let (groups, last) = encoded.as_bytes().as_chunks::<4>();
    let [groups @ .., [high, low, b'=', b'=']] = groups else {
        return None;
    };
    if groups.len() != 21 || !last.is_empty() {
        return None;
    }
    let mut digest = [0; 64];
    let (triples, rest) = digest.as_chunks_mut::<3>();
    let mut all = 0;
    for (triple, group) in triples.iter_mut().zip(groups) {
        let bits = bits(*group);
        all |= bits;
        let [_, bytes @ ..] = bits.to_be_bytes();
        *triple = bytes;
    }
    let bits = bits([*high, *low, b'A', b'A']);
    let [_, last, after, _] = bits.to_be_bytes();
    *rest.first_mut()? = last;
    // What is after the last byte is 0.
    ((all | bits) & NO_BITS == 0 && after == 0).then_some(digest)
}

/// The 24 bits of four characters of base64, and [`NO_BITS`] when one is not a character of it.
#[inline]
fn bits(group: [u8; 4]) -> u32 {
    let [first, second, third, fourth] = &BITS;
    let [a, b, c, d] = group;
    let of = |bits: &[u32; 256], byte: u8| bits.get(usize::from(byte)).copied().unwrap_or(NO_BITS);
    of(first, a) | of(second, b) | of(third, c) | of(fourth, d)
}

/// What stands for a byte that is not a character of base64.
const NO_BITS: u32 = 1 << 31;

/// The bits of every byte at each of four places.
static BITS: [[u32; 256]; 4] = [bits_at(18), bits_at(12), bits_at(6), bits_at(0)];

const fn bits_at(shift: u32) -> [u32; 256] {
    let mut bits = [NO_BITS; 256];
    let (mut rest, mut byte): (&mut [u32], u8) = (&mut bits, 0);
    while let [slot, after @ ..] = rest {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => NONE,
        };
        if value != NONE {
            *slot = (value as u32) << shift;
        }
        (rest, byte) = (after, byte.wrapping_add(1));
    }
    bits
}

const NONE: u8 = 0xff;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digest_is_hidden_in_the_options_of_another() {
        let [first, second] = [1, 2].map(|it| STANDARD.encode([it; 64]));
        for space in [
            " ", "\t", "\n", "\u{b}", "\u{c}", "\u{a0}", "\u{2028}", "\u{feff}",
        ] {
            for options in ["", "?", "?x"] {
                let text = format!("sha512-{first}{options}{space}sha512-{second}");
                let (hashes, unreadable) = parse(&text);
                assert_eq!((hashes.len(), unreadable), (2, false), "{text:?}");
            }
        }
        for text in [format!("sha512-{first}"), format!(" sha512-{first}?x ")] {
            assert_eq!(parse(&text).0.len(), 1, "{text:?}");
        }
    }

    #[test]
    fn usual_digests_are_decoded_as_the_library_does() {
        let bytes: Vec<u8> = (0..=255).map(|it: u8| it.wrapping_mul(37) ^ 0xa5).collect();
        for digest in bytes.windows(64) {
            let encoded = STANDARD.encode(digest);
            assert_eq!(sha512(&encoded).as_ref().map(|it| &it[..]), Some(digest));
            // Each character in turn is one that does not belong there.
            for (at, odd) in (0..encoded.len()).zip(b"-_= ~\"".iter().cycle()) {
                let mut other = encoded.clone().into_bytes();
                other[at] = *odd;
                let other = String::from_utf8(other).unwrap();
                let expected = STANDARD.decode(&other).ok();
                assert_eq!(sha512(&other).map(|it| it.to_vec()), expected, "{other}");
            }
        }
        let trailing = ["A".repeat(85), "B==".to_owned()].concat();
        for text in ["", "AAAA", &trailing] {
            assert_eq!(sha512(text), None, "{text}");
        }
    }
}
