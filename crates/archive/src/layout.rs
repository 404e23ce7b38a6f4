//! Where the entries of an archive are unpacked to: paths without their first folder, the last of several entries with one
//! path, and what is odd about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::contents::{ArchiveFile, Client, FileKind, Oddity, OddityKind};
use crate::header::Target;

/// How many oddities are listed.
const MOST_ODDITIES: usize = 100;
/// The most folders in one path.
const MOST_PARTS: usize = 128;

/// An entry by its path in the archive.
pub(crate) struct Unplaced {
    pub(crate) path: Vec<u8>,
    pub(crate) target: Target,
    pub(crate) link: Option<Vec<u8>>,
    pub(crate) file: ArchiveFile,
}

/// The files of a package as they are placed.
pub(crate) struct Layout {
    client: Client,
    entries: Vec<Unplaced>,
    /// The folder that is dropped; `None` where each path loses its first one.
    folder: Option<String>,
    files: BTreeMap<String, ArchiveFile>,
    oddities: BTreeSet<Oddity>,
}

impl Layout {
    pub(crate) fn new(client: Client, entries: Vec<Unplaced>) -> Self {
        let folder = match client {
            Client::Npm => None,
            Client::Tar => Some(common_folder(&entries)),
        };
        Self {
            client,
            entries,
            folder,
            files: BTreeMap::new(),
            oddities: BTreeSet::new(),
        }
    }

    /// The files, and what is odd about them.
    pub(crate) fn finish(mut self) -> (BTreeMap<String, ArchiveFile>, Vec<Oddity>) {
        for entry in std::mem::take(&mut self.entries) {
            self.place(entry);
        }
        self.report_collisions();
        self.report_parents();
        (self.files, self.oddities.into_iter().collect())
    }

    fn odd(&mut self, kind: OddityKind, path: &str) {
        if self.oddities.len() < MOST_ODDITIES {
            let path = path.to_owned();
            self.oddities.insert(Oddity { kind, path });
        }
    }

    fn place(&mut self, entry: Unplaced) {
        let whole = String::from_utf8_lossy(&entry.path).into_owned();
        let Some(parts) = self.parts(&whole) else {
            return;
        };
        let Some(path) = self.inner(&parts) else {
            if entry.target == Target::File {
                self.odd(OddityKind::IgnoredFile, &whole);
            }
            return;
        };
        match (entry.target, self.client) {
            (Target::Device, _) => self.odd(OddityKind::Device, &whole),
            (Target::Symlink | Target::HardLink, Client::Npm) => {
                self.odd(OddityKind::IgnoredLink, &whole);
            }
            (Target::Folder, _) => {
                // A folder does not replace what is there.
                self.files.entry(path).or_insert(entry.file);
            }
            (Target::Symlink, Client::Tar) => {
                let link = String::from_utf8_lossy(entry.link.as_deref().unwrap_or_default());
                if leads_out(&path, &link) {
                    self.odd(OddityKind::LinkOutside, &whole);
                }
                self.insert(path, &whole, entry.file, &entry.path);
            }
            (Target::HardLink, Client::Tar) => self.hard_link(path, &whole, &entry),
            (Target::File, _) => self.insert(path, &whole, entry.file, &entry.path),
        }
    }

    /// The parts of a path; `None` for one that is not unpacked.
    fn parts<'p>(&mut self, whole: &'p str) -> Option<Vec<&'p str>> {
        if whole.starts_with('/') {
            self.odd(OddityKind::Absolute, whole);
        }
        let parts: Vec<&str> = parts_of(whole).collect();
        let is_deep = parts.len() > MOST_PARTS;
        if is_deep || whole.chars().any(|it| it.is_control() || it == '\\') {
            self.odd(OddityKind::Name, whole);
        }
        if is_deep {
            return None;
        }
        if parts.contains(&"..") {
            self.odd(OddityKind::Traversal, whole);
            return None;
        }
        (!parts.is_empty()).then_some(parts)
    }

    /// The path in the package's own folder; `None` for that folder, and for what is outside of it.
    fn inner(&self, parts: &[&str]) -> Option<String> {
        let inner = match &self.folder {
            Some(folder) if folder.is_empty() => parts,
            Some(_) | None => parts.get(1..)?,
        };
        (!inner.is_empty()).then(|| inner.join("/"))
    }

    fn insert(&mut self, path: String, whole: &str, mut file: ArchiveFile, raw: &[u8]) {
        if std::str::from_utf8(raw).is_err() {
            file.raw_path = Some(self.raw_inner(raw).into());
        }
        let known = self.files.insert(path, file);
        if known.is_some_and(|it| it.kind != FileKind::Folder) {
            self.odd(OddityKind::Duplicate, whole);
        }
    }

    fn raw_inner(&self, raw: &[u8]) -> Vec<u8> {
        let parts = raw.split(|it| *it == b'/');
        let parts = parts.filter(|it| !it.is_empty() && *it != b".");
        let skipped = match &self.folder {
            Some(folder) if folder.is_empty() => 0,
            Some(_) | None => 1,
        };
        let inner: Vec<&[u8]> = parts.skip(skipped).collect();
        inner.join(&b'/')
    }

    /// A second name for a file of the archive.
    fn hard_link(&mut self, path: String, whole: &str, entry: &Unplaced) {
        let link = entry.link.as_deref().unwrap_or_default();
        let link = String::from_utf8_lossy(link).into_owned();
        let parts: Vec<&str> = parts_of(&link).collect();
        let is_inside = !link.starts_with('/') && !parts.contains(&"..");
        let target = self.inner(&parts).filter(|_| is_inside);
        match target.and_then(|it| self.files.get(&it)) {
            Some(file) if file.kind != FileKind::Folder => {
                let file = file.clone();
                self.insert(path, whole, file, &entry.path);
            }
            _ => self.odd(OddityKind::LinkOutside, whole),
        }
    }

    fn report_collisions(&mut self) {
        let mut folded: BTreeMap<String, String> = BTreeMap::new();
        let mut found = Vec::new();
        for path in self.files.keys() {
            if let Some(other) = folded.insert(path.to_lowercase(), path.clone()) {
                found.push(other);
            }
        }
        for path in found {
            self.odd(OddityKind::CaseCollision, &path);
        }
    }

    /// Reports what lies below a link or a file.
    fn report_parents(&mut self) {
        let mut found = Vec::new();
        for path in self.files.keys() {
            let above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
            let mut above = above.filter_map(|it| self.files.get(it));
            if above.any(|it| it.kind != FileKind::Folder) {
                found.push(path.clone());
            }
        }
        for path in found {
            self.odd(OddityKind::UnderLink, &path);
            self.files.remove(&path);
        }
    }
}

/// The parts of a path that mean something.
fn parts_of(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|it| !it.is_empty() && *it != ".")
}

/// The first folder that all paths share; empty when they share none.
fn common_folder(entries: &[Unplaced]) -> String {
    let mut common: Option<String> = None;
    for entry in entries {
        let path = String::from_utf8_lossy(&entry.path);
        let mut parts = parts_of(&path);
        let (Some(first), rest) = (parts.next(), parts.next()) else {
            continue;
        };
        let is_folder = rest.is_some() || entry.target == Target::Folder;
        let is_same = common.as_deref().is_none_or(|it| it == first);
        if !is_folder || !is_same {
            return String::new();
        }
        common = Some(first.to_owned());
    }
    common.unwrap_or_default()
}

/// Whether a link at a path of the package leads out of the package.
fn leads_out(path: &str, link: &str) -> bool {
    if link.starts_with('/') {
        return true;
    }
    let mut depth = path.matches('/').count();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return true,
            },
            _ => depth += 1,
        }
    }
    false
}
