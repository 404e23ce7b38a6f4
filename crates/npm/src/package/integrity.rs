//! Subresource Integrity strings (W3C SRI): several digests, separated by spaces, each `algorithm-base64[?options]`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bomtrail_graph::{Hash, HashAlgorithm};

/// The digests of an integrity string, sorted, and whether any part of it could not be read.
pub(crate) fn parse(text: &str) -> (Box<[Hash]>, bool) {
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

fn digest(part: &str) -> Option<Hash> {
    let (algorithm, rest) = part.split_once('-')?;
    let algorithm = match algorithm {
        "sha512" => HashAlgorithm::Sha512,
        "sha384" => HashAlgorithm::Sha384,
        "sha256" => HashAlgorithm::Sha256,
        "sha1" => HashAlgorithm::Sha1,
        "md5" => HashAlgorithm::Md5,
        _ => return None,
    };
    let encoded = rest.split('?').next()?;
    // The longest digest, and the space that base64 needs for padding.
    let mut buffer = [0; 72];
    let length = STANDARD
        .decode_slice(encoded, &mut buffer)
        .or_else(|_| STANDARD_NO_PAD.decode_slice(encoded, &mut buffer))
        .ok()?;
    Hash::new(algorithm, buffer.get(..length)?)
}
