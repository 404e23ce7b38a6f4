//! Writing a folder of files completely or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::parents::Parents;
use super::unfinished::Unfinished;
use super::write_atomic;

/// Writes files, by paths relative to `target` with `/`, into a new folder: next to its place first, then moved there in one
/// step. The folder must not exist yet, or be empty.
///
/// # Errors
/// [`io::ErrorKind::DirectoryNotEmpty`] when the folder is not empty, [`io::ErrorKind::NotADirectory`] when it is not
/// a folder, or the system's error; nothing is left behind then.
pub(crate) fn write_folder(target: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    refuse_taken(target)?;
    let _parents = Parents::make(target)?;
    let unfinished = Unfinished::folder(target)?;
    fill(unfinished.path(), files)?;
    // An empty folder of that name is replaced; if it is no longer empty, this fails.
    if target.exists() {
        fs::remove_dir(target)?;
    }
    unfinished.finish(target)
}

/// As [`write_folder`], but in place of an older folder, of which nothing is left: it is moved aside first, moved back when
/// anything fails, and removed at the end.
///
/// # Errors
/// The system's error; the older folder is still there then.
pub(crate) fn replace_folder(target: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    let new = Unfinished::folder(target)?;
    fill(new.path(), files)?;
    let old = Unfinished::folder(target)?;
    // The name is taken; on some systems nothing is moved over a folder.
    fs::remove_dir(old.path())?;
    fs::rename(target, old.path())?;
    let finished = new.finish(target);
    if finished.is_err() {
        fs::rename(old.path(), target)?;
    }
    finished
}

fn refuse_taken(target: &Path) -> io::Result<()> {
    match fs::read_dir(target) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(io::ErrorKind::DirectoryNotEmpty.into()),
            None => Ok(()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn fill(folder: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        write_atomic::<io::Error>(&path, |out: &mut dyn Write| out.write_all(bytes))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("pack");
        write_folder(&target, &[("a", b"1"), ("deep/b", b"2")]).unwrap();
        let disk = crate::source::Disk::open(&target, 100).unwrap();
        assert_eq!(disk.load("deep/b").unwrap(), b"2");
        let again = write_folder(&target, &[("c", b"3")]).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::DirectoryNotEmpty);
        assert!(disk.load("c").is_err());
        // A name that cannot be: everything is taken back.
        let other = folder.path().join("other");
        write_folder(&other, &[("a", b"1"), ("a/b", b"2")]).unwrap_err();
        let left =
            bomtrail_graph::Files::list(&crate::source::Disk::open(folder.path(), 1).unwrap(), "");
        assert_eq!(left, ["pack"]);
    }

    #[test]
    fn an_older_folder_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("made/pack");
        write_folder(&target, &[("a", b"1"), ("deep/b", b"2")]).unwrap();
        replace_folder(&target, &[("a", b"3"), ("c", b"4")]).unwrap();
        let disk = crate::source::Disk::open(&target, 100).unwrap();
        assert_eq!(bomtrail_graph::Files::list(&disk, ""), ["a", "c"]);
        assert_eq!(disk.load("a").unwrap(), b"3");
        replace_folder(&target, &[("a", b"1"), ("a/b", b"2")]).unwrap_err();
        assert_eq!(disk.load("a").unwrap(), b"3");
        let made = crate::source::Disk::open(&folder.path().join("made"), 100).unwrap();
        assert_eq!(bomtrail_graph::Files::list(&made, ""), ["pack"]);
    }

    #[test]
    fn an_empty_folder_gives_way_and_a_file_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("pack");
        super::super::make_folder(&target).unwrap();
        write_folder(&target, &[("a", b"1")]).unwrap();
        write_folder(&target.join("a"), &[("b", b"1")]).unwrap_err();
    }
}
