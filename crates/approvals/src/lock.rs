//! Remote lists, vendored: which URL was fetched as which bytes. A check reads these and never uses the network.

use std::collections::BTreeMap;

use bomtrail_document::{Page, Table};
use bomtrail_graph::{Diagnostics, Files, Hash};
use serde_json::json;

use crate::diags;
use crate::integrity::{self, sri};
use crate::text::pretty;

/// The name of the file, next to the list.
pub const LOCK_FILE: &str = "package-approvals.lock.json";
/// The folder of the vendored files, next to the list.
const FOLDER: &str = ".approvals";

/// One remote list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// SHA-512 of its bytes.
    pub integrity: Hash,
    /// The file with its bytes, relative to the list.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// The remote lists by URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteLock(pub BTreeMap<String, Locked>);

impl RemoteLock {
    /// Adds fetched bytes.
    pub(crate) fn note(&mut self, url: &str, bytes: &[u8]) -> Option<&Locked> {
        let integrity = integrity::sha512(bytes)?;
        let locked = Locked {
            path: digest_name(&integrity),
            bytes: bytes.len(),
            integrity,
        };
        self.0.insert(url.to_owned(), locked);
        self.0.get(url)
    }
}

/// The file for bytes of a digest, relative to the list.
pub fn digest_name(integrity: &Hash) -> String {
    let hex = integrity.hex();
    let short = hex.get(..12).unwrap_or(&hex);
    format!("{FOLDER}/{short}.json")
}

/// The text of a lock; the same lists give the same text.
pub fn write_lock(lock: &RemoteLock) -> String {
    // Keys in alphabetical order, so that the text does not depend on how `serde_json` is built.
    let sources: Vec<serde_json::Value> = lock
        .0
        .iter()
        .map(|(url, it)| json!({ "bytes": it.bytes, "integrity": sri(&it.integrity), "path": it.path, "url": url }))
        .collect();
    pretty(&json!({ "sources": sources, "version": 1 }))
}

/// Reads the lock at `path`; an empty one if the file does not exist. Fails if it is not a lock.
pub(crate) fn read(path: &str, files: &dyn Files) -> Result<RemoteLock, Diagnostics> {
    let Some(bytes) = files.read(path) else {
        return Ok(RemoteLock::default());
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut page = Page::new(path, &text, diags::CODES);
    let mut lock = RemoteLock::default();
    if let Some(value) = page.json()
        && let Some(mut table) = Table::document(&mut page, &value)
    {
        table.only_or_own(&["version", "sources"]);
        if table.number("version").is_some_and(|it| it != 1) {
            table.wrong("version", "the number 1");
        }
        table.tables("sources", |mut it| {
            lock.0.extend(source(&mut it));
        });
    }
    page.finish(lock)
}

fn source(table: &mut Table<'_, '_>) -> Option<(String, Locked)> {
    table.only_or_own(&["url", "integrity", "path", "bytes"]);
    let url = table.required("url", "the address of the list")?;
    let path = table.required("path", "where its bytes are")?;
    table.required("integrity", "the digest of its bytes")?;
    let integrity = table.parsed(
        "integrity",
        "a `sha512-…` digest in base64",
        integrity::parse,
    )?;
    let locked = Locked {
        integrity,
        path: path.to_owned(),
        bytes: table.number("bytes").unwrap_or_default() as usize,
    };
    Some((url.to_owned(), locked))
}
