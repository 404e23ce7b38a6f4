//! What was read: every file with its digest, for those who have to show what a result rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Its length in bytes.
    pub length: usize,
    /// Its bytes, where they are kept.
    pub bytes: Option<Arc<[u8]>>,
}

impl ReadFile {
    /// What is noted of these bytes; they themselves are not kept.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: Sha256::digest(bytes).into(),
            length: bytes.len(),
            bytes: None,
        }
    }
}

/// Notes every file that is read through the disks it is given to; copies note into the same book.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    files: Arc<Mutex<BTreeMap<String, ReadFile>>>,
    /// As texts: paths are compared part by part, which takes longer.
    paths: Arc<Mutex<BTreeSet<OsString>>>,
    keep: Keep,
    /// Comes before every name.
    folder: String,
}

/// How much is noted about a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Keep {
    /// Its path on the disk.
    Path,
    /// Also its name and its digest.
    #[default]
    Digest,
    /// Also its content.
    Content,
}

impl Recorder {
    /// One that notes only the paths on the disk, which costs next to nothing.
    pub fn of_paths() -> Self {
        Self {
            keep: Keep::Path,
            ..Self::default()
        }
    }

    /// One that keeps what is read.
    pub fn keeping() -> Self {
        Self {
            keep: Keep::Content,
            ..Self::default()
        }
    }

    /// The same record for files of another folder, whose name comes before theirs.
    #[must_use]
    pub fn under(&self, folder: &str) -> Self {
        let mut other = self.clone();
        other.folder = match folder {
            "" | "." => String::new(),
            folder => [folder.trim_end_matches('/'), "/"].concat(),
        };
        other
    }

    /// The files so far, by their names.
    pub fn files(&self) -> BTreeMap<String, ReadFile> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.clone()
    }

    /// The paths on the disk of the files so far.
    pub fn paths(&self) -> BTreeSet<PathBuf> {
        let paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        paths.iter().map(PathBuf::from).collect()
    }

    /// Notes the path of a file on the disk.
    pub(crate) fn note_path(&self, path: &Path) {
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        paths.insert(path.into());
    }

    /// Notes a file under a name.
    pub fn note(&self, name: &str, bytes: &[u8]) {
        if self.keep == Keep::Path {
            return;
        }
        let mut file = ReadFile::of(bytes);
        file.bytes = (self.keep == Keep::Content).then(|| bytes.into());
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert([&self.folder, name].concat(), file);
    }
}

impl PartialEq for Recorder {
    /// True when both note into the same book.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.files, &other.files)
    }
}

impl Eq for Recorder {}
