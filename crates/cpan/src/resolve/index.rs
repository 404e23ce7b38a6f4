//! `02packages.details.txt`, plain or compressed with gzip: which archive of CPAN has a module now. It does not state
//! what an archive requires.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

/// The first bytes of a gzip file (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The largest size of an unpacked index, in bytes: ten times today's.
const LIMIT: u64 = 512 << 20;

/// An index of CPAN.
#[derive(Clone, Debug)]
pub struct Index {
    name: Arc<str>,
    text: Arc<str>,
}

/// Where a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row<'a> {
    /// `None` for `undef`.
    pub(crate) version: Option<&'a str>,
    /// The archive, below `authors/id`.
    pub(crate) pathname: &'a str,
}

/// Why an index cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// It is compressed, and damaged.
    #[error("it is not a complete gzip file")]
    Gzip,
    /// It unpacks to more than half a gibibyte.
    #[error("it unpacks to more than {LIMIT} bytes")]
    TooLarge,
    /// It does not start with the heading of an index.
    #[error("it does not start like `02packages.details.txt` of CPAN")]
    NoIndex,
}

impl Index {
    /// Reads an index; `name` is its name in documents. Rows are read when modules are looked up.
    ///
    /// # Errors
    /// [`IndexError`] when it is damaged, too large, or not an index.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, IndexError> {
        let unpacked = if bytes.starts_with(&GZIP) {
            &unpack(bytes)?
        } else {
            bytes
        };
        let text = String::from_utf8_lossy(unpacked);
        // The heading is lines of `Key: value`, of which the first names the file.
        if !text.starts_with("File:") {
            return Err(IndexError::NoIndex);
        }
        Ok(Self {
            name: name.into(),
            text: text.into(),
        })
    }

    /// Its name in documents.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The rows of those modules that it has.
    pub(crate) fn find<'s>(&'s self, modules: &BTreeSet<&str>) -> BTreeMap<&'s str, Row<'s>> {
        let heading = |line: &&str| !line.trim().is_empty();
        let rows = self.text.lines().skip_while(heading);
        rows.filter_map(row)
            .filter(|(name, _)| modules.contains(name))
            .collect()
    }
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, IndexError> {
    let mut unpacked = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(LIMIT + 1);
    let count = reader.read_to_end(&mut unpacked);
    match count.map(u64::try_from) {
        Err(_) => Err(IndexError::Gzip),
        Ok(Ok(count)) if count <= LIMIT => Ok(unpacked),
        Ok(_) => Err(IndexError::TooLarge),
    }
}

/// Module, version and path, with any white space between them.
fn row(line: &str) -> Option<(&str, Row<'_>)> {
    let mut fields = line.split_ascii_whitespace();
    let (name, version, pathname) = (fields.next()?, fields.next()?, fields.next()?);
    let version = Some(version).filter(|it| *it != "undef");
    Some((name, Row { version, pathname }))
}

#[cfg(test)]
mod tests;
