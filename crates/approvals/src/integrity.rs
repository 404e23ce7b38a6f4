//! Subresource Integrity strings (W3C SRI): digests read from a list and written into one.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_graph::{Component, Hash, HashAlgorithm};

/// The name SRI gives an algorithm, with the strongest first; weaker ones pin nothing.
const STRONG: [(HashAlgorithm, &str); 3] = [
    (HashAlgorithm::Sha512, "sha512"),
    (HashAlgorithm::Sha384, "sha384"),
    (HashAlgorithm::Sha256, "sha256"),
];

/// Reads one digest that is strong enough to pin by.
pub(crate) fn parse(text: &str) -> Option<Hash> {
    let (name, encoded) = text.split_once('-')?;
    let (algorithm, _) = STRONG.iter().find(|(_, it)| *it == name)?;
    Hash::new(*algorithm, &STANDARD.decode(encoded).ok()?)
}

/// A digest as an SRI string; `None` for an algorithm that pins nothing.
pub fn sri(hash: &Hash) -> Option<String> {
    let (_, name) = STRONG.iter().find(|(it, _)| *it == hash.algorithm())?;
    let digest = hash.digest();
    // Base64 makes four characters of three bytes.
    let mut text = String::with_capacity(name.len() + 1 + digest.len().div_ceil(3) * 4);
    text.push_str(name);
    text.push('-');
    STANDARD.encode_string(digest, &mut text);
    Some(text)
}

/// The name of the property with the digest of the archive that Yarn makes of a package.
const YARN_CHECKSUM: &str = "bomtrail:yarn:cache-checksum";

/// The digests of a component that pin it. Where a lockfile has no digest of the package itself, the digest of the archive that
/// Yarn makes of it counts: it is what Yarn 2 and later compare.
pub fn pinning(component: &Component) -> Vec<Cow<'_, Hash>> {
    let strong = component.hashes.iter().filter(|it| is_strong(it));
    let strong: Vec<_> = strong.map(Cow::Borrowed).collect();
    if !component.hashes.is_empty() {
        return strong;
    }
    let properties = component.details.as_deref().map(|it| &it.properties);
    let mut properties = properties.into_iter().flatten();
    let checksum = properties.find(|(name, _)| &**name == YARN_CHECKSUM);
    // `10c0/` before it is the format of the archive.
    let hex = checksum.map(|(_, it)| it.rsplit('/').next().unwrap_or_default());
    let hash = hex.and_then(|it| Hash::from_hex(HashAlgorithm::Sha512, it));
    hash.map(Cow::Owned).into_iter().collect()
}

/// True for a digest that pins what it is of.
pub(crate) fn is_strong(hash: &Hash) -> bool {
    STRONG.iter().any(|(it, _)| *it == hash.algorithm())
}

/// SHA-512 of some bytes.
pub(crate) fn sha512(bytes: &[u8]) -> Option<Hash> {
    use sha2::Digest as _;
    Hash::new(HashAlgorithm::Sha512, &sha2::Sha512::digest(bytes))
}
