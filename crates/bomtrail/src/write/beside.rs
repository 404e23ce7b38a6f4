//! A name beside a target that nobody has: where something is made before it takes the target's place.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// How many names are tried when others of this process are in the way.
const ATTEMPTS: u32 = 64;

/// Makes something through `create` in the folder of `target`, under a hidden name that was free.
pub(super) fn create_beside<T>(
    target: &Path,
    create: impl Fn(&Path) -> io::Result<T>,
) -> io::Result<(T, PathBuf)> {
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path ends in no name"))?;
    let mut attempt = 0;
    loop {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}-{attempt}.part", std::process::id()));
        let path = target.with_file_name(hidden);
        match create(&path) {
            Ok(new) => return Ok((new, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < ATTEMPTS => {
                attempt += 1;
            }
            Err(error) => return Err(error),
        }
    }
}
