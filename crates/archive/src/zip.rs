//! Zip files, read from the beginning to the end. A zip file describes each entry twice, and programs differ in which description
//! they use and in what they ignore between entries. So both must say the same, and every byte must belong to an entry.

use std::io::{self, BufRead, Read};

use flate2::CrcReader;
use flate2::read::DeflateDecoder;

use crate::contents::Client;
use crate::error::ArchiveError;
use crate::header::Target;
use crate::layout::{Unplaced, inner_path};
use crate::read::{ReadOptions, content};

/// How a zip file with an entry begins.
pub(crate) const START: [u8; 4] = *b"PK\x03\x04";
/// The signature of an entry's second description.
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// The signature of the end.
const END: [u8; 4] = *b"PK\x05\x06";
/// Flags that do not change how an entry is read: how hard the compressor tried, and UTF-8.
const HARMLESS: u16 = 0x0806;
/// Extra fields that replace sizes (ZIP64) or names.
const REPLACING: [u16; 2] = [0x0001, 0x7075];
/// The number of the system whose modes are in the attributes.
const UNIX: u16 = 3;

/// The features that no package needs.
const UNSUPPORTED: ArchiveError = ArchiveError::Zip(
    "uses ZIP64, encryption, sizes after contents, or another compression than deflate",
);

/// What is stated twice about an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stated {
    flags: u16,
    method: u16,
    crc: u32,
    compressed: u32,
    size: u32,
}

/// An entry whose second description was not read yet.
struct Local {
    stated: Stated,
    offset: u64,
    /// The content where it is short, because it may be the target of a link.
    short: Option<Vec<u8>>,
}

/// Little-endian fields, one after the other.
struct Fields<'b>(&'b [u8]);

impl Fields<'_> {
    fn two(&mut self) -> u16 {
        let (bytes, rest) = self.0.split_first_chunk().unwrap_or((&[0; 2], &[]));
        self.0 = rest;
        u16::from_le_bytes(*bytes)
    }

    fn four(&mut self) -> u32 {
        let (bytes, rest) = self.0.split_first_chunk().unwrap_or((&[0; 4], &[]));
        self.0 = rest;
        u32::from_le_bytes(*bytes)
    }

    /// Flags to size. Times are between, and mean nothing.
    fn stated(&mut self) -> Stated {
        let (flags, method) = (self.two(), self.two());
        self.four();
        Stated {
            flags,
            method,
            crc: self.four(),
            compressed: self.four(),
            size: self.four(),
        }
    }
}

/// A source that counts.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += u64::try_from(count).unwrap_or_default();
        Ok(count)
    }
}

/// A zip file as far as it was read.
struct Zip<'o, R> {
    source: Counted<R>,
    options: &'o ReadOptions<'o>,
    limit: u64,
    found: Vec<Unplaced>,
    locals: Vec<Local>,
    unpacked: u64,
    names: usize,
    /// How many bytes of contents are kept, for the caller and because they are short.
    kept: (u64, usize),
}

/// Reads the entries of a zip file that may unpack to `limit` bytes; also how many bytes it unpacks to.
pub(crate) fn read_entries(
    source: &mut impl BufRead,
    limit: u64,
    options: &ReadOptions<'_>,
) -> Result<(Vec<Unplaced>, u64), ArchiveError> {
    let mut zip = Zip {
        source: Counted {
            inner: source,
            count: 0,
        },
        options,
        limit,
        found: Vec::new(),
        locals: Vec::new(),
        unpacked: 0,
        names: 0,
        kept: (0, 0),
    };
    let mut signature = zip.signature()?;
    while signature == START {
        zip.local()?;
        signature = zip.signature()?;
    }
    let start = zip.source.count - 4;
    let mut number = 0;
    while signature == CENTRAL {
        zip.central(number)?;
        number += 1;
        signature = zip.signature()?;
    }
    if signature != END {
        return Err(ArchiveError::Zip("has bytes that belong to no entry"));
    }
    zip.end(start, number)?;
    Ok((zip.found, zip.unpacked))
}

impl<R: BufRead> Zip<'_, R> {
    fn signature(&mut self) -> Result<[u8; 4], ArchiveError> {
        self.array()
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ArchiveError> {
        let mut bytes = [0; N];
        let read = self.source.read_exact(&mut bytes);
        read.map_err(ArchiveError::Damaged)?;
        Ok(bytes)
    }

    fn bytes(&mut self, length: u16) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = vec![0; usize::from(length)];
        let read = self.source.read_exact(&mut bytes);
        read.map_err(ArchiveError::Damaged)?;
        Ok(bytes)
    }

    /// A name and the extra fields after it.
    fn name(&mut self, length: u16, extra: u16) -> Result<Vec<u8>, ArchiveError> {
        let limits = &self.options.limits;
        if usize::from(length) > limits.path {
            let (length, limit) = (u64::from(length), limits.path);
            return Err(ArchiveError::LongPath { length, limit });
        }
        let name = self.bytes(length)?;
        let extra = self.bytes(extra)?;
        let mut fields = Fields(&extra);
        while !fields.0.is_empty() {
            let (id, length) = (fields.two(), fields.two());
            if REPLACING.contains(&id) {
                return Err(UNSUPPORTED);
            }
            fields.0 = fields.0.get(usize::from(length)..).unwrap_or_default();
        }
        Ok(name)
    }

    /// An entry with its content.
    fn local(&mut self) -> Result<(), ArchiveError> {
        let limits = self.options.limits;
        let offset = self.source.count - 4;
        let header: [u8; 26] = self.array()?;
        let mut fields = Fields(&header);
        fields.two();
        let stated = fields.stated();
        let (length, extra) = (fields.two(), fields.two());
        let path = self.name(length, extra)?;
        self.names += path.len();
        if self.locals.len() >= limits.entries {
            let limit = limits.entries;
            return Err(ArchiveError::TooManyEntries { limit });
        }
        if self.names > limits.names {
            let limit = limits.names;
            return Err(ArchiveError::LongNames { limit });
        }
        let size = u64::from(stated.size);
        self.unpacked += size;
        if self.unpacked > self.limit {
            let limit = self.limit;
            return Err(ArchiveError::Bomb { limit });
        }
        self.add(path, stated, offset)
    }

    /// Reads the content of an entry.
    fn add(&mut self, path: Vec<u8>, stated: Stated, offset: u64) -> Result<(), ArchiveError> {
        let options = self.options;
        let size = u64::from(stated.size);
        let is_plain = stated.method == 0 && stated.compressed == stated.size;
        if stated.flags & !HARMLESS != 0 || !(is_plain || stated.method == 8) {
            return Err(UNSUPPORTED);
        }
        let inner = inner_path(options.client, &path);
        let fits = self.kept.0 + size <= options.limits.kept;
        let keep = fits && inner.is_some_and(|it| (options.keep)(&it, size));
        let room = options.limits.names.saturating_sub(self.kept.1);
        let is_short = size <= room.min(options.limits.path) as u64;
        let mut packed = (&mut self.source).take(u64::from(stated.compressed));
        let (file, crc) = if stated.method == 0 {
            contents(&mut packed, size, options, keep || is_short)?
        } else {
            // One more byte than stated is too many.
            let mut unpacked = DeflateDecoder::new(&mut packed).take(size + 1);
            contents(&mut unpacked, size, options, keep || is_short)?
        };
        if packed.limit() > 0 {
            return Err(ArchiveError::Zip("has bytes that belong to no entry"));
        }
        if crc != stated.crc {
            return Err(ArchiveError::Zip("has an entry with a wrong checksum"));
        }
        let mut file = file;
        let short = file.content.as_ref().filter(|_| is_short);
        let short = short.map(|it| it.to_vec());
        if keep {
            self.kept.0 += size;
        } else {
            file.content = None;
        }
        self.kept.1 += short.as_ref().map_or(0, Vec::len);
        self.locals.push(Local {
            stated,
            offset,
            short,
        });
        self.found.push(Unplaced {
            path,
            target: Target::File,
            link: None,
            file,
        });
        Ok(())
    }

    /// The second description of an entry, which has its kind.
    fn central(&mut self, number: usize) -> Result<(), ArchiveError> {
        let header: [u8; 42] = self.array()?;
        let mut fields = Fields(&header);
        let system = fields.two() >> 8;
        fields.two();
        let stated = fields.stated();
        let (length, extra, comment) = (fields.two(), fields.two(), fields.two());
        let disk = fields.two();
        fields.two();
        let attributes = fields.four();
        let offset = u64::from(fields.four());
        let name = self.name(length, extra)?;
        self.bytes(comment)?;
        let same = |local: &Local, found: &Unplaced| {
            local.stated == stated && local.offset == offset && found.path == name && disk == 0
        };
        let locals = self.locals.get_mut(number).zip(self.found.get_mut(number));
        let Some((local, found)) = locals.filter(|(local, found)| same(local, found)) else {
            return Err(ArchiveError::Zip(
                "has two descriptions of an entry that differ",
            ));
        };
        let mode = if system == UNIX { attributes >> 16 } else { 0 };
        found.target = target(mode, &name);
        if found.target == Target::Folder && stated.size > 0 {
            return Err(ArchiveError::Zip("has a folder with a content"));
        }
        if found.target == Target::Symlink {
            let link = local.short.take();
            found.link =
                Some(link.ok_or(ArchiveError::Zip("has a link whose target is too long"))?);
        }
        found.file.kind = found.target.kind(mode & 0o100 != 0);
        Ok(())
    }

    fn end(&mut self, start: u64, number: usize) -> Result<(), ArchiveError> {
        let length = self.source.count - 4 - start;
        let header: [u8; 18] = self.array()?;
        let mut fields = Fields(&header);
        let disks = fields.four();
        let counts = (fields.two(), fields.two());
        let directory = (u64::from(fields.four()), u64::from(fields.four()));
        let comment = fields.two();
        let all = usize::from(counts.0);
        if number != self.locals.len()
            || all != number
            || counts.0 != counts.1
            || disks != 0
            || directory != (length, start)
        {
            return Err(ArchiveError::Zip(
                "has two descriptions of an entry that differ",
            ));
        }
        let mut rest = [0];
        let more = self.source.read(&mut rest).map_err(ArchiveError::Io)?;
        if comment > 0 || more > 0 {
            // Programs look for the end from the end, and may find another one.
            return Err(ArchiveError::AfterEnd);
        }
        Ok(())
    }
}

/// Reads a content of `size` bytes, and its checksum.
fn contents(
    source: &mut impl Read,
    size: u64,
    options: &ReadOptions<'_>,
    keep: bool,
) -> Result<(crate::contents::ArchiveFile, u32), ArchiveError> {
    let mut source = CrcReader::new(source);
    let file = content(&mut source, size, options.format, keep)?;
    Ok((file, source.crc().sum()))
}

/// What an entry is, by the mode of Unix and its name.
fn target(mode: u32, name: &[u8]) -> Target {
    match (mode & 0o170_000, name.ends_with(b"/")) {
        (0o120_000, false) => Target::Symlink,
        (0o040_000 | 0, true) => Target::Folder,
        (0o100_000 | 0, false) => Target::File,
        _ => Target::Device,
    }
}

/// Whether a client reads zip files.
pub(crate) fn is_read_by(client: Client) -> bool {
    match client {
        Client::Yarn | Client::Tar => true,
        Client::Npm => false,
    }
}
