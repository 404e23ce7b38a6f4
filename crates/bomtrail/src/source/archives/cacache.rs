//! npm's content-addressable cache (`_cacache`): contents by digest, and an index from addresses to digests.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use bomtrail_graph::{Hash, HashAlgorithm};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The largest index file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// Where the cache keeps the content with a digest.
pub(super) fn content(root: &Path, hash: &Hash) -> PathBuf {
    let algorithm = hash
        .algorithm()
        .name()
        .replace('-', "")
        .to_ascii_lowercase();
    split(&root.join("content-v2").join(algorithm), &hash.hex())
}

/// The content that was fetched from an address.
pub(super) fn of_url(root: &Path, url: &str) -> Option<PathBuf> {
    let key = format!("make-fetch-happen:request-cache:{url}");
    let digest = Sha256::digest(key.as_bytes());
    let hex = Hash::new(HashAlgorithm::Sha256, &digest)?.hex();
    let bucket = split(&root.join("index-v5"), &hex);
    let mut text = String::new();
    let file = File::open(bucket).ok()?;
    file.take(LARGEST).read_to_string(&mut text).ok()?;
    // The cache appends, so the last entry of a key counts.
    let mut entries = text.lines().rev().filter_map(|line| {
        let (_, json) = line.split_once('\t')?;
        let entry: Value = serde_json::from_str(json).ok()?;
        (entry.get("key")?.as_str()? == key).then_some(entry)
    });
    let entry = entries.next()?;
    let integrity = entry.get("integrity")?.as_str()?;
    let hashes = bomtrail_npm::integrity_hashes(integrity);
    let mut paths = hashes.iter().map(|it| content(root, it));
    paths.find(|it| it.is_file())
}

/// `ab/cd/ef…` below a folder.
fn split(folder: &Path, hex: &str) -> PathBuf {
    let (first, rest) = hex.split_at_checked(2).unwrap_or((hex, ""));
    let (second, rest) = rest.split_at_checked(2).unwrap_or((rest, ""));
    folder.join(first).join(second).join(rest)
}
