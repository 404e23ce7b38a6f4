//! Digests of a component's archive. Computes nothing: it only keeps what an input states.

use std::fmt;

/// A digest algorithm that inputs and SBOM formats name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HashAlgorithm {
    /// MD5 (16 bytes).
    Md5,
    /// SHA-1 (20 bytes).
    Sha1,
    /// SHA-256 (32 bytes).
    Sha256,
    /// SHA-384 (48 bytes).
    Sha384,
    /// SHA-512 (64 bytes).
    Sha512,
    /// SHA3-256 (32 bytes).
    Sha3_256,
    /// SHA3-384 (48 bytes).
    Sha3_384,
    /// SHA3-512 (64 bytes).
    Sha3_512,
    /// BLAKE2b-256 (32 bytes).
    Blake2b256,
    /// BLAKE2b-384 (48 bytes).
    Blake2b384,
    /// BLAKE2b-512 (64 bytes).
    Blake2b512,
    /// BLAKE3 (32 bytes).
    Blake3,
}

impl HashAlgorithm {
    /// Every algorithm, with its CycloneDX name.
    const NAMES: [(Self, &'static str); 12] = [
        (Self::Md5, "MD5"),
        (Self::Sha1, "SHA-1"),
        (Self::Sha256, "SHA-256"),
        (Self::Sha384, "SHA-384"),
        (Self::Sha512, "SHA-512"),
        (Self::Sha3_256, "SHA3-256"),
        (Self::Sha3_384, "SHA3-384"),
        (Self::Sha3_512, "SHA3-512"),
        (Self::Blake2b256, "BLAKE2b-256"),
        (Self::Blake2b384, "BLAKE2b-384"),
        (Self::Blake2b512, "BLAKE2b-512"),
        (Self::Blake3, "BLAKE3"),
    ];

    /// The name CycloneDX gives it (`SHA-512`).
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(algorithm, _)| *algorithm == self)
            .map_or("", |(_, name)| name)
    }

    /// The algorithm of a name, in any case and with or without hyphens and underscores (`sha512`, `SHA-512`, `SHA3_256`).
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = |text: &'static str| {
            let letters = text.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|c| c.to_ascii_lowercase())
        };
        let wanted = name.chars().filter(char::is_ascii_alphanumeric);
        let wanted = wanted.map(|c| c.to_ascii_lowercase());
        // As SPDX writes the most frequent ones.
        match name {
            "SHA512" | "sha512" => return Some(Self::Sha512),
            "SHA256" | "sha256" => return Some(Self::Sha256),
            "SHA1" | "sha1" => return Some(Self::Sha1),
            _ => {}
        }
        let as_written = Self::NAMES.iter().find(|(_, known)| *known == name);
        let found = as_written.or_else(|| {
            let mut names = Self::NAMES.iter();
            names.find(|(_, known)| plain(known).eq(wanted.clone()))
        });
        found.map(|(algorithm, _)| *algorithm)
    }

    /// Length of a digest in bytes.
    pub fn digest_len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 | Self::Sha3_256 | Self::Blake2b256 | Self::Blake3 => 32,
            Self::Sha384 | Self::Sha3_384 | Self::Blake2b384 => 48,
            Self::Sha512 | Self::Sha3_512 | Self::Blake2b512 => 64,
        }
    }
}

/// A digest of a component's distribution archive.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash {
    algorithm: HashAlgorithm,
    /// The digest, and zeros.
    bytes: [u8; LONGEST],
}

/// The bytes of the longest digest.
const LONGEST: usize = 64;

impl std::hash::Hash for Hash {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.algorithm.hash(state);
        self.digest().hash(state);
    }
}

impl Hash {
    /// A digest of raw bytes; `None` when its length does not fit the algorithm.
    pub fn new(algorithm: HashAlgorithm, digest: &[u8]) -> Option<Self> {
        if digest.len() != algorithm.digest_len() {
            return None;
        }
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..digest.len())?.copy_from_slice(digest);
        Some(Self { algorithm, bytes })
    }

    /// A digest written in hexadecimal; `None` when it is not hexadecimal or of the wrong length.
    pub fn from_hex(algorithm: HashAlgorithm, hex: &str) -> Option<Self> {
        let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
        if !rest.is_empty() || pairs.len() != algorithm.digest_len() {
            return None;
        }
        let mut bytes = [0; LONGEST];
        // A digit is less than 16, so that one look at all of them is enough.
        let mut all = 0;
        for (slot, [high, low]) in bytes.iter_mut().zip(pairs) {
            let (high, low) = (nibble(*high), nibble(*low));
            all |= high | low;
            *slot = high << 4 | low;
        }
        (all < 16).then_some(Self { algorithm, bytes })
    }

    /// The algorithm.
    pub fn algorithm(&self) -> HashAlgorithm {
        self.algorithm
    }

    /// The raw digest.
    pub fn digest(&self) -> &[u8] {
        let length = self.algorithm.digest_len();
        self.bytes.get(..length).unwrap_or_default()
    }

    /// The digest in lower-case hexadecimal.
    pub fn hex(&self) -> String {
        hex(self.digest())
    }
}

/// Bytes in lower-case hexadecimal, two digits each.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |nibble: u8| {
        DIGITS
            .get(usize::from(nibble))
            .map_or('0', |byte| char::from(*byte))
    };
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The value of a hexadecimal digit; 255 for any other byte.
#[inline]
fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => u8::MAX,
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm.name(), self.hex())
    }
}
