//! The folders above a file that is about to be written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that were made for a file; those that are still empty are removed when this value is dropped.
#[derive(Debug)]
pub(super) struct Parents {
    /// The deepest first.
    made: Vec<PathBuf>,
}

impl Parents {
    /// Makes the folders above `target` that are missing.
    ///
    /// # Errors
    /// The system's error; nothing that was made is left behind then.
    pub(super) fn make(target: &Path) -> io::Result<Self> {
        let above = target.ancestors().skip(1);
        let missing = above.take_while(|it| !it.as_os_str().is_empty() && !it.exists());
        let parents = Self {
            made: missing.map(Path::to_path_buf).collect(),
        };
        if let Some(folder) = parents.made.first() {
            fs::create_dir_all(folder)?;
        }
        Ok(parents)
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in &self.made {
            // Fails where something was written.
            drop(fs::remove_dir(folder));
        }
    }
}
