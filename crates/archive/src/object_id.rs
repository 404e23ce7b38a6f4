//! Identifiers of contents and directories as git computes them (`git hash-object`, `git write-tree`). With SHA-1 they are the
//! core of a SWHID (ISO/IEC 18670).

use std::fmt;

use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The hash that a repository names its objects by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ObjectFormat {
    /// SHA-1: 20 bytes; what SWHIDs use.
    #[default]
    Sha1,
    /// SHA-256: 32 bytes.
    Sha256,
}

/// The identifier of a git object.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ObjectId {
    /// With SHA-1.
    Sha1([u8; 20]),
    /// With SHA-256.
    Sha256([u8; 32]),
}

impl ObjectId {
    /// The identifier of a content (`git hash-object`).
    pub fn of_content(format: ObjectFormat, content: &[u8]) -> Self {
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        let mut hasher = ObjectHasher::new(format, "blob", size);
        hasher.update(content);
        hasher.finish()
    }

    /// An identifier in hexadecimal; `None` for any other text.
    pub fn parse(hex: &str) -> Option<Self> {
        let nibble = |byte: &u8| {
            let digit = char::from(*byte).to_digit(16)?;
            u8::try_from(digit).ok()
        };
        let pairs = hex.as_bytes().chunks(2);
        let bytes: Option<Vec<u8>> = pairs
            .map(|pair| match pair {
                [high, low] => Some(nibble(high)? << 4 | nibble(low)?),
                _ => None,
            })
            .collect();
        let bytes = bytes?;
        match bytes.len() {
            20 => bytes.try_into().ok().map(Self::Sha1),
            32 => bytes.try_into().ok().map(Self::Sha256),
            _ => None,
        }
    }

    /// The raw bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Sha1(bytes) => bytes,
            Self::Sha256(bytes) => bytes,
        }
    }

    /// The SWHID of a content with this identifier (`swh:1:cnt:…`); `None` for SHA-256, which SWHIDs do not use.
    pub fn content_swhid(&self) -> Option<String> {
        matches!(self, Self::Sha1(_)).then(|| format!("swh:1:cnt:{self}"))
    }

    /// The SWHID of a directory with this identifier (`swh:1:dir:…`); `None` for SHA-256.
    pub fn directory_swhid(&self) -> Option<String> {
        matches!(self, Self::Sha1(_)).then(|| format!("swh:1:dir:{self}"))
    }
}

impl fmt::Display for ObjectId {
    /// In lower-case hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().iter().try_for_each(|it| write!(f, "{it:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Computes an identifier from a stream whose length is known.
pub(crate) enum ObjectHasher {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl ObjectHasher {
    /// For an object of a kind (`blob`, `tree`) with `size` bytes.
    pub(crate) fn new(format: ObjectFormat, kind: &str, size: u64) -> Self {
        let mut hasher = match format {
            ObjectFormat::Sha1 => Self::Sha1(Sha1::new()),
            ObjectFormat::Sha256 => Self::Sha256(Sha256::new()),
        };
        hasher.update(format!("{kind} {size}\0").as_bytes());
        hasher
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(it) => it.update(bytes),
            Self::Sha256(it) => it.update(bytes),
        }
    }

    pub(crate) fn finish(self) -> ObjectId {
        match self {
            Self::Sha1(it) => ObjectId::Sha1(it.finalize().into()),
            Self::Sha256(it) => ObjectId::Sha256(it.finalize().into()),
        }
    }
}
