//! A new file that its owner alone may read.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that is not there yet, readable and writable by its owner alone (mode 0600 where there are modes). What is
/// there already is never touched.
///
/// # Errors
/// The system's error; [`io::ErrorKind::AlreadyExists`] when there is a file of that name.
pub fn create_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_touched_and_others_may_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        create_private(&path, b"one").unwrap();
        let again = create_private(&path, b"two").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        let disk = crate::source::Disk::open(folder.path(), 100).unwrap();
        assert_eq!(disk.load("a.key").unwrap(), b"one");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
