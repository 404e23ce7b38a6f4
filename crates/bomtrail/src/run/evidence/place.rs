//! Where a pack goes: a new folder, an older pack, which it replaces, or a zip file.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Write};
use std::path::Path;

use bomtrail_graph::{Date, Files};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::EvidenceError;
use crate::source::{DEFAULT_SIZE_LIMIT, Disk};
use crate::write::{replace_folder, write_atomic, write_folder};

/// The file that lists the others.
pub(super) const MANIFEST: &str = "manifest.json";

/// Puts the files of a pack where they belong. A zip file has `time` (RFC 3339) on every entry.
pub(super) fn put(
    target: &Path,
    files: &[(&str, &[u8])],
    time: Option<&str>,
) -> Result<(), EvidenceError> {
    let failed = |cause: io::Error| match cause.kind() {
        io::ErrorKind::DirectoryNotEmpty => EvidenceError::NotEmpty(target.to_path_buf()),
        _ => EvidenceError::Io {
            path: target.to_path_buf(),
            cause,
        },
    };
    let ending = target.extension().and_then(|it| it.to_str());
    if ending.is_some_and(|it| it.eq_ignore_ascii_case("zip")) && !target.is_dir() {
        let bytes = zipped(files, time).map_err(failed)?;
        return write_atomic::<io::Error>(target, |out| out.write_all(&bytes)).map_err(failed);
    }
    let Some(old) = older(target) else {
        return write_folder(target, files).map_err(failed);
    };
    let pack = listed(&old).ok_or_else(|| EvidenceError::NotEmpty(target.to_path_buf()))?;
    if let Some(file) = names(&old).into_iter().find(|it| !pack.contains(it)) {
        let path = target.to_path_buf();
        return Err(EvidenceError::NotOfThePack { path, file });
    }
    replace_folder(target, files).map_err(failed)
}

/// A folder that has something in it.
fn older(target: &Path) -> Option<Disk> {
    let disk = Disk::open(target, DEFAULT_SIZE_LIMIT).ok()?;
    let is_used = target.is_dir() && !disk.list("").is_empty();
    is_used.then_some(disk)
}

/// The files that the manifest of a pack lists, and the manifest; `None` without a manifest.
fn listed(folder: &Disk) -> Option<BTreeSet<String>> {
    let manifest: serde_json::Value = serde_json::from_slice(&folder.read(MANIFEST)?).ok()?;
    if manifest.get("schema")?.as_str()? != "bomtrail/evidence/v1" {
        return None;
    }
    let files = manifest.get("files")?.as_array()?.iter();
    let files = files.filter_map(|it| it.get("path")?.as_str().map(str::to_owned));
    Some(files.chain([MANIFEST.to_owned()]).collect())
}

/// All files below a folder, by their paths with `/`.
fn names(folder: &Disk) -> Vec<String> {
    let mut open = vec![String::new()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        for name in folder.list(&path) {
            let path = if path.is_empty() {
                name
            } else {
                [&path, "/", &name].concat()
            };
            if folder.is_dir(&path) {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    found
}

fn zipped(files: &[(&str, &[u8])], time: Option<&str>) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time.and_then(entry_time).unwrap_or_default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The day of a time; the hours have no zone in a zip file and are left out.
fn entry_time(time: &str) -> Option<DateTime> {
    let day = Date::parse(time)?.to_string();
    let mut parts = day.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    DateTime::from_date_and_time(year, month, day, 0, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_same_files_make_the_same_zip_file() {
        let folder = tempfile::tempdir().unwrap();
        let files: [(&str, &[u8]); 2] = [("a", b"1"), ("deep/b", b"2")];
        let time = Some("2026-01-31T12:00:00Z");
        let target = folder.path().join("new/pack.zip");
        put(&target, &files, time).unwrap();
        let bytes = zipped(&files, time).unwrap();
        let disk = Disk::open(&folder.path().join("new"), 1 << 20).unwrap();
        assert_eq!(disk.load("pack.zip").unwrap(), bytes);
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut entry = archive.by_name("deep/b").unwrap();
        assert_eq!(entry.last_modified().map(|it| it.year()), Some(2026));
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        assert_eq!(text, "2");
    }
}
