//! A project's folder on the disk, seen through [`Files`].

use std::borrow::Cow;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bomtrail_graph::Files;

use seen::{Known, Seen};

mod seen;

/// The largest file that is read unless another limit is given: 1 GiB.
pub const DEFAULT_SIZE_LIMIT: u64 = 1 << 30;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such file.
    #[error("it does not exist")]
    NotFound,
    /// It is a folder, a device, a pipe.
    #[error("it is not a regular file")]
    NotAFile,
    /// It is larger than the limit, in bytes.
    #[error("it is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Its path is absolute, or a symbolic link leads out of the project.
    #[error("it lies outside the project")]
    Outside,
    /// The system refuses.
    #[error("{0}")]
    Io(#[source] io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            _ => Self::Io(error),
        }
    }
}

/// A project's folder on the local disk.
///
/// Paths are relative, with `/`. A path that begins with `..` may leave the folder as far as it says, because npm
/// workspaces and links may be outside their project; nothing else leaves it, not even symbolic links.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    folder_name: Option<String>,
    limit: u64,
    /// What the system has answered: most files lie next to others.
    seen: Arc<Mutex<Seen>>,
}

impl Disk {
    /// The folder at `root`; no file larger than `limit` bytes is read.
    ///
    /// # Errors
    /// [`ReadError`] when there is no such folder or it may not be entered.
    pub fn open(root: &Path, limit: u64) -> Result<Self, ReadError> {
        let root = fs::canonicalize(root)?;
        if !root.is_dir() {
            return Err(ReadError::NotFound);
        }
        let folder_name = root
            .file_name()
            .and_then(|name| name.to_str())
            .map(str::to_owned);
        Ok(Self {
            root,
            folder_name,
            limit,
            seen: Arc::new(Mutex::new(Seen::of_root())),
        })
    }

    /// The bytes of a regular file.
    ///
    /// # Errors
    /// [`ReadError`] says why there are none.
    pub fn load(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.load_within(path, self.limit)
    }

    /// Like [`Disk::load`], with a limit in bytes of its own when that is lower.
    pub(crate) fn load_within(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let limit = limit.min(self.limit);
        let located = self.locate(path)?;
        if !located.kind.is_file() {
            return Err(ReadError::NotAFile);
        }
        let file = File::open(located.real)?;
        let metadata = match located.metadata {
            Some(metadata) => metadata,
            None => file.metadata()?,
        };
        if metadata.len() > limit {
            return Err(ReadError::TooLarge { limit });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        // The file may grow while it is read, and some special ones do not tell their length.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
            return Err(ReadError::TooLarge { limit });
        }
        Ok(bytes)
    }

    /// The path on the disk of a path in the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// True when there is something at `path`.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.locate(path).is_ok()
    }

    /// Where a path of the project lies, symbolic links resolved.
    fn locate(&self, path: &str) -> Result<Located, ReadError> {
        self.locate_lexical(&lexical(path).ok_or(ReadError::Outside)?)
    }

    /// The same for the path that [`lexical`] gives.
    fn locate_lexical(&self, wanted: &str) -> Result<Located, ReadError> {
        if let Some(plain) = self.plain(wanted)? {
            return Ok(plain);
        }
        let real = fs::canonicalize(self.root.join(wanted))?;
        let ups = wanted.split('/').take_while(|it| *it == "..").count();
        let border = self.root.ancestors().nth(ups).ok_or(ReadError::Outside)?;
        if real.starts_with(border) {
            let metadata = fs::metadata(&real)?;
            Ok(Located::new(real, metadata))
        } else {
            Err(ReadError::Outside)
        }
    }

    /// What lies at `path` when that stays in the folder without a symbolic link on its way: the usual case, answered at
    /// less cost than resolving the whole path from the file system's root.
    fn plain(&self, path: &str) -> Result<Option<Located>, ReadError> {
        if path == ".." || path.starts_with("../") {
            return Ok(None);
        }
        let real = self.root.join(path);
        if path.is_empty() {
            let metadata = fs::metadata(&real)?;
            return Ok(Some(Located::new(real, metadata)));
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut folder = seen.above(path);
        loop {
            let start = folder.len() + usize::from(!folder.is_empty());
            let rest = path.get(start..).unwrap_or_default();
            let name = rest.split_once('/').map_or(rest, |(name, _)| name);
            let here = path.get(..start + name.len()).unwrap_or(path);
            let (kind, metadata) = match seen.find(&self.root, folder, name) {
                Known::Is(kind) => (kind, None),
                Known::Absent => return Err(ReadError::NotFound),
                Known::Unknown => {
                    let metadata = fs::symlink_metadata(self.root.join(here))?;
                    (metadata.file_type(), Some(metadata))
                }
            };
            if kind.is_symlink() {
                return Ok(None);
            }
            if kind.is_dir() {
                seen.add(here);
            }
            if name.len() == rest.len() {
                return Ok(Some(Located {
                    real,
                    kind,
                    metadata,
                }));
            }
            folder = here;
        }
    }
}

/// The bytes of a file anywhere on the disk, no larger than `limit` bytes.
///
/// # Errors
/// [`ReadError`] says why there are none.
pub(crate) fn load_file(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let name = path.file_name().and_then(|it| it.to_str());
    let name = name.ok_or(ReadError::NotAFile)?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    Disk::open(folder.unwrap_or(Path::new(".")), limit)?.load(name)
}

/// Where a path of the project lies, and what is there.
struct Located {
    real: PathBuf,
    kind: FileType,
    /// Where the system was asked for it.
    metadata: Option<Metadata>,
}

impl Located {
    fn new(real: PathBuf, metadata: Metadata) -> Self {
        Self {
            real,
            kind: metadata.file_type(),
            metadata: Some(metadata),
        }
    }
}

/// The path with `/`, and with every `..` moved to its front; nothing for an absolute one.
fn lexical(path: &str) -> Option<Cow<'_, str>> {
    let is_usual = |it: &str| !matches!(it, "" | "." | "..");
    if !path.contains(['\\', ':']) && path.split('/').all(is_usual) {
        return Some(Cow::Borrowed(path));
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in Path::new(path).components() {
        match part {
            Component::Prefix(_) | Component::RootDir => return None,
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            Component::ParentDir | Component::Normal(_) => parts.push(part.as_os_str().to_str()?),
        }
    }
    Some(Cow::Owned(parts.join("/")))
}

impl Files for Disk {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.load(path).ok()
    }

    fn is_file(&self, path: &str) -> bool {
        self.locate(path).is_ok_and(|it| it.kind.is_file())
    }

    fn is_dir(&self, path: &str) -> bool {
        self.locate(path).is_ok_and(|it| it.kind.is_dir())
    }

    fn list(&self, path: &str) -> Vec<String> {
        let Some(wanted) = lexical(path) else {
            return Vec::new();
        };
        let Ok(located) = self.locate_lexical(&wanted) else {
            return Vec::new();
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.names(&wanted, &located.real).unwrap_or_default()
    }

    fn real(&self, path: &str) -> Option<String> {
        let located = self.locate(path).ok()?;
        if !located.kind.is_dir() {
            return None;
        }
        let below = located.real.strip_prefix(&self.root);
        let Ok(below) = below else {
            // A path that says so itself may leave the folder.
            return Some(path.to_owned());
        };
        Some(below.to_str()?.replace('\\', "/"))
    }

    fn folder_name(&self) -> Option<&str> {
        self.folder_name.as_deref()
    }
}

#[cfg(test)]
mod tests;
