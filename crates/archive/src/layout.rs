//! Where the entries of an archive are unpacked to: paths without their first folder, the last of several entries with one
//! path, and what is odd about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::contents::{ArchiveFile, Client, FileKind, Oddity, OddityKind};
use crate::header::Target;
use crate::tree::by_folder;

/// How many oddities are listed.
const MOST_ODDITIES: usize = 100;
/// The most folders in one path.
const MOST_PARTS: usize = 128;
/// The names of manifests, in lower case.
const MANIFESTS: [&str; 3] = ["package.json", "meta.json", "meta.yml"];

/// An entry by its path in the archive.
pub(crate) struct Unplaced {
    pub(crate) path: Vec<u8>,
    pub(crate) target: Target,
    pub(crate) link: Option<Vec<u8>>,
    pub(crate) file: ArchiveFile,
}

/// What paths lose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dropped {
    /// Whatever is before their first slash, even a dot.
    First,
    /// The folder that all of them share.
    Common,
    /// So many folders: `node_modules`, and the name of the package with its scope.
    Module(usize),
    /// They share no folder.
    Nothing,
}

impl Dropped {
    /// The path in the package's own folder, without `.` and empty parts; `None` for that folder, and for what is outside of it.
    fn inner(self, path: &str) -> Option<String> {
        let rest = match self {
            Self::First => path.split_once('/')?.1,
            Self::Common => {
                let first = parts_of(path).next()?;
                path.split_once(first)?.1
            }
            Self::Module(count) => {
                let mut rest = path;
                for _ in 0..count {
                    rest = rest.split_once('/')?.1;
                }
                rest
            }
            Self::Nothing => path,
        };
        let inner = parts_of(rest).collect::<Vec<_>>().join("/");
        (!inner.is_empty()).then_some(inner)
    }
}

/// The path that an entry probably has in the package, before all entries are known.
pub(crate) fn inner_path(client: Client, path: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(path).ok()?;
    match client {
        Client::Npm => Dropped::First.inner(text),
        Client::Yarn => Dropped::Module(folders_of_module(text)).inner(text),
        Client::Tar => Dropped::Common
            .inner(text)
            .or_else(|| Dropped::Nothing.inner(text)),
    }
}

/// The files of a package as they are placed.
pub(crate) struct Layout {
    client: Client,
    entries: Vec<Unplaced>,
    /// The folder that Yarn reads, with a slash at its end; empty for other clients.
    module: String,
    /// How paths lose their first folder.
    dropped: Dropped,
    files: BTreeMap<String, ArchiveFile>,
    oddities: BTreeSet<Oddity>,
}

impl Layout {
    pub(crate) fn new(client: Client, entries: Vec<Unplaced>) -> Self {
        let module = match client {
            Client::Yarn => module(&entries),
            Client::Npm | Client::Tar => String::new(),
        };
        let dropped = match client {
            Client::Npm => Dropped::First,
            Client::Yarn => Dropped::Module(folders_of_module(&module)),
            Client::Tar if has_common_folder(&entries) => Dropped::Common,
            Client::Tar => Dropped::Nothing,
        };
        Self {
            client,
            entries,
            module,
            dropped,
            files: BTreeMap::new(),
            oddities: BTreeSet::new(),
        }
    }

    /// The files, and what is odd about them.
    pub(crate) fn finish(mut self) -> (BTreeMap<String, ArchiveFile>, Vec<Oddity>) {
        let entries = std::mem::take(&mut self.entries);
        self.report_dots(&entries);
        for entry in entries {
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

    /// Package managers drop a dot at the beginning of a path or the folder after it. Where all paths begin with one, it is
    /// their folder.
    fn report_dots(&mut self, entries: &[Unplaced]) {
        let is_dotted = |it: &&Unplaced| it.path.starts_with(b"./");
        let has_name = |it: &&Unplaced| inner_path(Client::Npm, &it.path).is_some();
        let named = || entries.iter().filter(has_name);
        if self.dropped != Dropped::First || named().all(|it| is_dotted(&it)) {
            return;
        }
        for entry in named().filter(is_dotted) {
            let whole = String::from_utf8_lossy(&entry.path);
            self.odd(OddityKind::Ambiguous, &whole);
        }
    }

    fn place(&mut self, entry: Unplaced) {
        let whole = String::from_utf8_lossy(&entry.path).into_owned();
        if !self.is_unpacked(&whole) {
            return;
        }
        let is_inside = whole.starts_with(&self.module);
        let Some(path) = self.dropped.inner(&whole).filter(|_| is_inside) else {
            if entry.target != Target::Folder {
                self.odd(OddityKind::IgnoredFile, &whole);
            }
            return;
        };
        if has_drive(&path) {
            self.odd(OddityKind::Absolute, &whole);
        }
        match (entry.target, self.client) {
            (Target::Device, _) => self.odd(OddityKind::Device, &whole),
            (Target::Symlink | Target::HardLink, Client::Npm) => {
                self.odd(OddityKind::IgnoredLink, &whole);
            }
            (Target::Symlink, Client::Tar | Client::Yarn) => {
                let link = String::from_utf8_lossy(entry.link.as_deref().unwrap_or_default());
                if leads_out(&path, &link) {
                    self.odd(OddityKind::LinkOutside, &whole);
                }
                self.insert(path, &whole, entry.file, &entry.path);
            }
            (Target::HardLink, Client::Tar | Client::Yarn) => self.hard_link(path, &whole, &entry),
            (Target::File | Target::Folder, _) => {
                self.insert(path, &whole, entry.file, &entry.path);
            }
        }
    }

    /// Reports what is odd about a path, and whether it is unpacked.
    fn is_unpacked(&mut self, whole: &str) -> bool {
        if whole.starts_with('/') {
            self.odd(OddityKind::Absolute, whole);
        }
        let count = parts_of(whole).count();
        let is_deep = count > MOST_PARTS;
        if is_deep || whole.chars().any(|it| it.is_control() || it == '\\') {
            self.odd(OddityKind::Name, whole);
        }
        let leads_up = parts_of(whole).any(|it| it == "..");
        if leads_up {
            self.odd(OddityKind::Traversal, whole);
        }
        count > 0 && !is_deep && !leads_up
    }

    fn insert(&mut self, path: String, whole: &str, mut file: ArchiveFile, raw: &[u8]) {
        if std::str::from_utf8(raw).is_err() {
            file.raw_path = Some(self.raw_inner(raw).into());
        }
        let kind = file.kind;
        let known = self.files.insert(path, file);
        match known.map(|it| it.kind) {
            None => {}
            Some(FileKind::Folder) if kind == FileKind::Folder => {}
            Some(old) if (old == FileKind::Folder) != (kind == FileKind::Folder) => {
                self.odd(OddityKind::FileAndFolder, whole);
            }
            Some(_) => self.odd(OddityKind::Duplicate, whole),
        }
    }

    fn raw_inner(&self, raw: &[u8]) -> Vec<u8> {
        let rest = match self.dropped {
            Dropped::First => {
                let slash = raw.iter().position(|it| *it == b'/');
                slash.and_then(|it| raw.get(it..)).unwrap_or_default()
            }
            Dropped::Common | Dropped::Module(_) | Dropped::Nothing => raw,
        };
        let parts = rest.split(|it| *it == b'/');
        let parts = parts.filter(|it| !it.is_empty() && *it != b".");
        let skipped = match self.dropped {
            Dropped::Common => 1,
            Dropped::Module(count) => count,
            Dropped::First | Dropped::Nothing => 0,
        };
        let inner: Vec<&[u8]> = parts.skip(skipped).collect();
        inner.join(&b'/')
    }

    /// A second name for a file of the archive.
    fn hard_link(&mut self, path: String, whole: &str, entry: &Unplaced) {
        let link = entry.link.as_deref().unwrap_or_default();
        let link = String::from_utf8_lossy(link).into_owned();
        let is_inside = !link.starts_with('/') && parts_of(&link).all(|it| it != "..");
        let target = self.dropped.inner(&link).filter(|_| is_inside);
        match target.and_then(|it| self.files.get(&it)) {
            Some(file) if file.kind != FileKind::Folder => {
                let file = file.clone();
                self.insert(path, whole, file, &entry.path);
            }
            _ => self.odd(OddityKind::LinkOutside, whole),
        }
    }

    fn report_collisions(&mut self) {
        let mut folded: Vec<(String, &String)> =
            self.files.keys().map(|it| (folded(it), it)).collect();
        folded.sort_unstable();
        let pairs = folded.windows(2).filter_map(|pair| match pair {
            [(one, path), (other, _)] if one == other => {
                let is_manifest = MANIFESTS.contains(&one.as_str());
                Some((is_manifest, (*path).clone()))
            }
            _ => None,
        });
        let found: Vec<(bool, String)> = pairs.collect();
        for (is_manifest, path) in found {
            let kind = if is_manifest {
                OddityKind::ManifestCollision
            } else {
                OddityKind::CaseCollision
            };
            self.odd(kind, &path);
        }
    }

    /// Reports what lies below a link or a file.
    fn report_parents(&mut self) {
        let mut found: Vec<String> = Vec::new();
        let mut above: Option<&str> = None;
        for (path, file) in by_folder(&self.files) {
            let below = above.and_then(|it| path.strip_prefix(it));
            if below.is_some_and(|it| it.starts_with('/')) {
                found.push(path.to_owned());
            } else {
                above = (file.kind != FileKind::Folder).then_some(path);
            }
        }
        for path in found {
            self.odd(OddityKind::UnderLink, &path);
            self.files.remove(&path);
        }
    }
}

/// A path as file systems see it that ignore case: without characters that they ignore, and without dots and spaces at the end
/// of a name.
fn folded(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        let part = part.trim_end_matches(['.', ' ']);
        let shown = part.chars().filter(|it| !is_ignored(*it));
        let upper = shown.flat_map(char::to_uppercase);
        upper.flat_map(char::to_lowercase).collect::<String>()
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Characters without a width, which some file systems ignore.
fn is_ignored(it: char) -> bool {
    matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether a path begins with a drive, which npm drops on every system.
fn has_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':')
}

/// The parts of a path that mean something.
fn parts_of(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|it| !it.is_empty() && *it != ".")
}

/// The folder of the package in a zip file of Yarn, by the first entry in one.
fn module(entries: &[Unplaced]) -> String {
    let paths = entries.iter().map(|it| String::from_utf8_lossy(&it.path));
    let modules = paths.filter_map(|path| {
        let name = path.strip_prefix("node_modules/")?;
        let count = folders_of_module(&path) - 1;
        let name: Vec<&str> = name.splitn(count + 1, '/').collect();
        let folders = name.get(..count)?.join("/");
        (name.len() > count).then(|| format!("node_modules/{folders}/"))
    });
    let found = modules.into_iter().next();
    found.unwrap_or_else(|| "node_modules/".to_owned())
}

/// How many folders are before the files of a package in `node_modules`.
fn folders_of_module(path: &str) -> usize {
    if path.starts_with("node_modules/@") {
        3
    } else {
        2
    }
}

/// Whether all paths share their first folder.
fn has_common_folder(entries: &[Unplaced]) -> bool {
    let mut common: Option<String> = None;
    for entry in entries {
        let path = String::from_utf8_lossy(&entry.path);
        let mut parts = parts_of(&path);
        let (Some(first), rest) = (parts.next(), parts.next()) else {
            continue;
        };
        let is_folder = rest.is_some() || entry.target == Target::Folder;
        if !is_folder || common.as_deref().is_some_and(|it| it != first) {
            return false;
        }
        if common.is_none() {
            common = Some(first.to_owned());
        }
    }
    common.is_some()
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
