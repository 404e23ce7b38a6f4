//! Archives made byte by byte, so that they can have what no honest program writes.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// A tar archive that is being written.
#[derive(Default)]
pub struct Tarball(Vec<u8>);

impl Tarball {
    /// An entry of any kind, with a size that its content need not have.
    #[must_use]
    pub fn entry(
        mut self,
        kind: u8,
        path: &[u8],
        mode: u32,
        (size, content): (u64, &[u8]),
    ) -> Self {
        self.header(kind, (path, b""), mode, size);
        self.raw(content)
    }

    /// A plain file.
    #[must_use]
    pub fn file(self, path: &str, content: &str) -> Self {
        let size = content.len() as u64;
        self.entry(b'0', path.as_bytes(), 0o644, (size, content.as_bytes()))
    }

    /// A folder.
    #[must_use]
    pub fn folder(self, path: &str) -> Self {
        self.entry(b'5', path.as_bytes(), 0o755, (0, b""))
    }

    /// A symbolic link (`2`) or a second name (`1`).
    #[must_use]
    pub fn link(mut self, kind: u8, path: &str, target: &str) -> Self {
        self.header(kind, (path.as_bytes(), target.as_bytes()), 0o777, 0);
        self
    }

    /// A pax header with one field.
    #[must_use]
    pub fn pax(self, kind: u8, key: &str, value: &str) -> Self {
        let rest = format!(" {key}={value}\n");
        let mut length = rest.len() + 1;
        while length != rest.len() + length.to_string().len() {
            length = rest.len() + length.to_string().len();
        }
        self.pax_lines(kind, &format!("{length}{rest}"))
    }

    /// A pax header for the next entry with these lines.
    #[must_use]
    pub fn raw_pax(self, lines: &str) -> Self {
        self.pax_lines(b'x', lines)
    }

    fn pax_lines(self, kind: u8, lines: &str) -> Self {
        let size = lines.len() as u64;
        self.entry(kind, b"PaxHeader", 0o644, (size, lines.as_bytes()))
    }

    fn header(&mut self, kind: u8, (path, link): (&[u8], &[u8]), mode: u32, size: u64) {
        let mut header = tar::Header::new_ustar();
        let raw = header.as_old_mut();
        raw.name[..path.len()].copy_from_slice(path);
        raw.linkname[..link.len()].copy_from_slice(link);
        header.set_entry_type(tar::EntryType::new(kind));
        header.set_mode(mode);
        header.set_size(size);
        header.set_mtime(0);
        header.set_cksum();
        self.0.extend_from_slice(header.as_bytes());
    }

    /// Bytes as they are, up to the end of a block.
    #[must_use]
    pub fn raw(mut self, content: &[u8]) -> Self {
        self.0.extend_from_slice(content);
        let end = self.0.len().next_multiple_of(512);
        self.0.resize(end, 0);
        self
    }

    /// Changes the header of the last entry that has no content, and its checksum.
    #[must_use]
    pub fn patched(mut self, at: usize, bytes: &[u8]) -> Self {
        let start = self.0.len() - 512;
        let mut header = tar::Header::new_old();
        header.as_mut_bytes().copy_from_slice(&self.0[start..]);
        header.as_mut_bytes()[at..at + bytes.len()].copy_from_slice(bytes);
        header.set_cksum();
        self.0[start..].copy_from_slice(header.as_bytes());
        self
    }

    /// The archive without its end.
    pub fn tar(self) -> Vec<u8> {
        self.0
    }

    /// The archive in gzip format.
    pub fn gzip(self) -> Vec<u8> {
        let mut bytes = self.0;
        bytes.resize(bytes.len() + 1024, 0);
        compressed(&bytes)
    }
}

/// Bytes in gzip format.
pub fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}
