//! What archives unpack to, how they are identified, and what hostile ones are refused for.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests")]

mod hostile;
mod identifiers;
mod layout;
mod manifests;
mod zips;

use bomtrail_archive::{ArchiveError, Client, Contents, ReadOptions, read};

/// Reads an archive and keeps the contents of all files.
fn open(client: Client, bytes: &[u8]) -> Result<Contents, ArchiveError> {
    let options = ReadOptions::of(client).with(|it| it.keep = &|_, _| true);
    read(bytes, bytes.len() as u64, &options)
}
