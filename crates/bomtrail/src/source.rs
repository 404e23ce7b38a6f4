//! Where a project is read from: a folder, one file, a git revision, or memory. All of them give the same graph for the same
//! files.

pub(crate) mod advice;
#[cfg(feature = "archives")]
pub(crate) mod archives;
#[cfg(feature = "discovery")]
pub mod discovery;
pub(crate) mod disk;
mod files;
mod git;
pub(crate) mod inputs;
#[cfg(feature = "npm")]
mod lockfiles;
mod memory;
mod recorder;
pub(crate) mod terms;
pub(crate) mod workspace;

use std::path::{Path, PathBuf};

use bomtrail_graph::Timestamp;

pub use disk::{DEFAULT_SIZE_LIMIT, Disk, ReadError};
pub use files::ProjectFiles;
#[cfg(feature = "archives")]
pub(crate) use git::Repository;
pub use git::{GitError, GitTree, git_user_name};
pub use memory::Memory;
pub use recorder::{ReadFile, Recorder};

/// Where a project is read from.
///
/// ```
/// use bomtrail::source::{Memory, Source};
///
/// let lockfile = br#"{"name":"app","lockfileVersion":3,"packages":{"":{"name":"app"}}}"#;
/// let source = Source::Memory(Memory::new().file("package-lock.json", &lockfile[..]));
/// let scan = bomtrail::scan(source)?;
/// assert_eq!(scan.graph().nodes().len(), 1);
/// # Ok::<(), bomtrail::ScanError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Source {
    /// A folder; its inputs are found by their names.
    Folder(PathBuf),
    /// One input file.
    File(PathBuf),
    /// A folder or a file at a revision of a git repository.
    GitTree(GitTree),
    /// Files that are not on a disk.
    Memory(Memory),
}

impl Source {
    /// The folder or the file at `path`.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        if path.is_dir() {
            Self::Folder(path)
        } else {
            Self::File(path)
        }
    }

    /// What a command line names: a path, or `git:REF[:PATH]` for a revision of the repository in the current folder. PATH is
    /// relative to the repository unless it begins with `./` or `../`; without it, the current folder is meant.
    ///
    /// # Errors
    /// [`GitError`] when git cannot be run or the revision does not exist.
    pub fn parse(text: &str) -> Result<Self, GitError> {
        if text.starts_with("git:") {
            return GitTree::parse(text, Path::new(".")).map(Self::GitTree);
        }
        Ok(Self::at(text))
    }

    /// The size of one input file on the disk, in bytes; 0 for anything else, and where it is not known.
    pub(crate) fn file_size(&self) -> u64 {
        match self {
            Self::File(path) => path.metadata().map_or(0, |it| it.len()),
            Self::Folder(_) | Self::GitTree(_) | Self::Memory(_) => 0,
        }
    }

    /// When the commit was made that is read; for what is not a revision, the commit that is checked out around it.
    ///
    /// # Errors
    /// [`GitError`] when git cannot be run or there is no commit.
    pub fn commit_time(&self) -> Result<Timestamp, GitError> {
        match self {
            Self::GitTree(tree) => tree.time(),
            Self::Folder(path) => git::head_time(path),
            Self::File(path) => {
                let folder = inputs::split_folder(path).map(|(folder, _)| folder);
                git::head_time(folder.unwrap_or(Path::new(".")))
            }
            Self::Memory(_) => git::head_time(Path::new(".")),
        }
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        Self::at(path)
    }
}

impl From<&PathBuf> for Source {
    fn from(path: &PathBuf) -> Self {
        Self::at(path)
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::at(path)
    }
}

impl From<&str> for Source {
    fn from(path: &str) -> Self {
        Self::at(path)
    }
}

impl From<String> for Source {
    fn from(path: String) -> Self {
        Self::at(path)
    }
}

impl From<Memory> for Source {
    fn from(memory: Memory) -> Self {
        Self::Memory(memory)
    }
}

impl From<GitTree> for Source {
    fn from(tree: GitTree) -> Self {
        Self::GitTree(tree)
    }
}

/// The folder of the project that is given by its folder or by one input file. A folder that has no inputs of its own and is a
/// member of a workspace belongs to the project in the workspace's root, as for npm and Cargo.
pub fn project_folder(path: &Path) -> PathBuf {
    if path.is_dir() {
        if let Some(workspace) = workspace::of_folder(path) {
            return workspace.root;
        }
        return path.to_path_buf();
    }
    inputs::split_folder(path)
        .map_or(path, |(folder, _)| folder)
        .to_path_buf()
}
