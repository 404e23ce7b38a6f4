//! A package that a store keeps unpacked, in the form of an archive's contents.

use std::collections::BTreeMap;

use crate::contents::{ArchiveFile, Contents, FileKind};
use crate::machine_code::machine_code;
use crate::object_id::ObjectId;
use crate::read::ReadOptions;
use crate::tree;

/// A package that is built from its files.
pub struct Unpacked<'a> {
    options: ReadOptions<'a>,
    files: BTreeMap<String, ArchiveFile>,
    kept: u64,
    length: u64,
}

impl<'a> Unpacked<'a> {
    /// A package without files.
    pub fn new(options: ReadOptions<'a>) -> Self {
        Self {
            options,
            files: BTreeMap::new(),
            kept: 0,
            length: 0,
        }
    }

    /// Adds a file at a path of the package.
    pub fn add(&mut self, path: &str, is_executable: bool, content: Vec<u8>) {
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        let room = self.options.limits.kept.saturating_sub(self.kept);
        let keep = size <= room && (self.options.keep)(path, size);
        self.length = self.length.saturating_add(size);
        let file = ArchiveFile {
            kind: if is_executable {
                FileKind::Executable
            } else {
                FileKind::Plain
            },
            size,
            id: ObjectId::of_content(self.options.format, &content),
            raw_path: None,
            machine_code: machine_code(&content),
            content: keep.then(|| content.into()),
        };
        self.kept += if keep { size } else { 0 };
        self.files.insert(path.to_owned(), file);
    }

    /// The contents. There is no archive, so there are no digests of one.
    pub fn finish(self) -> Contents {
        Contents {
            digests: Vec::new(),
            size: 0,
            unpacked: self.length,
            archive_id: None,
            directory_id: tree::directory_id(&self.files, self.options.format),
            files: self.files,
            oddities: Vec::new(),
        }
    }
}
