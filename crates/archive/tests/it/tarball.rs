//! Archives made by hand, so that they can have what no honest program writes.

use std::io::Write;

use bomtrail_archive::{ArchiveError, Client, Contents, ReadOptions, read};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A tar archive that is being written.
#[derive(Default)]
pub(crate) struct Tarball(Vec<u8>);

impl Tarball {
    /// An entry of any kind, with a size that its content need not have.
    pub(crate) fn entry(
        mut self,
        kind: u8,
        path: &[u8],
        mode: u32,
        (size, content): (u64, &[u8]),
    ) -> Self {
        self.header(kind, (path, b""), mode, size);
        self.body(content);
        self
    }

    pub(crate) fn file(self, path: &str, content: &str) -> Self {
        let size = content.len() as u64;
        self.entry(b'0', path.as_bytes(), 0o644, (size, content.as_bytes()))
    }

    pub(crate) fn folder(self, path: &str) -> Self {
        self.entry(b'5', path.as_bytes(), 0o755, (0, b""))
    }

    /// A symbolic link (`2`) or a second name (`1`).
    pub(crate) fn link(mut self, kind: u8, path: &str, target: &str) -> Self {
        self.header(kind, (path.as_bytes(), target.as_bytes()), 0o777, 0);
        self
    }

    /// A pax header with one field.
    pub(crate) fn pax(self, kind: u8, key: &str, value: &str) -> Self {
        let rest = format!(" {key}={value}\n");
        let mut length = rest.len() + 1;
        while length != rest.len() + length.to_string().len() {
            length = rest.len() + length.to_string().len();
        }
        let line = format!("{length}{rest}");
        let size = line.len() as u64;
        self.entry(kind, b"PaxHeader", 0o644, (size, line.as_bytes()))
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

    fn body(&mut self, content: &[u8]) {
        self.0.extend_from_slice(content);
        let end = self.0.len().next_multiple_of(512);
        self.0.resize(end, 0);
    }

    /// The archive without its end.
    pub(crate) fn tar(self) -> Vec<u8> {
        self.0
    }

    /// The archive in gzip format.
    pub(crate) fn gzip(self) -> Vec<u8> {
        let mut bytes = self.0;
        bytes.resize(bytes.len() + 1024, 0);
        compressed(&bytes)
    }
}

pub(crate) fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// Reads an archive that keeps the contents of all files.
pub(crate) fn open(client: Client, bytes: &[u8]) -> Result<Contents, ArchiveError> {
    let options = ReadOptions::of(client).with(|it| it.keep = &|_, _| true);
    read(bytes, bytes.len() as u64, &options)
}
