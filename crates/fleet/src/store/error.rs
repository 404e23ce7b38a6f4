//! Why a store cannot be used.

use std::path::{Path, PathBuf};

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no store `{}`; `bomtrail fleet add` makes one", path.display())]
    Missing {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("`{}` is not a fleet store", path.display())]
    Other {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// A newer program made it.
    #[error("`{}` has version {version} of the store, and this program reads versions up to {known}; use a newer bomtrail", path.display())]
    Newer {
        /// The file, as it was given.
        path: PathBuf,
        /// The version of the file.
        version: i64,
        /// The newest version that is known.
        known: i64,
    },
    /// It was made by an older program, and cannot be brought up to date.
    #[error("`{}` has version {version} of the store, this program needs version {known}, and the file cannot be written; copy \
             it to a place where it can", path.display())]
    Older {
        /// The file, as it was given.
        path: PathBuf,
        /// The version of the file.
        version: i64,
        /// The version that is needed.
        known: i64,
    },
    /// A row contradicts the others.
    #[error("the store is damaged: {0}; `bomtrail fleet verify` lists what is damaged")]
    Damaged(String),
    /// The file cannot be opened.
    #[error("`{}` cannot be used: {cause}", path.display())]
    Unusable {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        #[source]
        cause: rusqlite::Error,
    },
    /// The database reports an error.
    #[error("the store cannot be used: {0}")]
    Database(#[from] rusqlite::Error),
}

impl StoreError {
    /// A file that cannot be opened.
    pub(super) fn of(path: &Path, cause: rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        match cause.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Self::Other { path },
            _ => Self::Unusable { path, cause },
        }
    }
}
