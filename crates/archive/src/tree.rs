//! The identifier of a folder, computed as git computes that of a tree.

use std::collections::BTreeMap;

use crate::contents::{ArchiveFile, FileKind};
use crate::object_id::{ObjectFormat, ObjectHasher, ObjectId};

/// One entry of a tree: its name, its kind and its identifier.
type Entry = (Vec<u8>, FileKind, ObjectId);

/// A folder whose entries are being collected.
struct Open {
    /// Its path with a slash at the end; empty for the top.
    path: Vec<u8>,
    name: Vec<u8>,
    entries: Vec<Entry>,
}

/// The identifier of the folder with these files. At any time, only the folders of one path are open.
pub(crate) fn directory_id(
    files: &BTreeMap<String, ArchiveFile>,
    format: ObjectFormat,
) -> ObjectId {
    let mut open = Folders::new(format);
    for (path, file) in by_folder(files) {
        let path = raw(path, file);
        if file.kind == FileKind::Folder {
            open.enter(&[path, b"/"].concat());
            continue;
        }
        let (above, name) = split(path);
        open.enter(above);
        open.add((name.to_vec(), file.kind, file.id));
    }
    open.finish()
}

/// The files in an order in which whatever is in a folder or below follows the folder.
pub(crate) fn by_folder(files: &BTreeMap<String, ArchiveFile>) -> Vec<(&str, &ArchiveFile)> {
    let all = files.iter().map(|(path, file)| (path.as_str(), file));
    let mut order: Vec<_> = all.collect();
    order.sort_by(|(one, first), (other, second)| {
        let (one, other) = (raw(one, first), raw(other, second));
        parts(one).cmp(parts(other))
    });
    order
}

fn parts(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|it| *it == b'/')
}

/// The path of a file as bytes.
fn raw<'f>(path: &'f str, file: &'f ArchiveFile) -> &'f [u8] {
    file.raw_path.as_deref().unwrap_or(path.as_bytes())
}

/// The folders from the top to the present one.
struct Folders {
    format: ObjectFormat,
    top: Vec<Entry>,
    below: Vec<Open>,
}

impl Folders {
    fn new(format: ObjectFormat) -> Self {
        Self {
            format,
            top: Vec::new(),
            below: Vec::new(),
        }
    }

    fn add(&mut self, entry: Entry) {
        let entries = self.below.last_mut().map(|it| &mut it.entries);
        entries.unwrap_or(&mut self.top).push(entry);
    }

    /// Makes a folder, whose path ends with a slash, the present one.
    fn enter(&mut self, path: &[u8]) {
        while self
            .below
            .last()
            .is_some_and(|it| !path.starts_with(&it.path))
        {
            self.leave();
        }
        let mut start = self.below.last().map_or(0, |it| it.path.len());
        while let Some(rest) = path.get(start..)
            && let Some(length) = rest.iter().position(|it| *it == b'/')
        {
            let end = start + length;
            self.below.push(Open {
                path: path.get(..=end).unwrap_or_default().to_vec(),
                name: path.get(start..end).unwrap_or_default().to_vec(),
                entries: Vec::new(),
            });
            start = end + 1;
        }
    }

    /// Adds the present folder to the one above.
    fn leave(&mut self) {
        if let Some(folder) = self.below.pop() {
            let id = tree_id(folder.entries, self.format);
            self.add((folder.name, FileKind::Folder, id));
        }
    }

    fn finish(mut self) -> ObjectId {
        while !self.below.is_empty() {
            self.leave();
        }
        tree_id(self.top, self.format)
    }
}

/// The folder of a path with its slash, and the last part.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    let start = path
        .iter()
        .rposition(|it| *it == b'/')
        .map_or(0, |it| it + 1);
    path.split_at_checked(start).unwrap_or((&[], path))
}

fn tree_id(mut entries: Vec<Entry>, format: ObjectFormat) -> ObjectId {
    // Git compares the name of a folder as if it ended with a slash.
    entries.sort_by_cached_key(|(name, kind, _)| {
        let mut name = name.clone();
        if *kind == FileKind::Folder {
            name.push(b'/');
        }
        name
    });
    let mut body = Vec::new();
    for (name, kind, id) in &entries {
        body.extend_from_slice(kind.git_mode().as_bytes());
        body.push(b' ');
        body.extend_from_slice(name);
        body.push(0);
        body.extend_from_slice(id.bytes());
    }
    let size = u64::try_from(body.len()).unwrap_or(u64::MAX);
    let mut hasher = ObjectHasher::new(format, "tree", size);
    hasher.update(&body);
    hasher.finish()
}
