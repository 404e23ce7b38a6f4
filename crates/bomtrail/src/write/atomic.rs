//! Writing a file so that it is either the old one or the complete new one, whatever happens in between.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::parents::Parents;
use super::unfinished::Unfinished;

/// How many symbolic links are followed to a file that does not exist yet.
const MOST_LINKS: u32 = 40;

/// Writes a file through `content`: next to its place first, then moved there in one step. When anything fails, what was
/// there before is still there, and nothing unfinished is left behind. A symbolic link is followed, also to a file that does
/// not exist yet; missing folders are made; what is not a regular file (`/dev/null`, a named pipe) is written directly.
///
/// # Errors
/// Whatever `content` fails with, or the system's error, turned into `E`.
pub fn write_atomic<E: From<io::Error>>(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    Ok(stage(path, content)?.finish()?)
}

/// A file that is written completely and not in its place yet. It is removed when this value is dropped.
#[derive(Debug)]
#[must_use = "the file is removed unless it is finished"]
pub struct Staged {
    target: PathBuf,
    /// `None` for what was written directly.
    unfinished: Option<(Unfinished, File)>,
    /// The folders that were made for it, which stay when it is finished.
    parents: Parents,
}

impl Staged {
    /// Moves the file to its place.
    ///
    /// # Errors
    /// The system's error; the file that was there before is still there then.
    pub fn finish(self) -> io::Result<()> {
        match self.unfinished {
            Some((unfinished, file)) => {
                unfinished.finish(&self.target)?;
                drop(self.parents);
                // Its lock says that the file is in use, so it is closed after it has been moved.
                drop(file);
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// Writes a file through `content` next to its place, for several files that are written together or not at all: all are
/// staged first, then all are finished.
///
/// # Errors
/// Whatever `content` fails with, or the system's error, turned into `E`.
pub fn stage<E: From<io::Error>>(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<Staged, E> {
    let target = followed(path)?;
    let existing = fs::metadata(&target).ok();
    let parents = Parents::make(&target)?;
    if existing.as_ref().is_some_and(|it| !it.is_file()) {
        write_in_place(&target, content)?;
        return Ok(Staged {
            target,
            unfinished: None,
            parents,
        });
    }
    let (file, unfinished) = Unfinished::file(&target)?;
    fill(&file, content)?;
    if let Some(existing) = &existing {
        fs::set_permissions(unfinished.path(), existing.permissions())?;
    }
    Ok(Staged {
        target,
        unfinished: Some((unfinished, file)),
        parents,
    })
}

/// Where a path leads, links followed; the file itself need not exist.
fn followed(path: &Path) -> io::Result<PathBuf> {
    if let Ok(real) = fs::canonicalize(path) {
        return Ok(real);
    }
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else {
            return Ok(path);
        };
        path = match path.parent() {
            Some(folder) => folder.join(target),
            None => target,
        };
    }
    Err(io::Error::other("too many symbolic links"))
}

/// Makes a folder, and those above it, where they are missing.
///
/// # Errors
/// The system's error.
pub fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

fn write_in_place<E: From<io::Error>>(
    target: &Path,
    content: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let mut out = BufWriter::new(OpenOptions::new().write(true).open(target)?);
    content(&mut out)?;
    out.flush()?;
    Ok(())
}

fn fill<E: From<io::Error>>(
    file: &File,
    content: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    content(&mut out)?;
    out.flush()?;
    file.sync_all()?;
    Ok(())
}
