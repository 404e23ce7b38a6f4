//! Digests of an archive's own bytes, computed while it is read.

use std::io::{self, Read};

use bomtrail_graph::{Hash, HashAlgorithm};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::object_id::{ObjectFormat, ObjectHasher, ObjectId};

/// One running digest.
enum Running {
    Sha1(Sha1),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Running {
    /// `None` for an algorithm that lockfiles do not use.
    fn new(algorithm: HashAlgorithm) -> Option<Self> {
        match algorithm {
            HashAlgorithm::Sha1 => Some(Self::Sha1(Sha1::new())),
            HashAlgorithm::Sha256 => Some(Self::Sha256(Sha256::new())),
            HashAlgorithm::Sha384 => Some(Self::Sha384(Sha384::new())),
            HashAlgorithm::Sha512 => Some(Self::Sha512(Sha512::new())),
            HashAlgorithm::Md5
            | HashAlgorithm::Sha3_256
            | HashAlgorithm::Sha3_384
            | HashAlgorithm::Sha3_512
            | HashAlgorithm::Blake2b256
            | HashAlgorithm::Blake2b384
            | HashAlgorithm::Blake2b512
            | HashAlgorithm::Blake3 => None,
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(it) => it.update(bytes),
            Self::Sha256(it) => it.update(bytes),
            Self::Sha384(it) => it.update(bytes),
            Self::Sha512(it) => it.update(bytes),
        }
    }

    fn finish(self) -> Option<Hash> {
        match self {
            Self::Sha1(it) => Hash::new(HashAlgorithm::Sha1, &it.finalize()),
            Self::Sha256(it) => Hash::new(HashAlgorithm::Sha256, &it.finalize()),
            Self::Sha384(it) => Hash::new(HashAlgorithm::Sha384, &it.finalize()),
            Self::Sha512(it) => Hash::new(HashAlgorithm::Sha512, &it.finalize()),
        }
    }
}

/// A reader that computes digests of everything that is read from it.
pub(crate) struct Hashing<R> {
    inner: R,
    running: Vec<Running>,
    content: ObjectHasher,
    pub(crate) read: u64,
}

impl<R: Read> Hashing<R> {
    pub(crate) fn new(inner: R, size: u64, algorithms: &[HashAlgorithm]) -> Self {
        let mut algorithms = algorithms.to_vec();
        algorithms.sort_unstable();
        algorithms.dedup();
        Self {
            inner,
            running: algorithms.into_iter().filter_map(Running::new).collect(),
            content: ObjectHasher::new(ObjectFormat::Sha1, "blob", size),
            read: 0,
        }
    }

    /// The digests, and the identifier of the bytes as a content.
    pub(crate) fn finish(self) -> (Vec<Hash>, ObjectId) {
        let digests = self.running.into_iter().filter_map(Running::finish);
        (digests.collect(), self.content.finish())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let bytes = buffer.get(..count).unwrap_or_default();
        for it in &mut self.running {
            it.update(bytes);
        }
        self.content.update(bytes);
        self.read = self.read.saturating_add(u64::try_from(count).unwrap_or(0));
        Ok(count)
    }
}

/// The digests of a stream, whatever is in it.
///
/// # Errors
/// What the stream returns.
pub fn digests(source: impl Read, algorithms: &[HashAlgorithm]) -> io::Result<Vec<Hash>> {
    let mut hashing = Hashing::new(source, 0, algorithms);
    let mut buffer = vec![0; 1 << 16];
    while hashing.read(&mut buffer)? > 0 {}
    Ok(hashing.finish().0)
}
