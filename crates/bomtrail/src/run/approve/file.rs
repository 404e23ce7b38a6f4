//! One list on the disk: read, changed and written under a lock, so that of two writers neither loses what the other wrote.

use std::io;
use std::path::{Path, PathBuf};

use bomtrail_approvals::FILE_NAME;
use bomtrail_approvals::edit::{EMPTY, EditError};

use crate::check::{CheckError, ListPlace};
use crate::write::change;

/// Why a list could not be changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// The file is not known.
    #[error(transparent)]
    Locate(#[from] CheckError),
    /// It is a URL.
    #[error("the list is `{0}`, which is not on this disk; change it where it is kept")]
    Remote(String),
    /// A symbolic link leads out of the repository.
    #[error("`{}` is a symbolic link that leads out of the repository, to `{}`; nothing was written", link.display(), target.display())]
    Outside {
        /// The link.
        link: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// The system refuses.
    #[error("`{}` cannot be {what}: {cause}; nothing was changed", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The change was refused.
    #[error("{}", shown(.0))]
    Edit(EditError),
}

fn shown(error: &EditError) -> String {
    match error {
        EditError::Invalid(problems) => {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            all.join("\n")
        }
        other => other.to_string(),
    }
}

/// A list that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFile {
    path: PathBuf,
    name: String,
}

impl ListFile {
    /// The list of a project: the one that is given, that its package.json names, or the default one next to it, whether it exists or not.
    ///
    /// # Errors
    /// [`ListError`] when it is on no disk, or a link leads out of the repository.
    pub fn of(project: &Path, given: Option<&str>) -> Result<Self, ListError> {
        let disk = crate::check::project_disk(project)?;
        let folder = crate::source::project_folder(project);
        let (path, name) = match crate::check::locate_list(given, &disk)? {
            ListPlace::None => (folder.join(FILE_NAME), FILE_NAME.to_owned()),
            ListPlace::Project(name) if name.contains("://") => {
                return Err(ListError::Remote(name));
            }
            ListPlace::Project(name) => (folder.join(&name), name),
            ListPlace::Elsewhere { folder, name } => (folder.join(&name), name),
        };
        if let Some(target) = change::leads_outside(&path, &folder) {
            return Err(ListError::Outside { link: path, target });
        }
        Ok(Self { path, name })
    }

    /// Its name in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text; the text of an empty list if the file does not exist.
    ///
    /// # Errors
    /// [`ListError`] when it is there and cannot be read.
    pub fn text(&self) -> Result<String, ListError> {
        let text = change::text(&self.path).map_err(|cause| self.error("read", cause))?;
        Ok(text.unwrap_or_else(|| EMPTY.to_owned()))
    }

    /// Changes it under a lock that this program respects. Returns whether its text changed.
    ///
    /// # Errors
    /// [`ListError`]; then the file is as it was.
    pub fn change(
        &self,
        edit: impl FnOnce(&str, &str) -> Result<String, EditError>,
    ) -> Result<bool, ListError> {
        let changed = change::change(&self.path, |before| {
            edit(&self.name, before.unwrap_or(EMPTY)).map_err(Stopped::Edit)
        });
        changed.map_err(|stopped| match stopped {
            Stopped::Edit(error) => ListError::Edit(error),
            Stopped::Io(cause) => self.error("written", cause),
        })
    }

    fn error(&self, what: &'static str, cause: io::Error) -> ListError {
        ListError::Io {
            path: self.path.clone(),
            what,
            cause,
        }
    }
}

/// The lists in some files as one; see [`bomtrail_approvals::aggregate`].
///
/// # Errors
/// [`ListError`] when one of them cannot be read, is not valid, or contradicts another.
pub fn aggregate(paths: &[PathBuf]) -> Result<String, ListError> {
    let mut lists = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.display().to_string();
        let text = String::from_utf8(crate::check::named_file(path)?);
        let text = text.map_err(|_| ListError::Edit(EditError::NotText(name.clone())))?;
        lists.push((name, text));
    }
    bomtrail_approvals::aggregate(&lists).map_err(ListError::Edit)
}

/// Why a change did not happen.
enum Stopped {
    Edit(EditError),
    Io(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
