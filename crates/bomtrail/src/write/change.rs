//! Changing a file that others may change too: read, changed and written under a lock, so that of two writers neither loses
//! what the other wrote.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::write_atomic;

/// The text of a regular file; `None` where there is no file. Opening a pipe would wait for a writer.
pub(crate) fn text(path: &Path) -> io::Result<Option<String>> {
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        let message = "it is not a regular file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes);
    let text =
        text.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not valid UTF-8"));
    text.map(Some)
}

/// Changes a file as one step for everyone who uses this program; tells whether anything is another now.
pub(crate) fn change<E: From<io::Error>>(
    path: &Path,
    edit: impl FnOnce(Option<&str>) -> Result<String, E>,
) -> Result<bool, E> {
    // Held until the end. Where a folder cannot be locked, writing is still whole or not at all.
    let _lock = lock(path)?;
    let before = text(path)?;
    let after = edit(before.as_deref())?;
    if before.as_ref() == Some(&after) {
        return Ok(false);
    }
    write_atomic::<io::Error>(path, |out| out.write_all(after.as_bytes()))?;
    Ok(true)
}

/// Adds to the end of a file, which is made where it is missing.
///
/// # Errors
/// The system's error.
pub fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::options().append(true).create(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// Locks the folder of a file: the file itself is replaced, and a lock file next to it would stay.
fn lock(path: &Path) -> io::Result<Option<File>> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) else {
        return Ok(None);
    };
    match folder.lock() {
        Ok(()) => Ok(Some(folder)),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where a symbolic link leads, if that is outside the repository of `project` (else outside `project`): writing there changes
/// what belongs to another project, or to the system.
pub(crate) fn leads_outside(path: &Path, project: &Path) -> Option<PathBuf> {
    if !fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink()) {
        return None;
    }
    let project = fs::canonicalize(project).unwrap_or_else(|_| project.to_path_buf());
    let repository = project.ancestors().find(|it| it.join(".git").exists());
    let target = fs::canonicalize(path).or_else(|_| fs::read_link(path));
    let target = target.unwrap_or_default();
    (!target.starts_with(repository.unwrap_or(&project))).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_regular_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("list.json");
        assert_eq!(text(&missing).unwrap(), None);
        assert!(text(folder.path()).is_err());
        write_atomic::<io::Error>(&missing, |out| out.write_all(b"x")).unwrap();
        assert_eq!(text(&missing).unwrap().as_deref(), Some("x"));
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe");
            let made = std::process::Command::new("mkfifo").arg(&pipe).status();
            if made.is_ok_and(|it| it.success()) {
                assert!(text(&pipe).is_err());
            }
            assert!(text(Path::new("/dev/null")).is_err());
        }
    }
}
