//! A project's files, wherever they are, with a limit on their size and a record of what was read.

use bomtrail_graph::Files;

use super::disk::{Disk, ReadError};
use super::git::GitTree;
use super::memory::Memory;
use super::recorder::Recorder;

/// The files of a project that was opened.
#[derive(Clone, Debug)]
pub struct ProjectFiles {
    store: Store,
    limit: u64,
    recorder: Option<Recorder>,
}

#[derive(Clone, Debug)]
enum Store {
    Disk(Disk),
    Git(GitTree),
    Memory(Memory),
}

impl ProjectFiles {
    /// Files on a disk, with that disk's own limit.
    pub(crate) fn of_disk(disk: Disk) -> Self {
        Self::new(Store::Disk(disk), u64::MAX)
    }

    /// Files of a commit; none larger than `limit` bytes is read.
    pub(crate) fn of_git(tree: GitTree, limit: u64) -> Self {
        Self::new(Store::Git(tree), limit)
    }

    /// Files in memory; none larger than `limit` bytes is read.
    pub(crate) fn of_memory(memory: Memory, limit: u64) -> Self {
        Self::new(Store::Memory(memory), limit)
    }

    fn new(store: Store, limit: u64) -> Self {
        Self {
            store,
            limit,
            recorder: None,
        }
    }

    /// With every file noted that is read from now on.
    #[must_use]
    pub fn recorded(mut self, recorder: Option<&Recorder>) -> Self {
        self.recorder = recorder.cloned();
        self
    }

    /// The bytes of a file; `path` is relative to the project's folder.
    ///
    /// # Errors
    /// [`ReadError`] says why there are none.
    pub fn load(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.load_within(path, u64::MAX)
    }

    /// Like [`ProjectFiles::load`], with a limit in bytes of its own.
    pub(crate) fn load_within(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let limit = limit.min(self.limit);
        let bytes = match &self.store {
            Store::Disk(disk) => disk.load_within(path, limit)?,
            Store::Git(tree) => tree.load(path, limit)?,
            Store::Memory(memory) => {
                let bytes = memory.bytes(path).ok_or(ReadError::NotFound)?;
                if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
                    return Err(ReadError::TooLarge { limit });
                }
                bytes.to_vec()
            }
        };
        if let Some(recorder) = &self.recorder {
            recorder.note(path, &bytes);
            if let Store::Disk(disk) = &self.store {
                recorder.note_path(&disk.path(path));
            }
        }
        Ok(bytes)
    }

    /// True when there is a file or a folder at `path`.
    pub fn has(&self, path: &str) -> bool {
        match &self.store {
            Store::Disk(disk) => disk.has(path),
            Store::Git(tree) => tree.has(path),
            Store::Memory(memory) => memory.bytes(path).is_some() || memory.is_dir(path),
        }
    }

    fn inner(&self) -> &dyn Files {
        match &self.store {
            Store::Disk(disk) => disk,
            Store::Git(tree) => tree,
            Store::Memory(memory) => memory,
        }
    }
}

impl Files for ProjectFiles {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.load(path).ok()
    }

    fn is_file(&self, path: &str) -> bool {
        self.inner().is_file(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        self.inner().is_dir(path)
    }

    fn list(&self, path: &str) -> Vec<String> {
        self.inner().list(path)
    }

    fn real(&self, path: &str) -> Option<String> {
        self.inner().real(path)
    }

    fn folder_name(&self) -> Option<&str> {
        self.inner().folder_name()
    }
}
