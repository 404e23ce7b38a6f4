//! Writing a file so that it is either the old one or the whole new one, whatever happens in between.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::beside::create_beside;

/// Writes a file through `content`: beside its place first, then moved there in one step. When anything fails, what was
/// there before is still there, and nothing unfinished is left behind. A symbolic link keeps pointing where it does; what
/// is no regular file (`/dev/null`, a named pipe) is written directly.
///
/// # Errors
/// Whatever `content` fails with, or the system's error, turned into `E`.
pub fn write_atomic<E: From<io::Error>>(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let existing = fs::metadata(&target).ok();
    if existing.as_ref().is_some_and(|it| !it.is_file()) {
        return write_in_place(&target, content);
    }
    let (file, unfinished) = create_beside(&target, |path| {
        OpenOptions::new().write(true).create_new(true).open(path)
    })?;
    let written = fill(file, content).and_then(|()| {
        if let Some(existing) = &existing {
            fs::set_permissions(&unfinished, existing.permissions())?;
        }
        fs::rename(&unfinished, &target)?;
        Ok(())
    });
    if written.is_err() {
        // The first error is the one to tell; there may be nothing left to remove.
        drop(fs::remove_file(&unfinished));
    }
    written
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
    file: File,
    content: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    content(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(())
}
