//! Files that are being written: created next to their target under a hidden name, removed unless they are finished, also when
//! the process is asked to end or has ended without cleaning up.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, OnceLock, PoisonError};

/// How many names are tried when others are in use.
const ATTEMPTS: u32 = 64;

/// How many characters of the target's name are in the hidden name, so that it is never too long.
const NAME_LENGTH: usize = 60;

/// The ending of hidden names.
const ENDING: &str = ".part";

/// The unfinished files and folders of this process.
static ALL: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// What is done before the first of them is made.
static BEFORE_FIRST: OnceLock<fn()> = OnceLock::new();

/// Whether that was done.
static PREPARED: Once = Once::new();

/// A file or folder that is not in its place yet; it is removed when this value is dropped.
#[derive(Debug)]
pub(super) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// A new, empty file next to `target`. Unfinished files that ended processes left there are removed.
    pub(super) fn file(target: &Path) -> io::Result<(File, Self)> {
        remove_stale(target);
        create(target, |path| {
            let file = OpenOptions::new().write(true).create_new(true).open(path)?;
            // The lock says that the file is in use; another process may just be cleaning it up.
            let is_taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
            if is_taken || !path.exists() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            Ok(file)
        })
    }

    /// A new, empty folder next to `target`.
    pub(super) fn folder(target: &Path) -> io::Result<Self> {
        let ((), unfinished) = create(target, |path| fs::create_dir(path))?;
        Ok(unfinished)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it to its place in one step.
    pub(super) fn finish(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Nothing is there any more after it was moved to its place.
        remove(&self.path);
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&self.path);
    }
}

/// Calls `prepare` once, before this process begins to write a file or folder that can be left unfinished: for a program that
/// has to set up how it ends, and does not pay for it where nothing is written. Only the first call has an effect.
pub fn before_first_unfinished(prepare: fn()) {
    // The first one stays.
    let _ = BEFORE_FIRST.set(prepare);
}

/// Removes everything that this process has not finished writing, and blocks all further writing: for a program that ends at
/// once because a signal asks for it.
pub fn abandon_unfinished() {
    let all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    all.iter().for_each(|it| remove(it));
    // Never unlocked, so that no other thread begins a file before the process ends.
    std::mem::forget(all);
}

fn remove(path: &Path) {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|it| it.is_dir());
    // The error that made the file useless is the one to report; there may be nothing left to remove.
    drop(if is_folder {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    });
}

/// Creates something through `make` in the folder of `target`, under a hidden name that is free.
fn create<T>(target: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(T, Unfinished)> {
    let beginning = beginning(target)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path ends in no name"))?;
    PREPARED.call_once(|| BEFORE_FIRST.get().map_or((), |prepare| prepare()));
    let mut attempt = 0;
    loop {
        let name = format!("{beginning}{}-{attempt}{ENDING}", std::process::id());
        let path = target.with_file_name(name);
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        match make(&path) {
            Ok(new) => {
                all.insert(path.clone());
                return Ok((new, Unfinished { path }));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < ATTEMPTS => {
                attempt += 1;
            }
            Err(error) => return Err(error),
        }
    }
}

/// How the hidden names for `target` begin.
fn beginning(target: &Path) -> Option<String> {
    let name = target.file_name()?.to_string_lossy();
    let name: String = name.chars().take(NAME_LENGTH).collect();
    Some(format!(".{name}."))
}

/// Removes the unfinished files for `target` that no process is writing: their lock is free.
fn remove_stale(target: &Path) {
    let folder = target.parent().filter(|it| !it.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new(".")));
    let (Some(beginning), Ok(entries)) = (beginning(target), entries) else {
        return;
    };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|it| it.is_file());
        let name = entry.file_name();
        let name = name.to_str().filter(|_| is_file);
        if !name.is_some_and(|it| is_hidden_name(it, &beginning)) {
            continue;
        }
        let path = entry.path();
        if File::open(&path).is_ok_and(|it| it.try_lock().is_ok()) {
            remove(&path);
        }
    }
}

/// Whether a name is `beginning`, a process, an attempt and the ending.
fn is_hidden_name(name: &str, beginning: &str) -> bool {
    let numbers = name
        .strip_prefix(beginning)
        .and_then(|it| it.strip_suffix(ENDING))
        .and_then(|it| it.split_once('-'));
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    numbers.is_some_and(|(process, attempt)| is_number(process) && is_number(attempt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unused_files_are_stale() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.json");
        let (first, unfinished) = Unfinished::file(&target).unwrap();
        let stale = folder.path().join(".a.json.1-0.part");
        let others = [".b.json.1-0.part", ".a.json.part", "a.json.1-0.part"];
        for path in others.iter().map(|it| folder.path().join(it)) {
            File::create(path).unwrap();
        }
        File::create(&stale).unwrap();
        let (second, other) = Unfinished::file(&target).unwrap();
        assert!(!stale.exists() && unfinished.path().exists() && other.path().exists());
        assert!(others.iter().all(|it| folder.path().join(it).exists()));
        drop((first, second));
        drop(unfinished);
        other.finish(&target).unwrap();
        assert!(target.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
    }

    #[test]
    fn a_long_name_fits() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("x".repeat(255));
        let (_file, unfinished) = Unfinished::file(&target).unwrap();
        unfinished.finish(&target).unwrap();
        assert!(target.exists());
    }
}
