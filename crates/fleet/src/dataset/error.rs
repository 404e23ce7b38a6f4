//! Why a dataset cannot be written or read.

use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

use crate::store::StoreError;

/// Why a dataset cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder has other files.
    #[error("`{}` is neither empty nor a fleet dataset", path.display())]
    Other {
        /// The folder, as it was given.
        path: PathBuf,
    },
    /// The folder is laid out in another way, and both together would count every SBOM twice.
    #[error("`{}` has one file for each {found}, not for each {wanted}; use another folder", path.display(), found = each(found), wanted = each(wanted))]
    Layout {
        /// The folder, as it was given.
        path: PathBuf,
        /// What its files are for.
        found: String,
        /// What was asked for.
        wanted: &'static str,
    },
    /// A file cannot be read or written.
    #[error("`{}` cannot be used: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A file is not what the dataset has.
    #[error("`{}` is not a file of the dataset: {cause}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ParquetError,
    },
}

/// What a file is for, as people write it.
fn each(name: &str) -> &str {
    match name {
        "sbom" => "SBOM",
        other => other,
    }
}

impl DatasetError {
    pub(super) fn file(path: &Path) -> impl Fn(io::Error) -> Self {
        |cause| Self::File {
            path: path.to_path_buf(),
            cause,
        }
    }

    pub(super) fn parquet(path: &Path) -> impl Fn(ParquetError) -> Self {
        |cause| Self::Parquet {
            path: path.to_path_buf(),
            cause,
        }
    }
}

impl From<rusqlite::Error> for DatasetError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
