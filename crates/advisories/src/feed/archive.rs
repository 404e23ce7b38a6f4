//! Zip archives of OSV records, as OSV offers one for each ecosystem.

use std::io::{Read, Seek};

use bomtrail_graph::Diagnostics;
use zip::ZipArchive;

use super::read_json;
use crate::builder::Builder;
use crate::diags;

/// The largest record in an archive, in bytes.
const LARGEST_RECORD: u64 = 32 << 20;
/// The most records, and the most bytes of all of them.
const MOST_RECORDS: usize = 4_000_000;
const MOST_BYTES: u64 = 16 << 30;

/// Why an archive cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// It is not a valid archive.
    #[error("it is not a valid zip archive: {0}")]
    Invalid(String),
    /// It has more than a database of advisories has.
    #[error("it has more than {MOST_RECORDS} records or {} GiB", MOST_BYTES >> 30)]
    TooLarge,
}

/// Adds the records of an archive to the source that was begun. A record that cannot be read is reported and counted as
/// damaged.
///
/// # Errors
/// [`ArchiveError`] when the archive as a whole cannot be read.
pub fn read_archive(
    builder: &mut Builder,
    name: &str,
    bytes: impl Read + Seek,
    diagnostics: &mut Diagnostics,
) -> Result<(), ArchiveError> {
    let invalid = |it: zip::result::ZipError| ArchiveError::Invalid(it.to_string());
    let mut archive = ZipArchive::new(bytes).map_err(invalid)?;
    if archive.len() > MOST_RECORDS {
        return Err(ArchiveError::TooLarge);
    }
    let mut total = 0_u64;
    let mut buffer = Vec::new();
    for number in 0..archive.len() {
        buffer.clear();
        let mut label = format!("{name}#{number}");
        let read = archive.by_index(number).map_err(invalid).and_then(|entry| {
            if !entry.is_file() {
                return Ok(false);
            }
            if let Ok(inside) = entry.name() {
                label = [name, "!", &inside].concat();
                if !inside.ends_with(".json") {
                    return Ok(false);
                }
            }
            let failed = |it: std::io::Error| ArchiveError::Invalid(it.to_string());
            let mut limited = entry.take(LARGEST_RECORD + 1);
            limited.read_to_end(&mut buffer).map_err(failed)?;
            Ok(true)
        });
        total += buffer.len() as u64;
        if total > MOST_BYTES {
            return Err(ArchiveError::TooLarge);
        }
        match read {
            Ok(true) if buffer.len() as u64 <= LARGEST_RECORD => {
                read_json(builder, &label, &buffer, diagnostics);
            }
            Ok(true) => {
                builder.damaged();
                let why = format!("it is larger than {} MiB", LARGEST_RECORD >> 20);
                diagnostics.push(diags::damaged(&label, None, &why));
            }
            Ok(false) => {}
            Err(error) => {
                builder.damaged();
                diagnostics.push(diags::damaged(&label, None, &error.to_string()));
            }
        }
    }
    Ok(())
}
