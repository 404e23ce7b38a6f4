//! Files as a commit has them, read through the `git` that is installed, without a checkout. Filters, hooks, replaced
//! objects and the network play no part.

mod command;
#[cfg(feature = "archives")]
mod repository;
mod tree;

use std::path::Path;
use std::sync::Arc;

use bomtrail_graph::{Files, Timestamp};

use self::command::Git;
#[cfg(feature = "archives")]
pub(crate) use self::repository::Repository;
use self::tree::{Found, Tree};
use super::disk::ReadError;

/// Why a revision cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GitError {
    /// The text is not of the form `git:REF[:PATH]`.
    #[error("`{text}` is not of the form `git:REF` or `git:REF:PATH`")]
    Malformed {
        /// The text, as it was given.
        text: String,
    },
    /// The program `git` cannot be run.
    #[error("`git` cannot be run")]
    NotRun(#[source] std::io::Error),
    /// There is no such commit.
    #[error("git has no commit `{name}` in this repository{}", reason(.message))]
    UnknownCommit {
        /// The name, as it was given.
        name: String,
        /// What git says; empty when it says nothing.
        message: String,
    },
    /// The time of the commit cannot be read.
    #[error("git does not say when commit `{name}` was made")]
    NoTime {
        /// The name, as it was given.
        name: String,
    },
    /// The commit has no such file or folder.
    #[error("there is no `{path}` in commit `{name}`")]
    NotFound {
        /// The path in the repository.
        path: String,
        /// The name of the commit, as it was given.
        name: String,
    },
}

fn reason(message: &str) -> String {
    if message.is_empty() {
        "; fetch it first".to_owned()
    } else {
        [": ", message].concat()
    }
}

/// A folder or a file of a commit.
#[derive(Clone, Debug)]
pub struct GitTree {
    tree: Arc<Tree>,
    /// The commit, as it was named.
    name: String,
    /// The folder's real path in the repository, by its parts.
    folder: Vec<String>,
    /// The input in that folder; `None` for the folder itself.
    input: Option<String>,
    folder_name: Option<String>,
}

impl GitTree {
    /// Reads `git:REF[:PATH]` for the repository around `folder`. PATH is relative to the repository, as git has it, unless it
    /// begins with `./` or `../`; without it, `folder` is meant.
    ///
    /// # Errors
    /// [`GitError`] when git cannot be run, or there is no such commit or path.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, GitError> {
        let malformed = || GitError::Malformed {
            text: text.to_owned(),
        };
        let rest = text.strip_prefix("git:").ok_or_else(malformed)?;
        let (name, path) = match rest.split_once(':') {
            Some((name, path)) => (name, Some(path)),
            None => (rest, None),
        };
        if name.is_empty() {
            return Err(malformed());
        }
        Self::open(folder, name, path)
    }

    /// The commit that `name` means in the repository around `folder`; `path` is as for [`GitTree::parse`].
    ///
    /// # Errors
    /// [`GitError`] when git cannot be run, or there is no such commit or path.
    pub fn open(folder: &Path, name: &str, path: Option<&str>) -> Result<Self, GitError> {
        let git = Git::new(folder);
        let commit = git.commit(name)?;
        let path = match path {
            None => git.prefix(),
            Some(path) if matches!(path.split('/').next(), Some("." | "..")) => {
                git.prefix() + "/" + path
            }
            Some(path) => path.to_owned(),
        };
        let tree = Arc::new(Tree::new(git, commit));
        let missing = || GitError::NotFound {
            path: path.clone(),
            name: name.to_owned(),
        };
        let parts: Vec<&str> = path.split('/').collect();
        let (folder, input) = match tree.find(&parts).ok_or_else(missing)? {
            Found::Folder { path, .. } => (path, None),
            // A file is read from the folder it is named in, whatever a symbolic link leads to.
            Found::File { .. } => {
                let (folder, input) =
                    super::inputs::split_folder(Path::new(&path)).ok_or_else(missing)?;
                let folder = folder.to_str().unwrap_or_default();
                let parts: Vec<&str> = folder.split('/').collect();
                let Some(Found::Folder { path, .. }) = tree.find(&parts) else {
                    return Err(missing());
                };
                (path, Some(input))
            }
        };
        let folder_name = folder.last().cloned().or_else(|| tree.top_name());
        Ok(Self {
            tree,
            name: name.to_owned(),
            folder,
            input,
            folder_name,
        })
    }

    /// When its commit was made.
    ///
    /// # Errors
    /// [`GitError`] when git cannot be run.
    pub(super) fn time(&self) -> Result<Timestamp, GitError> {
        self.tree.time().ok_or_else(|| GitError::NoTime {
            name: self.name.clone(),
        })
    }

    /// What messages call it: `git:REF:PATH`.
    pub(crate) fn label(&self) -> String {
        let parts = self.folder.iter().chain(&self.input);
        let path = parts.map(String::as_str).collect::<Vec<_>>().join("/");
        let path = if path.is_empty() { "." } else { &path };
        format!("git:{}:{path}", self.name)
    }

    /// The input that was named; `None` for a folder.
    pub(crate) fn input(&self) -> Option<&str> {
        self.input.as_deref()
    }

    /// The folders above, the nearest first, each with the path of this one in it.
    pub(crate) fn above(&self) -> impl Iterator<Item = (Self, String)> {
        (0..self.folder.len()).rev().map(|at| {
            let (above, below) = self.folder.split_at(at);
            let mut root = self.clone();
            root.folder = above.to_vec();
            root.folder_name = above.last().cloned().or_else(|| self.tree.top_name());
            (root, below.join("/"))
        })
    }

    /// The bytes of a file, relative to the folder.
    pub(crate) fn load(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.find(path) {
            Some(Found::File { id, size }) if size <= limit => {
                self.tree.blob(&id).map_err(ReadError::Io)
            }
            Some(Found::File { .. }) => Err(ReadError::TooLarge { limit }),
            Some(Found::Folder { .. }) => Err(ReadError::NotAFile),
            None => Err(ReadError::NotFound),
        }
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.find(path).is_some()
    }

    /// What is at a path that leaves the folder only as far as it says, with `..` at its beginning.
    fn find(&self, path: &str) -> Option<Found> {
        if path.starts_with('/') {
            return None;
        }
        let mut ups = 0;
        let mut inner: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => ups += usize::from(inner.pop().is_none()),
                part => inner.push(part),
            }
        }
        let border = self.folder.get(..self.folder.len().checked_sub(ups)?)?;
        let mut parts: Vec<&str> = border.iter().map(String::as_str).collect();
        parts.append(&mut inner);
        self.tree.find_below(&parts, border)
    }
}

impl Files for GitTree {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.load(path, super::DEFAULT_SIZE_LIMIT).ok()
    }

    fn is_file(&self, path: &str) -> bool {
        matches!(self.find(path), Some(Found::File { .. }))
    }

    fn is_dir(&self, path: &str) -> bool {
        matches!(self.find(path), Some(Found::Folder { .. }))
    }

    fn list(&self, path: &str) -> Vec<String> {
        match self.find(path) {
            Some(Found::Folder { id, .. }) => self.tree.names(&id),
            _ => Vec::new(),
        }
    }

    fn real(&self, path: &str) -> Option<String> {
        let Some(Found::Folder { path: real, .. }) = self.find(path) else {
            return None;
        };
        let below = real.strip_prefix(&*self.folder);
        Some(below.map_or_else(|| path.to_owned(), |it| it.join("/")))
    }

    fn folder_name(&self) -> Option<&str> {
        self.folder_name.as_deref()
    }
}

/// When the commit was made that is checked out around a folder.
pub(super) fn head_time(folder: &Path) -> Result<Timestamp, GitError> {
    let git = Git::new(folder);
    let commit = git.commit("HEAD")?;
    git.time(&commit).ok_or_else(|| GitError::NoTime {
        name: "HEAD".to_owned(),
    })
}

/// The name that git has for its user in a folder.
pub fn git_user_name(folder: &Path) -> Option<String> {
    Git::new(folder).user_name()
}

#[cfg(test)]
mod tests;
