//! Subresource Integrity strings (W3C SRI): several digests, separated by spaces, each `algorithm-base64[?options]`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bomtrail_graph::{Hash, HashAlgorithm};

/// The digests of an integrity string, sorted, and whether any part of it could not be read.
pub(crate) fn parse(text: &str) -> (Box<[Hash]>, bool) {
    // Nearly all are one digest.
    if let Some(hash) = digest(text) {
        return (Box::new([hash]), false);
    }
    let mut hashes = Vec::with_capacity(1);
    let mut unreadable = false;
    for part in text.split_ascii_whitespace() {
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

fn digest(part: &str) -> Option<Hash> {
    let named = |(name, algorithm): &(&str, HashAlgorithm)| {
        let encoded = part.strip_prefix(name)?.strip_prefix('-')?;
        Some((*algorithm, encoded))
    };
    let (algorithm, encoded) = ALGORITHMS.iter().find_map(named)?;
    decoded(algorithm, encoded).or_else(|| {
        let (encoded, _options) = encoded.split_once('?')?;
        decoded(algorithm, encoded)
    })
}

fn decoded(algorithm: HashAlgorithm, encoded: &str) -> Option<Hash> {
    // The longest digest, and the space that base64 needs for padding.
    let mut buffer = [0; 72];
    let length = STANDARD
        .decode_slice(encoded, &mut buffer)
        .or_else(|_| STANDARD_NO_PAD.decode_slice(encoded, &mut buffer))
        .ok()?;
    Hash::new(algorithm, buffer.get(..length)?)
}
