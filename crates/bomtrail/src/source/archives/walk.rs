//! Looks through folders for archives and stores. Follows no symbolic links, and stops at a number of files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::ENDINGS;
use crate::source::ReadError;

/// The most files and folders that are looked at.
const MOST: usize = 2_000_000;

/// What was found in folders.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Archives, sorted.
    pub(super) files: Vec<PathBuf>,
    /// The folders that npm keeps archives in, by their digest.
    pub(super) cacaches: Vec<PathBuf>,
    /// The folders that pnpm keeps packages in.
    pub(super) pnpm: Vec<PathBuf>,
    /// True when there were more files than are looked at.
    pub(super) is_cut: bool,
    /// The archives by their names.
    names: BTreeMap<String, Vec<usize>>,
}

impl Found {
    /// The archives with a name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &PathBuf> {
        let numbers = self.names.get(name).into_iter().flatten();
        numbers.filter_map(|it| self.files.get(*it))
    }

    /// The archives whose names begin so, with their names.
    pub(super) fn beginning_with(&self, start: &str) -> impl Iterator<Item = (&str, &PathBuf)> {
        let names = self.names.range(start.to_owned()..);
        let names = names.take_while(move |(name, _)| name.starts_with(start));
        names.flat_map(|(name, numbers)| {
            let paths = numbers.iter().filter_map(|it| self.files.get(*it));
            paths.map(move |path| (&**name, path))
        })
    }
}

/// Looks through folders; a path to a file is an archive, whatever its name.
pub(super) fn walk(paths: &[PathBuf]) -> Result<Found, (PathBuf, ReadError)> {
    let mut found = Found::default();
    let mut open = Vec::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| (path.clone(), error.into()))?;
        if metadata.is_dir() {
            fs::read_dir(path).map_err(|error| (path.clone(), error.into()))?;
            open.push(path.clone());
        } else {
            found.files.push(path.clone());
        }
    }
    let mut count = 0_usize;
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        let mut folders = Vec::new();
        for entry in entries.filter_map(Result::ok) {
            count += 1;
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && is_archive(&entry.path()) {
                found.files.push(entry.path());
            }
        }
        if count > MOST {
            found.is_cut = true;
            break;
        }
        open.extend(below(&folder, folders, &mut found));
    }
    found.files.sort_unstable();
    found.files.dedup();
    for (number, path) in found.files.iter().enumerate() {
        if let Some(name) = path.file_name().and_then(|it| it.to_str()) {
            found.names.entry(name.to_owned()).or_default().push(number);
        }
    }
    Ok(found)
}

fn is_archive(path: &Path) -> bool {
    let name = path.file_name().and_then(|it| it.to_str());
    name.is_some_and(|name| ENDINGS.iter().any(|it| name.ends_with(it)))
}

/// The folders to look through below a folder. Stores are noted, and looked up by digest instead.
fn below(folder: &Path, folders: Vec<PathBuf>, found: &mut Found) -> Vec<PathBuf> {
    let has = |name: &str| folders.iter().any(|it| it.ends_with(name));
    if has("content-v2") {
        found.cacaches.push(folder.to_path_buf());
        return Vec::new();
    }
    let name = folder.file_name().and_then(|it| it.to_str());
    let version = name.and_then(|it| it.strip_prefix('v'));
    let is_version = version.is_some_and(|it| it.parse::<u32>().is_ok());
    if has("files") && (is_version || has("index")) {
        found.pnpm.push(folder.to_path_buf());
        return Vec::new();
    }
    folders
}
