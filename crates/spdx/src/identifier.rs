//! SPDX identifiers of packages: readable, unique in their document, and independent of the order of packages.

use std::fmt;

use bomtrail_graph::{Graph, NodeRef};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Bits of a hash in an identifier, four for each hexadecimal digit.
const BITS: u32 = 48;
/// The longest a name or version may be in an identifier, in bytes; the hash distinguishes longer ones.
const LONGEST: usize = 80;

/// The identifiers of all packages of a graph.
#[derive(Debug)]
pub(crate) struct Identifiers(Vec<u64>);

impl Identifiers {
    /// Computes identifiers. If two hashes are equal, all are computed again with another salt, so that an identifier
    /// depends on the content of the graph alone.
    pub(crate) fn new(graph: &Graph) -> Self {
        Self::with_bits(graph, BITS)
    }

    fn with_bits(graph: &Graph, bits: u32) -> Self {
        let mut salt = 0_u64;
        loop {
            let hashes: Vec<u64> = graph
                .nodes()
                .map(|node| hash(salt, &node.reference()) >> (u64::BITS - bits))
                .collect();
            let mut sorted = hashes.clone();
            sorted.sort_unstable();
            if sorted.is_sorted_by(|a, b| a < b) {
                return Self(hashes);
            }
            salt += 1;
        }
    }

    /// The identifier of a node of the graph this was made for.
    pub(crate) fn of<'g>(&self, node: NodeRef<'g>) -> Identifier<'g> {
        Identifier {
            name: node.name(),
            version: node.version().unwrap_or_default(),
            hash: self.0.get(node.id().index()).copied().unwrap_or_default(),
        }
    }
}

fn hash(salt: u64, reference: &str) -> u64 {
    let digest = Sha256::new()
        .chain_update(salt.to_le_bytes())
        .chain_update(reference)
        .finalize();
    digest
        .iter()
        .take(8)
        .fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// A short hash of a text, for identifiers that are made of words.
pub(crate) fn short_hash(text: &str) -> String {
    format!("{:012x}", hash(0, text) >> (u64::BITS - BITS))
}

/// The identifier of a package: `SPDXRef-name-version-hash`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identifier<'g> {
    name: &'g str,
    version: &'g str,
    hash: u64,
}

impl fmt::Display for Identifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SPDXRef-")?;
        for text in [self.name, self.version] {
            if Plain(text).write(f)? {
                f.write_str("-")?;
            }
        }
        write!(f, "{:012x}", self.hash)
    }
}

impl Serialize for Identifier<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text of which only letters, digits, `.` and `-` are written, with a `-` in place of everything else.
pub(crate) struct Plain<'t>(pub(crate) &'t str);

impl Plain<'_> {
    /// Writes at most [`LONGEST`] bytes of it; false when nothing is left to write.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> Result<bool, fmt::Error> {
        let is_plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
        let bytes = self.0.as_bytes();
        if (1..LONGEST).contains(&bytes.len()) && bytes.iter().all(is_plain) {
            // Nearly all names and versions: nothing to take out.
            f.write_str(self.0)?;
            return Ok(true);
        }
        let mut room = LONGEST;
        let pieces = bytes.split(|b| !is_plain(b));
        for piece in pieces.filter(|it| !it.is_empty()) {
            if room < LONGEST {
                f.write_str("-")?;
                room -= 1;
            }
            let piece = piece.get(..room).unwrap_or(piece);
            // Plain bytes are ASCII.
            f.write_str(str::from_utf8(piece).unwrap_or_default())?;
            room -= piece.len();
            if room == 0 {
                break;
            }
        }
        Ok(room < LONGEST)
    }
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f).map(|_| ())
    }
}

#[cfg(test)]
mod tests;
