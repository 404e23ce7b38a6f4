//! The headers of a tar archive: long names and sizes of pax and GNU headers, applied to the entry that follows. Where two
//! headers disagree, programs read two different archives, so such an archive is refused.

use std::borrow::Cow;
use std::io::Read;

use tar::{Entry, EntryType, Header, PaxExtensions};

use crate::contents::Client;
use crate::error::ArchiveError;
use crate::limits::Limits;
use crate::read::ReadOptions;

/// Where the field for the beginning of a long name is in a header.
const PREFIX: usize = 345;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    File,
    Folder,
    Symlink,
    HardLink,
    /// A device, a pipe, or unknown.
    Device,
}

/// An entry as all its headers describe it.
pub(crate) struct Item {
    pub(crate) path: Vec<u8>,
    /// What a link leads to.
    pub(crate) link: Option<Vec<u8>>,
    pub(crate) target: Target,
    pub(crate) size: u64,
    pub(crate) is_executable: bool,
}

/// What headers state about the entry that follows.
#[derive(Default)]
pub(crate) struct Overrides {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Overrides {
    /// True when nothing is stated about the next entry.
    pub(crate) fn is_empty(&self) -> bool {
        self.path.is_none() && self.link.is_none() && self.size.is_none()
    }

    /// The entry with what was stated before it; `None` for a header that is about the next one.
    pub(crate) fn item<R: Read>(
        &mut self,
        entry: &mut Entry<'_, R>,
        options: &ReadOptions<'_>,
    ) -> Result<Option<Item>, ArchiveError> {
        let limits = &options.limits;
        refuse_ambiguous(entry.header(), options.client)?;
        let kind = entry.header().entry_type();
        let is_extension = kind.is_gnu_longname()
            || kind.is_gnu_longlink()
            || kind.is_pax_local_extensions()
            || kind.is_pax_global_extensions();
        if is_extension && self.size.is_some() {
            // Some programs apply the size to this header, and others to the entry.
            return Err(contradiction(&entry.path_bytes(), "sizes"));
        }
        if kind.is_gnu_longname() {
            let name = without_nul(extension(entry, limits)?);
            set(&mut self.path, name, "names")?;
        } else if kind.is_gnu_longlink() {
            let name = without_nul(extension(entry, limits)?);
            set(&mut self.link, name, "link targets")?;
        } else if kind.is_pax_local_extensions() {
            let bytes = extension(entry, limits)?;
            self.pax(&bytes)?;
        } else if kind.is_pax_global_extensions() {
            let bytes = extension(entry, limits)?;
            refuse_global(&bytes)?;
        } else {
            return std::mem::take(self).applied(entry, limits).map(Some);
        }
        Ok(None)
    }

    fn pax(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        for extension in PaxExtensions::new(bytes) {
            let extension = extension.map_err(ArchiveError::Damaged)?;
            let value = extension.value_bytes();
            let key = String::from_utf8_lossy(extension.key_bytes());
            match &*key {
                "path" => set(&mut self.path, value.to_vec(), "names")?,
                "linkpath" => set(&mut self.link, value.to_vec(), "link targets")?,
                "size" => {
                    let text = String::from_utf8_lossy(value);
                    // What is not a number agrees with no header.
                    self.size = Some(text.parse().unwrap_or(u64::MAX));
                }
                key if key.starts_with("GNU.sparse.") => {
                    let path = self.path.as_deref().unwrap_or_default();
                    let path = shown(path);
                    return Err(ArchiveError::Sparse { path });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn applied<R: Read>(self, entry: &Entry<'_, R>, limits: &Limits) -> Result<Item, ArchiveError> {
        let header = entry.header();
        let path = self.path.unwrap_or_else(|| entry.path_bytes().into_owned());
        if path.len() > limits.path {
            let length = u64::try_from(path.len()).unwrap_or(u64::MAX);
            let limit = limits.path;
            return Err(ArchiveError::LongPath { length, limit });
        }
        if path.is_empty() {
            return Err(contradiction(&path, "names"));
        }
        let size = header.entry_size().map_err(ArchiveError::Damaged)?;
        if self.size.is_some_and(|it| it != size) {
            return Err(contradiction(&path, "sizes"));
        }
        let link = self.link;
        let link = link.or_else(|| header.link_name_bytes().map(Cow::into_owned));
        let target = match header.entry_type() {
            EntryType::GNUSparse => {
                let path = shown(&path);
                return Err(ArchiveError::Sparse { path });
            }
            // Archives of before POSIX mark a folder by the slash at its end.
            EntryType::Regular if path.ends_with(b"/") => Target::Folder,
            EntryType::Regular | EntryType::Continuous => Target::File,
            EntryType::Directory => Target::Folder,
            EntryType::Symlink => Target::Symlink,
            EntryType::Link => Target::HardLink,
            _ => Target::Device,
        };
        // npm skips a file that has a link target, and takes its content for the headers of more entries.
        let is_link = matches!(target, Target::Symlink | Target::HardLink);
        if is_link != link.as_ref().is_some_and(|it| !it.is_empty()) {
            return Err(contradiction(&path, "kinds"));
        }
        if size > 0 && (is_link || target == Target::Folder) {
            return Err(contradiction(&path, "sizes"));
        }
        let mode = header.mode().unwrap_or_default();
        Ok(Item {
            path,
            link,
            target,
            size,
            is_executable: mode & 0o100 != 0,
        })
    }
}

/// Refuses a header whose name is in a field that only some programs read, or that some programs take for the end.
fn refuse_ambiguous(header: &Header, client: Client) -> Result<(), ArchiveError> {
    let raw = header.as_bytes();
    let has_prefix = raw.get(PREFIX).is_some_and(|it| *it != 0);
    let is_unread = header.as_ustar().is_none() && has_prefix;
    if raw.first() == Some(&0) || (is_unread && client == Client::Npm) {
        return Err(contradiction(&header.path_bytes(), "names"));
    }
    Ok(())
}

fn contradiction(path: &[u8], what: &'static str) -> ArchiveError {
    let path = shown(path);
    ArchiveError::Contradiction { path, what }
}

/// Sets what is stated once; a second value is a contradiction.
fn set(slot: &mut Option<Vec<u8>>, value: Vec<u8>, what: &'static str) -> Result<(), ArchiveError> {
    if slot.as_ref().is_some_and(|it| *it != value) {
        return Err(contradiction(&value, what));
    }
    *slot = Some(value);
    Ok(())
}

/// The content of a header entry.
fn extension<R: Read>(entry: &mut Entry<'_, R>, limits: &Limits) -> Result<Vec<u8>, ArchiveError> {
    // A pax header has a few short fields besides the two paths.
    let limit = limits.path.saturating_mul(4);
    let length = entry.header().entry_size().map_err(ArchiveError::Damaged)?;
    if length > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(ArchiveError::LongPath { length, limit });
    }
    let mut bytes = Vec::new();
    let read = entry.read_to_end(&mut bytes);
    read.map_err(ArchiveError::Damaged)?;
    Ok(bytes)
}

fn refuse_global(bytes: &[u8]) -> Result<(), ArchiveError> {
    for extension in PaxExtensions::new(bytes) {
        let extension = extension.map_err(ArchiveError::Damaged)?;
        let key = String::from_utf8_lossy(extension.key_bytes());
        if matches!(&*key, "path" | "linkpath" | "size") {
            let key = key.into_owned();
            return Err(ArchiveError::GlobalHeader { key });
        }
    }
    Ok(())
}

fn without_nul(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last() == Some(&0) {
        bytes.pop();
    }
    bytes
}

fn shown(path: &[u8]) -> String {
    let text = String::from_utf8_lossy(path);
    text.escape_debug().take(200).collect()
}
