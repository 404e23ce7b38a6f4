//! An index of advisories: a file in which a package is found by reading its directory and one block.

use std::cell::RefCell;
use std::io;

use bomtrail_graph::AdvisorySource;

use crate::builder::{HEADER, MAGIC, key};
use crate::codec::Decoder;

/// The largest directory and the largest block that are read, in bytes.
const LARGEST: u64 = 256 << 20;

/// Where the bytes of an index are.
pub trait Storage {
    /// How many bytes there are.
    ///
    /// # Errors
    /// When the system refuses.
    fn size(&self) -> io::Result<u64>;

    /// The bytes at an offset; an error where there are fewer.
    ///
    /// # Errors
    /// When the system refuses, or the bytes end too early.
    fn read_at(&self, offset: u64, length: usize) -> io::Result<Vec<u8>>;
}

impl Storage for Vec<u8> {
    fn size(&self) -> io::Result<u64> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let start = usize::try_from(offset).ok();
        let end = start.and_then(|it| it.checked_add(length));
        let found = start.zip(end).and_then(|(start, end)| self.get(start..end));
        found
            .map(<[u8]>::to_vec)
            .ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The file cannot be read.
    #[error("the index cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The bytes are not those that were written.
    #[error("the index is damaged; make it again with `bomtrail advisories index`")]
    Damaged,
    /// It was written by another version.
    #[error(
        "the index has another format than this version reads; make it again with `bomtrail advisories index`"
    )]
    Format,
}

/// One block of an index.
#[derive(Debug)]
struct Block {
    first: Box<str>,
    offset: u64,
    length: usize,
    checksum: u32,
}

/// An index that is open.
pub struct Index {
    storage: Box<dyn Storage>,
    blocks: Vec<Block>,
    sources: Vec<AdvisorySource>,
    /// The block that was read last, because lookups are mostly in order.
    last: RefCell<Option<(usize, Vec<u8>)>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let blocks = self.blocks.len();
        f.debug_struct("Index")
            .field("blocks", &blocks)
            .field("sources", &self.sources)
            .finish_non_exhaustive()
    }
}

/// True when bytes begin as those of an index do, of any version.
pub fn is_index(start: &[u8]) -> bool {
    start.starts_with(b"bomtrail-adv")
}

impl Index {
    /// Opens an index and reads its directory.
    ///
    /// # Errors
    /// [`IndexError`] when it cannot be read, is damaged, or is of another version.
    pub fn open(storage: Box<dyn Storage>) -> Result<Self, IndexError> {
        let size = storage.size()?;
        let header = storage.read_at(0, HEADER)?;
        if !header.starts_with(MAGIC) {
            return Err(IndexError::Format);
        }
        let (offset, length, checksum) = header_fields(&header).ok_or(IndexError::Damaged)?;
        let ends = offset.checked_add(length).is_some_and(|it| it <= size);
        if !ends || length > LARGEST {
            return Err(IndexError::Damaged);
        }
        let length = usize::try_from(length).map_err(|_| IndexError::Damaged)?;
        let directory = storage.read_at(offset, length)?;
        if crc32fast::hash(&directory) != checksum {
            return Err(IndexError::Damaged);
        }
        let blocks = read_directory(&directory, size).ok_or(IndexError::Damaged)?;
        let mut index = Self {
            storage,
            blocks,
            sources: Vec::new(),
            last: RefCell::new(None),
        };
        let sources = index.get(key::SOURCES)?.ok_or(IndexError::Damaged)?;
        index.sources = read_sources(&sources).ok_or(IndexError::Damaged)?;
        Ok(index)
    }

    /// What it was made of.
    pub fn sources(&self) -> &[AdvisorySource] {
        &self.sources
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Result<Option<Vec<u8>>, IndexError> {
        let after = self.blocks.partition_point(|it| *it.first <= *key);
        let Some(number) = after.checked_sub(1) else {
            return Ok(None);
        };
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(it, _)| *it != number) {
            *last = Some((number, self.block(number)?));
        }
        let Some((_, bytes)) = last.as_ref() else {
            return Ok(None);
        };
        let mut decoder = Decoder(bytes);
        while !decoder.is_empty() {
            let found = decoder.bytes().ok_or(IndexError::Damaged)?;
            let value = decoder.bytes().ok_or(IndexError::Damaged)?;
            if found == key.as_bytes() {
                return Ok(Some(value.to_vec()));
            }
            if found > key.as_bytes() {
                break;
            }
        }
        Ok(None)
    }

    /// The items of a key: the position of the source, and the bytes.
    pub(crate) fn items(&self, key: &str) -> Result<Vec<(usize, Vec<u8>)>, IndexError> {
        let mut items = Vec::new();
        let value = self.get(key)?.unwrap_or_default();
        let mut decoder = Decoder(&value);
        while !decoder.is_empty() {
            let source = decoder.number().and_then(|it| usize::try_from(it).ok());
            let source = source.filter(|it| *it < self.sources.len());
            let bytes = decoder.bytes().ok_or(IndexError::Damaged)?;
            items.push((source.ok_or(IndexError::Damaged)?, bytes.to_vec()));
        }
        Ok(items)
    }

    fn block(&self, number: usize) -> Result<Vec<u8>, IndexError> {
        let block = self.blocks.get(number).ok_or(IndexError::Damaged)?;
        let bytes = self.storage.read_at(block.offset, block.length)?;
        if crc32fast::hash(&bytes) == block.checksum {
            Ok(bytes)
        } else {
            Err(IndexError::Damaged)
        }
    }
}

/// Offset, length and checksum of the directory.
fn header_fields(header: &[u8]) -> Option<(u64, u64, u32)> {
    let rest = header.get(MAGIC.len()..)?;
    let (offset, rest) = rest.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (checksum, _) = rest.split_first_chunk::<4>()?;
    Some((
        u64::from_le_bytes(*offset),
        u64::from_le_bytes(*length),
        u32::from_le_bytes(*checksum),
    ))
}

fn read_directory(bytes: &[u8], size: u64) -> Option<Vec<Block>> {
    let mut decoder = Decoder(bytes);
    let count = decoder.count()?;
    let mut blocks: Vec<Block> = Vec::with_capacity(count);
    for _ in 0..count {
        let block = Block {
            first: decoder.text()?.into(),
            offset: decoder.number()?,
            length: usize::try_from(decoder.number()?).ok()?,
            checksum: u32::try_from(decoder.number()?).ok()?,
        };
        let length = block.length as u64;
        let fits = block
            .offset
            .checked_add(length)
            .is_some_and(|it| it <= size);
        let sorted = blocks.last().is_none_or(|it| it.first < block.first);
        if !fits || !sorted || length > LARGEST {
            return None;
        }
        blocks.push(block);
    }
    Some(blocks)
}

fn read_sources(bytes: &[u8]) -> Option<Vec<AdvisorySource>> {
    let mut decoder = Decoder(bytes);
    let mut sources = Vec::new();
    while !decoder.is_empty() {
        let (name, sha256) = (decoder.text()?, decoder.text()?);
        let (entries, damaged) = (decoder.number()?, decoder.number()?);
        let newest = decoder.modified()?.time;
        let ecosystems = decoder.texts()?;
        sources.push(AdvisorySource::default().with(|it| {
            it.name = name.into();
            it.sha256 = sha256.into();
            it.entries = entries;
            it.damaged = damaged;
            it.newest = newest;
            it.ecosystems = ecosystems.into_iter().map(Into::into).collect();
        }));
    }
    Some(sources)
}
