//! pnpm's store: the files of packages by digest, and a list of files for each archive, named after the archive's digest. The
//! archives themselves are not kept.

mod database;
mod packed;

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_graph::{Hash, HashAlgorithm};
use serde_json::Value;
use sha2::{Digest, Sha512};

use super::Place;
use crate::source::disk::load_file;

/// The largest list and the largest file that are read, in bytes.
const LARGEST: u64 = 256 << 20;

/// One file of a package in the store.
pub(crate) struct StoredFile {
    /// Its path in the package.
    pub(crate) path: String,
    /// Whether it may be executed.
    pub(crate) is_executable: bool,
    content: PathBuf,
    digest: Hash,
}

/// Where the list of the files of a package is.
#[derive(Clone, Debug)]
pub(crate) enum StoredList {
    /// A file.
    File(PathBuf),
    /// An entry of a database, since version 11 of the store.
    Entry {
        /// The database.
        database: PathBuf,
        /// How the key of the entry begins.
        key: String,
    },
}

impl StoredList {
    /// The name for messages.
    pub(super) fn label(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            Self::Entry { key, .. } => key.trim_end().to_owned(),
        }
    }

    fn value(&self) -> Option<Value> {
        match self {
            Self::File(path) => serde_json::from_slice(&load_file(path, LARGEST).ok()?).ok(),
            Self::Entry { database, key } => packed::value(&database::find(database, key)?),
        }
    }
}

/// The list of the files of the archive with a digest.
pub(super) fn find(root: &Path, hash: &Hash) -> Option<Place> {
    if hash.algorithm() != HashAlgorithm::Sha512 {
        return None;
    }
    let files = root.join("files");
    let database = root.join("index.db");
    if database.is_file() {
        let key = format!("sha512-{}\t", STANDARD.encode(hash.digest()));
        database::find(&database, &key)?;
        let list = StoredList::Entry { database, key };
        return Some(Place::Pnpm { list, files });
    }
    let hex = hash.hex();
    let (first, rest) = hex.split_at_checked(2)?;
    let list = files.join(first).join(format!("{rest}-index.json"));
    if list.is_file() {
        let list = StoredList::File(list);
        return Some(Place::Pnpm { list, files });
    }
    // Since version 10 of the store: the beginning of the digest, and the package's name and version.
    let start = rest.get(..62)?;
    let folder = root.join("index").join(first);
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut lists: Vec<PathBuf> = entries
        .map(|it| it.path())
        .filter(|it| {
            let name = it.file_name().and_then(|it| it.to_str());
            name.is_some_and(|it| it.starts_with(start) && it.strip_suffix(".json").is_some())
        })
        .collect();
    lists.sort_unstable();
    let list = StoredList::File(lists.into_iter().next()?);
    Some(Place::Pnpm { list, files })
}

/// The files that a list names; `None` when it cannot be read.
pub(super) fn stored_files(list: &StoredList, files: &Path) -> Option<Vec<StoredFile>> {
    let value = list.value()?;
    let all = value.get("files")?.as_object()?;
    all.iter()
        .map(|(path, it)| stored(path, it, files))
        .collect()
}

fn stored(path: &str, value: &Value, files: &Path) -> Option<StoredFile> {
    let digest = stored_digest(value)?;
    let mode = value
        .get("mode")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let is_executable = mode & 0o111 != 0;
    let hex = digest.hex();
    let (first, rest) = hex.split_at_checked(2)?;
    let ending = if is_executable { "-exec" } else { "" };
    Some(StoredFile {
        path: path.to_owned(),
        is_executable,
        content: files.join(first).join([rest, ending].concat()),
        digest,
    })
}

/// The SHA-512 of a file: as an integrity, or since version 11 in hexadecimal.
fn stored_digest(value: &Value) -> Option<Hash> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    if let Some(hex) = text("digest") {
        return Hash::from_hex(HashAlgorithm::Sha512, hex);
    }
    let digests = bomtrail_npm::integrity_hashes(text("integrity")?);
    digests
        .into_iter()
        .find(|it| it.algorithm() == HashAlgorithm::Sha512)
}

/// The bytes of a file, if they have the digest that names it.
pub(super) fn content(file: &StoredFile) -> Option<Vec<u8>> {
    let bytes = load_file(&file.content, LARGEST).ok()?;
    let found = Hash::new(HashAlgorithm::Sha512, &Sha512::digest(&bytes))?;
    (found == file.digest).then_some(bytes)
}
