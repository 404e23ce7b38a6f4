//! Remote lists, vendored: which URL was fetched as which bytes. Checking never fetches; it reads these.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Files, Hash};
use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use serde_json::json;

use crate::integrity::{self, sri};
use crate::json::Page;

/// What the file beside the list is called.
pub const LOCK_FILE: &str = "package-approvals.lock.json";
/// Where the vendored files lie, beside the list.
const FOLDER: &str = ".approvals";

/// One remote list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// SHA-512 of its bytes.
    pub integrity: Hash,
    /// Where its bytes lie, relative to the list.
    pub path: String,
    /// How many bytes it has.
    pub bytes: usize,
}

/// The remote lists by URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteLock(pub BTreeMap<String, Locked>);

impl RemoteLock {
    /// Notes fetched bytes.
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

/// Where bytes of a digest lie, relative to the list.
pub fn digest_name(integrity: &Hash) -> String {
    let hex = integrity.hex();
    let short = hex.get(..12).unwrap_or(&hex);
    format!("{FOLDER}/{short}.json")
}

/// The lock's text, which is the same for the same lists.
pub fn write_lock(lock: &RemoteLock) -> String {
    // Keys in the order of the alphabet, so that they stand the same however the maps of `serde_json` are built.
    let sources: Vec<serde_json::Value> = lock
        .0
        .iter()
        .map(|(url, it)| json!({ "bytes": it.bytes, "integrity": sri(&it.integrity), "path": it.path, "url": url }))
        .collect();
    let text = serde_json::to_string_pretty(&json!({ "sources": sources, "version": 1 }));
    text.unwrap_or_default() + "\n"
}

/// Reads the lock at `path`; none where there is no such file. Fails when it is no lock.
pub(crate) fn read(path: &str, files: &dyn Files) -> Result<RemoteLock, Diagnostics> {
    let Some(bytes) = files.read(path) else {
        return Ok(RemoteLock::default());
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut page = Page::new(path, &text);
    let mut lock = RemoteLock::default();
    if let Some(object) = page.object() {
        for (name, _, value) in page.properties(&object, Some(&["version", "sources"])) {
            match value {
                Value::Array(array) if name == "sources" => {
                    for it in &array.elements {
                        source(&mut page, it, &mut lock);
                    }
                }
                Value::NumberLit(number) if name == "version" && number.value == "1" => {}
                other => page.expected(name, other, "as `bomtrail approvals update` writes it"),
            }
        }
    }
    if page.problems.is_empty() {
        return Ok(lock);
    }
    let mut diagnostics = Diagnostics::new();
    for problem in page.problems {
        diagnostics.push(problem);
    }
    Err(diagnostics)
}

fn source<'t>(page: &mut Page<'t>, value: &Value<'t>, lock: &mut RemoteLock) {
    let Some(object) = page.as_object("sources", value) else {
        return;
    };
    let (mut url, mut integrity, mut path, mut bytes) = (None, None, None, 0);
    for (name, _, value) in page.properties(object, Some(&["url", "integrity", "path", "bytes"])) {
        match (name, value) {
            ("bytes", Value::NumberLit(number)) => bytes = number.value.parse().unwrap_or_default(),
            ("url", _) => url = page.as_text(name, value),
            ("integrity", _) => integrity = page.as_text(name, value).and_then(integrity::parse),
            ("path", _) => path = page.as_text(name, value),
            (_, other) => page.expected(name, other, "a number"),
        }
    }
    match (url, integrity, path) {
        (Some(url), Some(integrity), Some(path)) => {
            let path = path.to_owned();
            lock.0.insert(
                url.to_owned(),
                Locked {
                    integrity,
                    path,
                    bytes,
                },
            );
        }
        _ => page.wrong(
            value.range().start,
            "a source has a `url`, an `integrity` and a `path`".to_owned(),
            None,
        ),
    }
}
