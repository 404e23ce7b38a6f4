//! A digest of a graph's content, from which documents derive their identity (serial number, namespace). The same content
//! gives the same digest on every machine.

use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

use crate::graph::Graph;

/// Feeds everything that is hashed into SHA-256, integers as 8 bytes in little-endian order whatever the machine's word.
#[derive(Default)]
struct Sha256Hasher(Sha256);

impl Hasher for Sha256Hasher {
    fn finish(&self) -> u64 {
        0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn write_u16(&mut self, value: u16) {
        self.write_u64(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.write(&value.to_le_bytes());
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value.cast_unsigned() as u64);
    }
}

/// SHA-256 over everything that is hashed.
pub(crate) fn fingerprint(value: &impl Hash) -> [u8; 32] {
    let mut hasher = Sha256Hasher::default();
    value.hash(&mut hasher);
    hasher.0.finalize().into()
}

impl Graph {
    /// A version 5 UUID (RFC 9562) of the graph's content and of `context` (the format, the options): the same content
    /// written the same way has the same identity.
    pub fn uuid(&self, context: &str) -> uuid::Uuid {
        let Self {
            nodes,
            edges,
            // They follow from the edges, and a list of numbers is hashed in the machine's own byte order.
            offsets: _,
            roots,
            inputs,
        } = self;
        let digest = fingerprint(&(nodes, edges, roots, inputs, context));
        uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, &digest)
    }
}
