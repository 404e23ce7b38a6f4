//! Every project below a folder, and what was found and is not read, with the reason. Installed packages, build output, hidden
//! folders and what `.gitignore` names are left out. The order is that of the paths.

mod classify;
mod other;
mod walk;

use std::fmt;
use std::path::{Path, PathBuf};

use super::disk::{Disk, ReadError};
use super::{DEFAULT_SIZE_LIMIT, Source};

/// How far the search goes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiscoveryOptions {
    /// How many folders deep.
    pub depth: usize,
    /// How many files and folders are looked at.
    pub entries: usize,
    /// Patterns of paths that are left out, as in a `.gitignore`.
    pub exclude: Vec<String>,
}

impl Default for DiscoveryOptions {
    fn default() -> Self {
        Self {
            depth: 40,
            entries: 5_000_000,
            exclude: Vec::new(),
        }
    }
}

/// A project that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct FoundProject {
    /// Its folder, relative to the folder that was searched, with `/`; empty for that folder itself.
    pub folder: String,
    /// The files that are read, relative to its folder.
    pub inputs: Vec<String>,
}

/// Why something that was found is not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// A file of a tool whose files are not read.
    OtherTool(&'static str),
    /// A manifest without a lockfile, by the command that makes one.
    NotLocked(&'static str),
    /// A member of the workspace in this folder, with which it is read.
    Member(String),
    /// It is read only when it is named: a lockfile of another name.
    OnlyNamed,
    /// The system refuses.
    Unreadable(String),
    /// It is not a pattern, so it excludes nothing.
    InvalidPattern,
    /// The search ended here, because there are too many files or folders.
    Limit,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherTool(tool) => write!(f, "a file of {tool}, which is not read"),
            Self::NotLocked(make) => write!(f, "not locked; `{make}` makes a lockfile"),
            Self::Member(root) => write!(f, "a member of the workspace in `{root}`"),
            Self::OnlyNamed => f.write_str("read only when it is named"),
            Self::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Self::InvalidPattern => f.write_str("not a valid pattern, so it excludes nothing"),
            Self::Limit => f.write_str("the search ended here: too many files or folders"),
        }
    }
}

/// Something that was found and is not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Skipped {
    /// Its path, relative to the folder that was searched, with `/`.
    pub path: String,
    /// Why.
    pub reason: SkipReason,
}

/// The projects below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Discovery {
    /// The folder that was searched.
    pub folder: PathBuf,
    /// The projects, sorted by folder.
    pub projects: Vec<FoundProject>,
    /// The SBOMs by their names, sorted: paths relative to the folder that was searched, with `/`.
    pub documents: Vec<String>,
    /// What is not read, sorted by path.
    pub skipped: Vec<Skipped>,
}

impl Discovery {
    /// Searches a folder.
    ///
    /// ```
    /// use bomtrail::source::discovery::{Discovery, DiscoveryOptions};
    ///
    /// let found = Discovery::below("../../fixtures/npm".as_ref(), &DiscoveryOptions::default())?;
    /// assert!(found.projects.iter().any(|it| it.folder == "basic"));
    /// # Ok::<(), bomtrail::source::ReadError>(())
    /// ```
    ///
    /// # Errors
    /// [`ReadError`] when there is no such folder, or it may not be entered.
    pub fn below(folder: &Path, options: &DiscoveryOptions) -> Result<Self, ReadError> {
        let disk = Disk::open(folder, DEFAULT_SIZE_LIMIT)?;
        let seen = walk::walk(folder, options);
        Ok(classify::classify(folder, &disk, seen))
    }

    /// Where a project is read from.
    pub fn source(&self, project: &FoundProject) -> Source {
        Source::Folder(self.path(project))
    }

    /// The path of a project's folder.
    pub fn path(&self, project: &FoundProject) -> PathBuf {
        if project.folder.is_empty() {
            self.folder.clone()
        } else if self.folder == Path::new(".") {
            PathBuf::from(&project.folder)
        } else {
            self.folder.join(&project.folder)
        }
    }
}

#[cfg(test)]
mod tests;
