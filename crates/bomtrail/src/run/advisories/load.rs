//! Reads the files that advisories come in. The content of a file says what it is, not its name.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use bomtrail_advisories::feed::{ArchiveError, begin, read_archive, read_json};
use bomtrail_advisories::{Builder, Database, Index, IndexError, Storage, is_index};
use bomtrail_graph::{AdvisorySource, Diagnostics, VexStatus, hex};
use sha2::{Digest, Sha256};

use super::decide::hint;
use crate::project::ScanError;
use crate::source::disk::load_file;
use crate::source::{DEFAULT_SIZE_LIMIT, ReadError};

/// The largest archive that is read, in bytes.
const LARGEST_ARCHIVE: u64 = 4 << 30;
/// The most files in a folder of advisories.
const MOST_FILES: usize = 2_000_000;

/// Why advisories could not be looked up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AdvisoryError {
    /// There is no graph.
    #[error(transparent)]
    Scan(Box<ScanError>),
    /// A file cannot be read.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unreadable {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ReadError,
    },
    /// An archive cannot be read.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Archive {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ArchiveError,
    },
    /// An index cannot be read.
    #[error("{}{cause}", path.as_ref().map(|it| format!("`{}`: ", it.display())).unwrap_or_default())]
    Index {
        /// The file, as it was given; `None` where several are in use.
        path: Option<PathBuf>,
        /// Why.
        #[source]
        cause: IndexError,
    },
    /// There is nothing in what was given.
    #[error("`{}` has no advisories; give an OSV record, a folder or zip archive of them, a CPANSA feed, or an index", path.display())]
    Nothing {
        /// The file or folder, as it was given.
        path: PathBuf,
    },
    /// A decision is about nothing.
    #[error("`{advisory}` does not match `{package}` in this project: {}", hint(packages, *status))]
    NoMatch {
        /// The advisory.
        advisory: String,
        /// The package.
        package: String,
        /// What was to be decided.
        status: VexStatus,
        /// The packages that the advisory matches.
        packages: Vec<String>,
    },
    /// A decision cannot be written.
    #[error("{0}")]
    Decision(String),
    /// A file of decisions or statements is not valid.
    #[error("{}", .0)]
    Invalid(Diagnostics),
}

/// Advisories that were read.
pub(crate) struct Loaded {
    pub(crate) database: Database,
    pub(crate) diagnostics: Diagnostics,
}

impl Loaded {
    /// Reads files, folders, archives and indexes.
    pub(crate) fn of(paths: &[PathBuf]) -> Result<Self, AdvisoryError> {
        let mut diagnostics = Diagnostics::new();
        let mut database = Database::new();
        let mut builder = Builder::new();
        let mut is_built = false;
        for path in paths {
            if let Some(index) = open_index(path)? {
                database.add(index);
            } else {
                add(&mut builder, path, &mut diagnostics)?;
                is_built = true;
            }
        }
        if is_built {
            let index = Index::open(Box::new(builder.finish()));
            database.add(index.map_err(AdvisoryError::from)?);
        }
        Ok(Self {
            database,
            diagnostics,
        })
    }
}

/// The bytes of an index of these files, which are read faster than the files, and what they hold.
///
/// # Errors
/// [`AdvisoryError`] when one of them cannot be read.
pub fn write_index(
    paths: &[PathBuf],
) -> Result<(Vec<u8>, Vec<AdvisorySource>, Diagnostics), AdvisoryError> {
    let mut diagnostics = Diagnostics::new();
    let mut builder = Builder::new();
    for path in paths {
        add(&mut builder, path, &mut diagnostics)?;
    }
    let sources = builder.sources();
    Ok((builder.finish(), sources, diagnostics))
}

/// The index that a file is; `None` for any other file.
fn open_index(path: &Path) -> Result<Option<Index>, AdvisoryError> {
    let unreadable = |cause: io::Error| AdvisoryError::Unreadable {
        path: path.to_path_buf(),
        cause: cause.into(),
    };
    if !path.is_file() {
        return Ok(None);
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let mut start = [0; 16];
    let length = file.read(&mut start).map_err(unreadable)?;
    if !is_index(start.get(..length).unwrap_or_default()) {
        return Ok(None);
    }
    let index = Index::open(Box::new(Stored(RefCell::new(file))));
    index.map(Some).map_err(|cause| AdvisoryError::Index {
        path: Some(path.to_path_buf()),
        cause,
    })
}

/// An index on the disk, of which only what is asked for is read.
struct Stored(RefCell<File>);

impl Storage for Stored {
    fn size(&self) -> io::Result<u64> {
        Ok(self.0.borrow().metadata()?.len())
    }

    fn read_at(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = self.0.borrow_mut();
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn add(
    builder: &mut Builder,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<(), AdvisoryError> {
    if path.is_dir() {
        return add_folder(builder, path, diagnostics);
    }
    let limit = LARGEST_ARCHIVE.max(DEFAULT_SIZE_LIMIT);
    let bytes = load_file(path, limit).map_err(|cause| AdvisoryError::Unreadable {
        path: path.to_path_buf(),
        cause,
    })?;
    begin(builder, &name(path), &hex(&Sha256::digest(&bytes)));
    let label = path.display().to_string();
    if bytes.starts_with(b"PK") {
        let read = read_archive(builder, &label, Cursor::new(&bytes), diagnostics);
        return read.map_err(|cause| AdvisoryError::Archive {
            path: path.to_path_buf(),
            cause,
        });
    }
    if is_index(&bytes) {
        let path = Some(path.to_path_buf());
        let cause = IndexError::Format;
        return Err(AdvisoryError::Index { path, cause });
    }
    read_json(builder, &label, &bytes, diagnostics);
    Ok(())
}

/// Reads every `.json` below a folder, in the order of their names. Its digest is that of the list of all digests and names.
fn add_folder(
    builder: &mut Builder,
    folder: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<(), AdvisoryError> {
    let failed = |path: &Path, cause: io::Error| AdvisoryError::Unreadable {
        path: path.to_path_buf(),
        cause: cause.into(),
    };
    let files = files_below(folder).map_err(|cause| failed(folder, cause))?;
    if files.is_empty() {
        return Err(AdvisoryError::Nothing {
            path: folder.to_path_buf(),
        });
    }
    let mut digests = Sha256::new();
    begin(builder, &name(folder), "");
    for path in &files {
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|cause| failed(path, cause))?;
        let mut limited = file.take(DEFAULT_SIZE_LIMIT);
        limited
            .read_to_end(&mut bytes)
            .map_err(|cause| failed(path, cause))?;
        let inside = path.strip_prefix(folder).unwrap_or(path);
        digests.update(hex(&Sha256::digest(&bytes)));
        digests.update("  ");
        digests.update(inside.to_string_lossy().replace('\\', "/"));
        digests.update("\n");
        read_json(builder, &path.display().to_string(), &bytes, diagnostics);
    }
    builder.digest(&hex(&digests.finalize()));
    Ok(())
}

/// The `.json` files below a folder, sorted. Links to folders are not followed, so that no walk is endless.
fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "json") && path.is_file() {
                files.push(path);
            }
            if files.len() > MOST_FILES {
                return Err(io::Error::other(format!("more than {MOST_FILES} files")));
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// What reports call a file: its name, without the folders of this machine.
fn name(path: &Path) -> String {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
    name.unwrap_or_else(|| ".".to_owned())
}
