//! Zip files made byte by byte, so that they can have what no honest program writes.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// A zip file that is being written.
#[derive(Default)]
pub struct Zipfile {
    bytes: Vec<u8>,
    central: Vec<u8>,
    count: u16,
}

impl Zipfile {
    /// A plain file.
    #[must_use]
    pub fn file(self, path: &str, content: &str) -> Self {
        self.entry(path, 0o100_644, content)
    }

    /// A file that is compressed.
    #[must_use]
    pub fn deflated(self, path: &str, content: &[u8]) -> Self {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(content).unwrap();
        let packed = deflate.finish().unwrap();
        self.raw(path, 0o100_644, (8, content, &packed))
    }

    /// An entry with a mode of Unix.
    #[must_use]
    pub fn entry(self, path: &str, mode: u32, content: &str) -> Self {
        let content = content.as_bytes();
        self.raw(path, mode, (0, content, content))
    }

    fn raw(
        mut self,
        path: &str,
        mode: u32,
        (method, content, packed): (u16, &[u8], &[u8]),
    ) -> Self {
        let mut crc = Crc::new();
        crc.update(content);
        let mut stated = [0_u16, method, 0, 0].map(u16::to_le_bytes).concat();
        for number in [
            crc.sum(),
            length(packed),
            length(content),
            length(path.as_bytes()),
        ] {
            stated.extend(number.to_le_bytes());
        }
        let offset = length(&self.bytes);
        self.bytes.extend(b"PK\x03\x04\x14\0");
        self.bytes.extend(&stated);
        self.bytes.extend(path.as_bytes());
        self.bytes.extend(packed);
        self.central.extend(b"PK\x01\x02\x14\x03\x14\0");
        self.central.extend(&stated);
        // Comment, disk and internal attributes.
        self.central.extend([0; 6]);
        self.central.extend((mode << 16).to_le_bytes());
        self.central.extend(offset.to_le_bytes());
        self.central.extend(path.as_bytes());
        self.count += 1;
        self
    }

    /// The zip file.
    pub fn finish(self) -> Vec<u8> {
        let start = length(&self.bytes).to_le_bytes();
        let size = length(&self.central).to_le_bytes();
        let count = self.count.to_le_bytes();
        let end = [
            b"PK\x05\x06\0\0\0\0",
            &count[..],
            &count,
            &size,
            &start,
            b"\0\0",
        ];
        [self.bytes, self.central, end.concat()].concat()
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}
