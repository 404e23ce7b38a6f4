//! Reads an archive in one pass: its digests, its entries, and the identifiers of what it unpacks to. Takes bytes from a
//! [`Read`] and writes nothing anywhere.

use std::io::{self, BufReader, Read};

use bomtrail_graph::HashAlgorithm;

use crate::bounded::Bounded;
use crate::contents::{ArchiveFile, Client, Contents, FileKind};
use crate::digests::Hashing;
use crate::error::ArchiveError;
use crate::gunzip::Gunzip;
use crate::header::{Item, Overrides, Target};
use crate::layout::{Layout, Unplaced, inner_path};
use crate::limits::Limits;
use crate::machine_code::machine_code;
use crate::object_id::{ObjectFormat, ObjectHasher};
use crate::tree;
use crate::zip;

/// The length of a block of a tar archive, in bytes.
const BLOCK: usize = 512;

/// How an archive is read.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct ReadOptions<'a> {
    /// Whose rules decide what it unpacks to.
    pub client: Client,
    /// How much it may ask for.
    pub limits: Limits,
    /// Which digests of its bytes to compute.
    pub digests: &'a [HashAlgorithm],
    /// How to identify its files.
    pub format: ObjectFormat,
    /// Which files to keep the content of, by their path without the first folder and their length in bytes.
    pub keep: &'a dyn Fn(&str, u64) -> bool,
}

impl ReadOptions<'_> {
    /// By the rules of a client, without digests and without keeping any content.
    pub fn of(client: Client) -> Self {
        Self {
            client,
            limits: Limits::default(),
            digests: &[],
            format: ObjectFormat::Sha1,
            keep: &|_, _| false,
        }
    }

    /// Sets options by name.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}

/// Reads an archive of `size` bytes: a tar archive in gzip format, or a zip file where the client reads those.
///
/// # Errors
/// [`ArchiveError`] when the archive is damaged, ambiguous, or asks for more than the limits allow.
pub fn read(
    source: impl Read,
    size: u64,
    options: &ReadOptions<'_>,
) -> Result<Contents, ArchiveError> {
    let limits = &options.limits;
    if size > limits.size {
        let limit = limits.size;
        return Err(ArchiveError::TooLarge { size, limit });
    }
    let hashing = Hashing::new(source.take(size.saturating_add(1)), size, options.digests);
    let mut compressed = BufReader::with_capacity(1 << 16, hashing);
    let starts = io::BufRead::fill_buf(&mut compressed).map_err(ArchiveError::Io)?;
    let limit = limits.unpacked_of(size);
    let (unplaced, unpacked, mut hashing) =
        if starts.starts_with(&zip::START) && zip::is_read_by(options.client) {
            let (entries, unpacked) = zip::read_entries(&mut compressed, limit, options)?;
            (entries, unpacked, compressed.into_inner())
        } else if starts.starts_with(&[0x1f, 0x8b]) && options.client != Client::Yarn {
            read_tar(compressed, limit, options)?
        } else {
            return Err(match options.client {
                Client::Yarn => ArchiveError::Zip("does not begin with an entry"),
                Client::Npm | Client::Tar => ArchiveError::NotGzip,
            });
        };
    io::copy(&mut hashing, &mut io::sink()).map_err(ArchiveError::Io)?;
    if hashing.read != size {
        return Err(ArchiveError::Changed);
    }
    let (digests, archive_id) = hashing.finish();
    let (files, oddities) = Layout::new(options.client, unplaced).finish();
    Ok(Contents {
        digests,
        size,
        unpacked,
        archive_id: Some(archive_id),
        directory_id: tree::directory_id(&files, options.format),
        files,
        oddities,
    })
}

/// Entries, how many bytes they unpack to, and the source as far as it was not read.
type Entries<R> = (Vec<Unplaced>, u64, Hashing<R>);

/// Reads a tar archive in gzip format that may unpack to `limit` bytes.
fn read_tar<R: Read>(
    compressed: BufReader<Hashing<R>>,
    limit: u64,
    options: &ReadOptions<'_>,
) -> Result<Entries<R>, ArchiveError> {
    let bounded = Bounded::new(Gunzip::new(compressed), limit);
    let mut archive = tar::Archive::new(bounded);
    let entries = read_entries(&mut archive, options);
    let mut bounded = archive.into_inner();
    let entries = entries.and_then(|it| end(&mut bounded).map(|()| it));
    if bounded.is_exceeded() {
        return Err(ArchiveError::Bomb { limit });
    }
    let unplaced = entries?;
    let unpacked = bounded.count();
    let rest = bounded.into_inner().into_inner();
    let rest = rest.ok_or(ArchiveError::Changed)?;
    Ok((unplaced, unpacked, rest.into_inner()))
}

fn read_entries<R: Read>(
    archive: &mut tar::Archive<R>,
    options: &ReadOptions<'_>,
) -> Result<Vec<Unplaced>, ArchiveError> {
    let limits = &options.limits;
    let mut found = Vec::new();
    let mut overrides = Overrides::default();
    let (mut kept, mut names) = (0, 0);
    let entries = archive.entries().map_err(ArchiveError::Damaged)?;
    for (number, entry) in entries.raw(true).enumerate() {
        if number >= limits.entries {
            let limit = limits.entries;
            return Err(ArchiveError::TooManyEntries { limit });
        }
        let mut entry = entry.map_err(ArchiveError::Damaged)?;
        let Some(item) = overrides.item(&mut entry, options)? else {
            continue;
        };
        names += item.path.len() + item.link.as_ref().map_or(0, Vec::len);
        if names > limits.names {
            let limit = limits.names;
            return Err(ArchiveError::LongNames { limit });
        }
        let keep = item.target == Target::File
            && kept + item.size <= limits.kept
            && inner_path(options.client, &item.path)
                .is_some_and(|inner| (options.keep)(&inner, item.size));
        let file = file(&mut entry, &item, options.format, keep)?;
        kept += file.content.as_ref().map_or(0, |_| item.size);
        found.push(Unplaced {
            path: item.path,
            target: item.target,
            link: item.link,
            file,
        });
    }
    if !overrides.is_empty() {
        let cut = io::Error::from(io::ErrorKind::UnexpectedEof);
        return Err(ArchiveError::Damaged(cut));
    }
    Ok(found)
}

/// Reads what follows the entries. Programs stop at one block of zeros or at two, so another block after the first one may be
/// an entry.
fn end(archive: &mut impl Read) -> Result<(), ArchiveError> {
    let mut block = Vec::with_capacity(BLOCK);
    let mut second = archive.by_ref().take(BLOCK as u64);
    let read = second.read_to_end(&mut block);
    read.map_err(ArchiveError::Damaged)?;
    if block.iter().any(|it| *it != 0) {
        return Err(ArchiveError::AfterEnd);
    }
    let rest = io::copy(archive, &mut io::sink());
    rest.map(|_| ()).map_err(ArchiveError::Damaged)
}

/// The file that an entry is.
fn file(
    entry: &mut impl Read,
    item: &Item,
    format: ObjectFormat,
    keep: bool,
) -> Result<ArchiveFile, ArchiveError> {
    let mut found = match item.target {
        Target::File => content(entry, item.size, format, keep)?,
        // What a link leads to is its content.
        Target::Symlink => content(
            &mut item.link.as_deref().unwrap_or_default(),
            item.link
                .as_ref()
                .map_or(0, |it| u64::try_from(it.len()).unwrap_or(0)),
            format,
            false,
        )?,
        Target::Folder | Target::HardLink | Target::Device => {
            content(&mut io::empty(), 0, format, false)?
        }
    };
    found.kind = item.target.kind(item.is_executable);
    Ok(found)
}

/// Reads a content of `size` bytes.
pub(crate) fn content(
    source: &mut impl Read,
    size: u64,
    format: ObjectFormat,
    keep: bool,
) -> Result<ArchiveFile, ArchiveError> {
    let mut hasher = ObjectHasher::new(format, "blob", size);
    let mut kept = Vec::new();
    let mut magic = Vec::new();
    let mut buffer = [0; 1 << 14];
    let mut read = 0_u64;
    loop {
        let count = source.read(&mut buffer).map_err(ArchiveError::Damaged)?;
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        if magic.is_empty() {
            magic.extend_from_slice(bytes.get(..16).unwrap_or(bytes));
        }
        read = read.saturating_add(u64::try_from(count).unwrap_or_default());
        hasher.update(bytes);
        if keep {
            kept.extend_from_slice(bytes);
        }
    }
    if read != size {
        let cut = io::Error::from(io::ErrorKind::UnexpectedEof);
        return Err(ArchiveError::Damaged(cut));
    }
    Ok(ArchiveFile {
        kind: FileKind::Plain,
        size,
        id: hasher.finish(),
        raw_path: None,
        machine_code: machine_code(&magic),
        content: keep.then(|| kept.into()),
    })
}

impl Target {
    /// The kind of file that it unpacks to.
    pub(crate) fn kind(self, is_executable: bool) -> FileKind {
        match self {
            Self::Symlink => FileKind::Link,
            Self::Folder => FileKind::Folder,
            Self::File | Self::HardLink | Self::Device if is_executable => FileKind::Executable,
            Self::File | Self::HardLink | Self::Device => FileKind::Plain,
        }
    }
}
