//! The identifier of a folder, computed as git computes that of a tree.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::contents::{ArchiveFile, FileKind};
use crate::object_id::{ObjectFormat, ObjectHasher, ObjectId};

/// One entry of a tree: its name, its kind and its identifier.
type Entry = (Vec<u8>, FileKind, ObjectId);

/// The identifier of the folder with these files.
pub(crate) fn directory_id(
    files: &BTreeMap<String, ArchiveFile>,
    format: ObjectFormat,
) -> ObjectId {
    let mut folders: BTreeMap<Vec<u8>, Vec<Entry>> = BTreeMap::new();
    let mut names = BTreeSet::from([Vec::new()]);
    for (path, file) in files {
        let raw = file.raw_path.as_deref().unwrap_or(path.as_bytes());
        let (above, name) = split(raw);
        let folder = if file.kind == FileKind::Folder {
            raw
        } else {
            let entry = (name.to_vec(), file.kind, file.id);
            folders.entry(above.to_vec()).or_default().push(entry);
            above
        };
        add_with_parents(&mut names, folder);
    }
    // The deepest folders first, so that a folder is complete when its turn comes.
    let mut order: Vec<Vec<u8>> = names.into_iter().collect();
    order.sort_by_cached_key(|it| Reverse(depth(it)));
    let mut root = tree_id(Vec::new(), format);
    for folder in order {
        let id = tree_id(folders.remove(&folder).unwrap_or_default(), format);
        if folder.is_empty() {
            root = id;
            continue;
        }
        let (above, name) = split(&folder);
        let entry = (name.to_vec(), FileKind::Folder, id);
        folders.entry(above.to_vec()).or_default().push(entry);
    }
    root
}

fn depth(folder: &[u8]) -> usize {
    if folder.is_empty() {
        return 0;
    }
    folder.split(|it| *it == b'/').count()
}

fn add_with_parents(names: &mut BTreeSet<Vec<u8>>, folder: &[u8]) {
    let mut folder = folder;
    while !folder.is_empty() && names.insert(folder.to_vec()) {
        folder = split(folder).0;
    }
}

/// The folder of a path, and its last part.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|it| *it == b'/') {
        Some(at) => (
            path.get(..at).unwrap_or_default(),
            path.get(at + 1..).unwrap_or_default(),
        ),
        None => (&[], path),
    }
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
