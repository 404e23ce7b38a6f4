//! Archives whose bytes follow from their content alone, and the archive of a release.

use std::error::Error;
use std::io::Write as _;

use flate2::{Compression, GzBuilder};

use super::Asset;
use super::payload::{Entry, Kind, Payload};
use super::release::Release;

/// The archive that people download: one folder with everything.
pub(crate) fn of(release: &Release, payload: &Payload) -> Result<Asset, Box<dyn Error>> {
    let stem = release.stem();
    let below = |folder: &str, entry: &Entry| entry.at([&stem, "/", folder, &entry.path].concat());
    let mut entries = vec![below("", &payload.program), below("", &payload.readme)];
    entries.extend(payload.licenses.iter().map(|it| below("", it)));
    let completions = payload.completions.iter();
    entries.extend(completions.map(|(_, it)| below("completions/", it)));
    entries.extend(payload.pages.iter().map(|it| below("man/", it)));
    if release.target.os == "win32" {
        let bytes = zip(&entries)?;
        return Ok(Asset::new(stem + ".zip", bytes));
    }
    let bytes = tar_gz(&entries, release.seconds)?;
    Ok(Asset::new(stem + ".tar.gz", bytes))
}

/// A tar file, compressed; every file has the same time and belongs to root.
pub(crate) fn tar_gz(entries: &[Entry], seconds: i64) -> Result<Vec<u8>, Box<dyn Error>> {
    let plain = tar(entries, seconds)?;
    gzip(&plain)
}

/// Compressed, without a time and a name.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut out = GzBuilder::new().write(Vec::new(), Compression::best());
    out.write_all(bytes)?;
    Ok(out.finish()?)
}

fn tar(entries: &[Entry], seconds: i64) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    for entry in sorted {
        let mut header = tar::Header::new_ustar();
        header.set_size(u64::try_from(entry.bytes.len())?);
        header.set_mode(entry.mode());
        if entry.kind == Kind::Folder {
            header.set_entry_type(tar::EntryType::Directory);
        }
        header.set_mtime(u64::try_from(seconds)?);
        header.set_uid(0);
        header.set_gid(0);
        tar.append_data(&mut header, &entry.path, &*entry.bytes)?;
    }
    Ok(tar.into_inner()?)
}

/// A zip file; every file has the earliest time that the format has.
pub(crate) fn zip(entries: &[Entry]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for entry in entries {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(entry.mode());
        zip.start_file(&*entry.path, options)?;
        zip.write_all(&entry.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
