//! Makes an index: all records of one or several sources, sorted by what is looked up, in blocks with a directory.

use std::collections::HashMap;

use bomtrail_graph::{AdvisorySource, Timestamp};

use crate::codec::Encoder;
use crate::record::{Modified, Record};

/// The first bytes of an index.
pub(crate) const MAGIC: &[u8; 16] = b"bomtrail-adv\x01\r\n\x00";
/// Magic, offset and length of the directory, and its checksum.
pub(crate) const HEADER: usize = 16 + 8 + 8 + 4;
/// A block ends when it is larger than this.
const BLOCK: usize = 4096;

/// The keys of an index.
pub(crate) mod key {
    /// What concerns a package.
    pub(crate) fn package(package_type: &str, name: &str) -> String {
        ["p/", package_type, "/", name].concat()
    }

    /// What is known of an id.
    pub(crate) fn id(id: &str) -> String {
        ["i/", id].concat()
    }

    /// A vulnerability that is known to be exploited.
    pub(crate) fn exploited(id: &str) -> String {
        ["k/", id].concat()
    }

    /// The distribution of a module of Perl.
    pub(crate) fn module(name: &str) -> String {
        ["m/", name].concat()
    }

    /// The sources.
    pub(crate) const SOURCES: &str = "s";
}

/// An item under the key of an id: the record itself, or one that names it as an alias.
pub(crate) const OWN: u64 = 0;
pub(crate) const NAMED_BY: u64 = 1;

/// Where the bytes of a value are.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    end: usize,
}

/// A key and its value, from one record.
#[derive(Debug)]
struct Row {
    key: Box<str>,
    value: Span,
    record: u32,
}

/// What is known of a record while the index is made.
#[derive(Clone, Copy, Debug)]
struct Known {
    modified: Modified,
    withdrawn: bool,
    bytes: Span,
    number: u32,
}

/// Collects records.
#[derive(Debug, Default)]
pub struct Builder {
    arena: Encoder,
    rows: Vec<Row>,
    known: HashMap<Box<str>, Known>,
    /// For each record: its source, and whether a later copy replaced it.
    records: Vec<(u32, bool)>,
    /// The sources before the one that records are added to.
    sources: Vec<AdvisorySource>,
    open: Option<AdvisorySource>,
}

impl Builder {
    /// An index without records.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins another source; the records that follow are from it.
    pub(crate) fn source(&mut self, name: &str) {
        self.sources.extend(self.open.take());
        self.open = Some(AdvisorySource::default().with(|it| it.name = name.into()));
    }

    /// Sets the digest of the source that records are added to, in hexadecimal.
    pub fn digest(&mut self, sha256: &str) {
        self.current().sha256 = sha256.into();
    }

    /// The source that records are added to.
    pub(crate) fn current(&mut self) -> &mut AdvisorySource {
        self.open.get_or_insert_default()
    }

    /// Counts a record that cannot be read.
    pub(crate) fn damaged(&mut self) {
        self.current().damaged += 1;
    }

    /// Notes a date of the source.
    pub(crate) fn dated(&mut self, time: Option<Timestamp>) {
        let source = self.current();
        source.newest = source.newest.max(time);
    }

    /// Adds a record. Of two records of one id, the one that was changed later counts.
    pub(crate) fn record(&mut self, record: &Record) {
        let source = self.current();
        source.entries += 1;
        source.newest = source.newest.max(record.modified.time);
        for it in &record.affected {
            if !source
                .ecosystems
                .iter()
                .any(|known| **known == *it.package_type)
            {
                source.ecosystems.push(it.package_type.into());
            }
        }
        let number = self.begin();
        let start = self.arena.0.len();
        if !record.withdrawn {
            for affected in &record.affected {
                let from = self.arena.0.len();
                self.arena.entry(record, affected);
                self.row(
                    key::package(affected.package_type, &affected.name),
                    from,
                    number,
                );
            }
            for alias in &record.aliases {
                let from = self.arena.0.len();
                self.arena.number(NAMED_BY);
                self.arena.text(&record.id);
                self.row(key::id(alias), from, number);
            }
        }
        let from = self.arena.0.len();
        self.arena.number(OWN);
        self.arena.modified(record.modified);
        self.arena.number(u64::from(record.withdrawn));
        self.arena.texts(if record.withdrawn {
            &[]
        } else {
            &record.aliases
        });
        self.row(key::id(&record.id), from, number);
        let end = self.arena.0.len();
        self.keep_later(
            &record.id,
            Known {
                modified: record.modified,
                withdrawn: record.withdrawn,
                bytes: Span { start, end },
                number,
            },
        );
    }

    /// Marks a vulnerability as known to be exploited.
    pub(crate) fn exploited(&mut self, id: &str) {
        let number = self.begin();
        let from = self.arena.0.len();
        self.row(key::exploited(id), from, number);
    }

    /// Notes the distribution that has a module.
    pub(crate) fn module(&mut self, module: &str, distribution: &str) {
        let number = self.begin();
        let from = self.arena.0.len();
        self.arena.text(distribution);
        self.row(key::module(module), from, number);
    }

    fn begin(&mut self) -> u32 {
        let source = self.sources.len();
        let number = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        self.records
            .push((u32::try_from(source).unwrap_or(u32::MAX), false));
        number
    }

    fn row(&mut self, key: String, start: usize, record: u32) {
        let end = self.arena.0.len();
        self.rows.push(Row {
            key: key.into(),
            value: Span { start, end },
            record,
        });
    }

    /// Of two copies of a record, the later one stays; of two of the same time, one that does not depend on their order.
    fn keep_later(&mut self, id: &str, new: Known) {
        let Some(old) = self.known.get(id).copied() else {
            self.known.insert(id.into(), new);
            return;
        };
        let rank = |it: Known| {
            let bytes = self.arena.0.get(it.bytes.start..it.bytes.end);
            (it.modified, !it.withdrawn, bytes.map(<[u8]>::to_vec))
        };
        let (kept, dropped) = if rank(new) > rank(old) {
            (new, old)
        } else {
            (old, new)
        };
        if let Some((_, replaced)) = self.records.get_mut(dropped.number as usize) {
            *replaced = true;
        }
        self.known.insert(id.into(), kept);
    }

    /// The sources that were added so far.
    pub fn sources(&self) -> Vec<AdvisorySource> {
        self.sources.iter().chain(&self.open).cloned().collect()
    }

    /// The bytes of the index: the same for the same records, whatever their order within a source.
    pub fn finish(mut self) -> Vec<u8> {
        self.known = HashMap::new();
        self.sources.extend(self.open.take());
        let records = std::mem::take(&mut self.records);
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|it| {
            records
                .get(it.record as usize)
                .is_some_and(|(_, replaced)| !replaced)
        });
        let arena = &self.arena.0;
        let bytes = |it: &Row| arena.get(it.value.start..it.value.end).unwrap_or_default();
        let source = |it: &Row| {
            records
                .get(it.record as usize)
                .map_or(0, |(source, _)| *source)
        };
        rows.sort_unstable_by(|a, b| {
            let by_key = a.key.cmp(&b.key);
            by_key.then_with(|| (bytes(a), source(a)).cmp(&(bytes(b), source(b))))
        });
        let mut blocks = Blocks::new(arena.len());
        let mut value = Encoder::default();
        for group in rows.chunk_by(|a, b| a.key == b.key) {
            let Some(first) = group.first() else { continue };
            value.0.clear();
            for row in group {
                value.number(u64::from(source(row)));
                value.bytes(bytes(row));
            }
            blocks.push(&first.key, &value.0);
        }
        value.0.clear();
        for source in &self.sources {
            encode_source(&mut value, source);
        }
        blocks.push(key::SOURCES, &value.0);
        blocks.finish()
    }
}

fn encode_source(value: &mut Encoder, source: &AdvisorySource) {
    value.text(&source.name);
    value.text(&source.sha256);
    value.number(source.entries);
    value.number(source.damaged);
    value.modified(Modified {
        time: source.newest,
        nanos: 0,
    });
    let mut ecosystems = source.ecosystems.clone();
    ecosystems.sort_unstable();
    value.texts(&ecosystems);
}

/// The bytes of an index while they are written: a place for the header, and blocks.
struct Blocks {
    bytes: Vec<u8>,
    /// Where the present block begins.
    start: usize,
    first: Option<Box<str>>,
    directory: Encoder,
    count: u64,
}

impl Blocks {
    /// For about so many bytes of values.
    fn new(size: usize) -> Self {
        let mut bytes = Vec::with_capacity(HEADER + size + size / 4);
        bytes.resize(HEADER, 0);
        Self {
            bytes,
            start: HEADER,
            first: None,
            directory: Encoder::default(),
            count: 0,
        }
    }

    fn push(&mut self, key: &str, value: &[u8]) {
        self.first.get_or_insert_with(|| key.into());
        let mut entry = Encoder(std::mem::take(&mut self.bytes));
        entry.text(key);
        entry.bytes(value);
        self.bytes = entry.0;
        if self.bytes.len() - self.start >= BLOCK {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        let Some(first) = self.first.take() else {
            return;
        };
        let block = self.bytes.get(self.start..).unwrap_or_default();
        self.directory.text(&first);
        self.directory.number(self.start as u64);
        self.directory.number(block.len() as u64);
        self.directory.number(u64::from(crc32fast::hash(block)));
        self.count += 1;
        self.start = self.bytes.len();
    }

    fn finish(mut self) -> Vec<u8> {
        self.end_block();
        let mut directory = Encoder::default();
        directory.number(self.count);
        directory.0.append(&mut self.directory.0);
        let directory = directory.0;
        let mut header = Vec::with_capacity(HEADER);
        header.extend_from_slice(MAGIC);
        header.extend_from_slice(&(self.bytes.len() as u64).to_le_bytes());
        header.extend_from_slice(&(directory.len() as u64).to_le_bytes());
        header.extend_from_slice(&crc32fast::hash(&directory).to_le_bytes());
        for (place, byte) in self.bytes.iter_mut().zip(header) {
            *place = byte;
        }
        self.bytes.extend_from_slice(&directory);
        self.bytes
    }
}
