//! Looks up one entry of an `SQLite` database, as pnpm keeps its index of packages in since version 11 of the store. Reads a few
//! pages of the file (<https://www.sqlite.org/fileformat2.html>), changes nothing, and follows no write-ahead log.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// How databases begin.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// The length of the header of a database, which is on its first page.
const HEADER: usize = 100;
/// The table of the packages, whose rows are `(key, data)`.
const TABLE: &[u8] = b"package_index";
/// The most pages between the root and an entry, and of one entry.
const MOST_PAGES: usize = 1 << 16;
/// The longest entry that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// The value whose key begins with a text.
pub(super) fn find(path: &Path, key: &str) -> Option<Vec<u8>> {
    let mut database = Database::open(path)?;
    let root = database.root_of_table()?;
    database.entry(root, key.as_bytes())
}

/// A database whose pages are read one by one.
struct Database {
    file: File,
    page_size: usize,
    /// The bytes of a page that have content.
    usable: usize,
}

/// What kind of page of a tree it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Keys with values, and the pages between them.
    IndexInner,
    IndexLeaf,
    /// Numbers, and the pages between them.
    TableInner,
    /// Rows.
    TableLeaf,
}

impl Kind {
    fn of(byte: u8) -> Option<Self> {
        match byte {
            0x02 => Some(Self::IndexInner),
            0x0a => Some(Self::IndexLeaf),
            0x05 => Some(Self::TableInner),
            0x0d => Some(Self::TableLeaf),
            _ => None,
        }
    }
}

/// A page of a tree.
struct Page {
    bytes: Vec<u8>,
    kind: Kind,
    /// Where its header begins.
    start: usize,
    /// How many cells it has.
    count: usize,
}

/// The content of a cell: what is on the page, its whole length, and where it goes on.
struct Payload<'p> {
    local: &'p [u8],
    length: usize,
    next: Option<u32>,
}

impl Page {
    /// Where a cell begins.
    fn cell(&self, number: usize) -> Option<&[u8]> {
        let header = match self.kind {
            Kind::IndexInner | Kind::TableInner => 12,
            Kind::IndexLeaf | Kind::TableLeaf => 8,
        };
        let at = u16_at(&self.bytes, self.start + header + 2 * number)?;
        self.bytes.get(usize::from(at)..)
    }

    /// The page to the left of a cell, or after the last one.
    fn child(&self, number: usize) -> Option<u32> {
        if number < self.count {
            return u32_at(self.cell(number)?, 0);
        }
        u32_at(&self.bytes, self.start + 8)
    }
}

impl Database {
    fn open(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let mut header = [0; HEADER];
        file.read_exact(&mut header).ok()?;
        if !header.starts_with(MAGIC) {
            return None;
        }
        let page_size = match u16_at(&header, 16)? {
            1 => 1 << 16,
            size => usize::from(size),
        };
        let reserved = usize::from(*header.get(20)?);
        let usable = page_size.checked_sub(reserved).filter(|it| *it >= 480)?;
        Some(Self {
            file,
            page_size,
            usable,
        })
    }

    fn bytes(&mut self, number: u32) -> Option<Vec<u8>> {
        let size = u64::try_from(self.page_size).ok()?;
        let at = u64::from(number.checked_sub(1)?).checked_mul(size)?;
        self.file.seek(SeekFrom::Start(at)).ok()?;
        let mut bytes = vec![0; self.page_size];
        self.file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }

    fn page(&mut self, number: u32) -> Option<Page> {
        let bytes = self.bytes(number)?;
        let start = if number == 1 { HEADER } else { 0 };
        let kind = Kind::of(*bytes.get(start)?)?;
        let count = usize::from(u16_at(&bytes, start + 3)?);
        Some(Page {
            bytes,
            kind,
            start,
            count,
        })
    }

    /// The first page of the table of packages.
    fn root_of_table(&mut self) -> Option<u32> {
        let mut open = vec![1];
        let mut looked_at = 0;
        while let Some(number) = open.pop() {
            looked_at += 1;
            let page = self.page(number).filter(|_| looked_at < MOST_PAGES)?;
            if page.kind == Kind::TableInner {
                open.extend((0..=page.count).filter_map(|it| page.child(it)));
                continue;
            }
            for cell in (0..page.count).filter_map(|it| page.cell(it)) {
                let (_, rest) = varint(cell)?;
                let (_, row) = varint(rest)?;
                let columns = columns(row, 4)?;
                if let [b"table", name, _, root] = &*columns
                    && *name == TABLE
                {
                    let root = root.iter().fold(0, |all, it| all << 8 | u32::from(*it));
                    return Some(root);
                }
            }
        }
        None
    }

    /// The second column of the row whose first one begins with a text.
    fn entry(&mut self, root: u32, key: &[u8]) -> Option<Vec<u8>> {
        let mut number = root;
        for _ in 0..MOST_PAGES {
            let page = self.page(number)?;
            let at = self.first_from(&page, key)?;
            if let Some(payload) = self.payload(&page, at)
                && columns(payload.local, 1)?.first()?.starts_with(key)
            {
                let whole = self.whole(&payload)?;
                return columns(&whole, 2)?.get(1).map(|it| it.to_vec());
            }
            if page.kind != Kind::IndexInner {
                return None;
            }
            number = page.child(at)?;
        }
        None
    }

    /// The number of the first cell whose key is not before a text.
    fn first_from(&self, page: &Page, key: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, page.count);
        while low < high {
            let middle = low.midpoint(high);
            let payload = self.payload(page, middle)?;
            if *columns(payload.local, 1)?.first()? < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Some(low)
    }

    /// The content of a cell of an index.
    fn payload<'p>(&self, page: &'p Page, number: usize) -> Option<Payload<'p>> {
        let cell = page.cell(number).filter(|_| number < page.count)?;
        let cell = match page.kind {
            Kind::IndexInner => cell.get(4..)?,
            Kind::IndexLeaf => cell,
            Kind::TableInner | Kind::TableLeaf => return None,
        };
        let (length, rest) = varint(cell)?;
        let length = usize::try_from(length).ok()?;
        let most = (self.usable - 12) * 64 / 255 - 23;
        if length <= most {
            let local = rest.get(..length)?;
            let next = None;
            return Some(Payload {
                local,
                length,
                next,
            });
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let wanted = least + (length - least) % (self.usable - 4);
        let here = if wanted <= most { wanted } else { least };
        Some(Payload {
            local: rest.get(..here)?,
            length,
            next: u32_at(rest, here),
        })
    }

    /// The content of a cell with what is on other pages.
    fn whole(&mut self, payload: &Payload<'_>) -> Option<Vec<u8>> {
        if payload.length > LARGEST {
            return None;
        }
        let mut all = payload.local.to_vec();
        let mut next = payload.next;
        while let Some(number) = next.filter(|_| all.len() < payload.length) {
            let page = self.bytes(number)?;
            let left = payload.length - all.len();
            let content = page.get(4..self.usable)?;
            all.extend_from_slice(content.get(..left).unwrap_or(content));
            next = u32_at(&page, 0);
        }
        (all.len() == payload.length).then_some(all)
    }
}

/// The first columns of a row. The last one may be cut where only a part of the row is at hand.
fn columns(row: &[u8], count: usize) -> Option<Vec<&[u8]>> {
    let (length, mut kinds) = varint(row)?;
    let mut body = row.get(usize::try_from(length).ok()?..)?;
    let mut found = Vec::with_capacity(count);
    for _ in 0..count {
        let (kind, rest) = varint(kinds)?;
        kinds = rest;
        let size = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            _ => kind.checked_sub(12)? / 2,
        };
        let size = usize::try_from(size).ok()?;
        let column = body.get(..size)?;
        body = body.get(size..)?;
        found.push(column);
    }
    Some(found)
}

/// A number of variable length, and what follows it.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0_u64;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return Some((number << 8 | u64::from(*byte), bytes.get(9..)?));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, bytes.get(at + 1..)?));
        }
    }
    None
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_be_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_be_bytes(*bytes))
}
