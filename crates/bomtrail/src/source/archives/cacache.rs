//! npm's content-addressable cache (`_cacache`): contents by digest, and an index from addresses to digests.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use bomtrail_graph::Hash;
use serde_json::Value;

/// The largest index file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// The most index files that are read.
const MOST: usize = 1_000_000;

/// Where the cache keeps the content with a digest.
pub(super) fn content(root: &Path, hash: &Hash) -> PathBuf {
    let algorithm = hash
        .algorithm()
        .name()
        .replace('-', "")
        .to_ascii_lowercase();
    split(&root.join("content-v2").join(algorithm), &hash.hex())
}

/// The content that was fetched from each address that ends like an archive, by the path of the address: npm asks the registry of
/// its settings, whatever registry the lockfile names.
pub(super) fn by_path(root: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.join("index-v5")];
    let mut left = MOST;
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for entry in entries.filter_map(Result::ok).take(left) {
            left -= 1;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(kind) if kind.is_file() => add_bucket(root, &entry.path(), &mut found),
                _ => {}
            }
        }
    }
    found
}

/// Adds the entries of an index file. The cache appends, so the last entry of an address counts.
fn add_bucket(root: &Path, bucket: &Path, found: &mut BTreeMap<String, Vec<PathBuf>>) {
    let mut text = String::new();
    let read = File::open(bucket).and_then(|it| it.take(LARGEST).read_to_string(&mut text));
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for (_, json) in text.lines().filter_map(|it| it.split_once('\t')) {
        let entry: Option<Value> = serde_json::from_str(json).ok();
        let field = |name: &str| Some(entry.as_ref()?.get(name)?.as_str()?.to_owned());
        if let (Some(key), Some(integrity)) = (field("key"), field("integrity")) {
            last.insert(key, integrity);
        }
    }
    for (key, integrity) in last.into_iter().filter(|_| read.is_ok()) {
        let url = key.strip_prefix("make-fetch-happen:request-cache:");
        let Some(path) = url.and_then(path_of) else {
            continue;
        };
        let hashes = bomtrail_npm::integrity_hashes(&integrity);
        let contents = hashes.iter().map(|it| content(root, it));
        let existing = contents.filter(|it| it.is_file());
        found.entry(path).or_default().extend(existing);
    }
}

/// The path of an address, from the name of the package on (`@scope/name/-/name-1.0.0.tgz`); `None` for the address of anything
/// but an archive.
pub(super) fn path_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split(['?', '#']).next()?.split_once('/')?;
    if !path
        .strip_suffix(".tgz")
        .is_some_and(|it| it.contains("/-/"))
    {
        return None;
    }
    let (before, file) = path.rsplit_once("/-/")?;
    let mut names = before.rsplit('/');
    let name = names.next()?;
    let scope = names
        .next()
        .filter(|it| it.starts_with('@') || it.starts_with("%40"));
    let scope = scope.map(|it| format!("{}/", it.replace("%40", "@")));
    let name = name
        .replace("%2f", "/")
        .replace("%2F", "/")
        .replace("%40", "@");
    Some(format!("{}{name}/-/{file}", scope.unwrap_or_default()))
}

/// `ab/cd/ef…` below a folder.
fn split(folder: &Path, hex: &str) -> PathBuf {
    let (first, rest) = hex.split_at_checked(2).unwrap_or((hex, ""));
    let (second, rest) = rest.split_at_checked(2).unwrap_or((rest, ""));
    folder.join(first).join(second).join(rest)
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn the_path_of_an_archive_begins_with_its_package() {
        let path = |url: &str| path_of(url).unwrap_or_default();
        assert_eq!(
            path("https://npm.example.com/a/-/a-1.0.0.tgz"),
            "a/-/a-1.0.0.tgz"
        );
        let scoped = "@s/a/-/a-1.0.0.tgz";
        assert_eq!(
            path("https://npm.example.com/x/npm/@s/a/-/a-1.0.0.tgz?y"),
            scoped
        );
        assert_eq!(
            path("https://npm.example.com/%40s%2fa/-/a-1.0.0.tgz"),
            scoped
        );
        assert_eq!(path("https://npm.example.com/a"), "");
    }
}
