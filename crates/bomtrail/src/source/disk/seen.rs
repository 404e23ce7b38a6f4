//! What the file system has answered about a project's folders.

use std::collections::HashMap;
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::Path;

use foldhash::fast::RandomState;

/// How many names are remembered, so that a tree of any size takes little memory.
const MOST_NAMES: usize = 1 << 16;

/// After this many questions about the contents of a folder, all of them are read at once.
const MOST_QUESTIONS: u32 = 8;

/// The largest folder that is read because of many questions about it.
const LARGE: usize = 4096;

/// The folders of a project that are reached without a symbolic link, and the contents of those that were listed.
///
/// A project does not change while it is read; what it has at another time, another `Seen` answers.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// By their paths from the project's folder, with `/`.
    folders: HashMap<Box<str>, Folder, RandomState>,
    names: usize,
}

#[derive(Debug, Default)]
struct Folder {
    questions: u32,
    listing: Option<Listing>,
    /// Its listing cannot answer for it: the system is asked each time.
    must_ask: bool,
}

/// The contents of a folder by their names in lowercase: some file systems do not distinguish case.
#[derive(Debug, Default)]
struct Listing(HashMap<Box<str>, (Box<str>, FileType), RandomState>);

/// What is known of a name in a folder.
pub(super) enum Known {
    /// It is there.
    Is(FileType),
    /// It is not there.
    Absent,
    /// The system has to answer.
    Unknown,
}

impl Seen {
    /// Nothing yet but the project's own folder.
    pub(super) fn of_root() -> Self {
        let mut seen = Self::default();
        seen.add("");
        seen
    }

    /// The deepest folder on the way to `path`, but not `path` itself, that is reached without a symbolic link.
    pub(super) fn above<'p>(&self, path: &'p str) -> &'p str {
        let mut above = path;
        while let Some((folder, _)) = above.rsplit_once('/') {
            if self.folders.contains_key(folder) {
                return folder;
            }
            above = folder;
        }
        ""
    }

    /// Remembers that `path` is a folder that is reached without a symbolic link.
    pub(super) fn add(&mut self, path: &str) {
        if self.names < MOST_NAMES && !self.folders.contains_key(path) {
            self.names += 1;
            self.folders.insert(path.into(), Folder::default());
        }
    }

    /// What is known of `name` in the folder `path` of the project at `root`.
    pub(super) fn find(&mut self, root: &Path, path: &str, name: &str) -> Known {
        let Some(folder) = self.folders.get_mut(path) else {
            return Known::Unknown;
        };
        folder.questions = folder.questions.saturating_add(1);
        if folder.questions == MOST_QUESTIONS && folder.listing.is_none() && !folder.must_ask {
            // The folder may be unreadable, although its contents can be asked for by name.
            let _ = self.list(path, &root.join(path), LARGE);
        }
        let folder = self.folders.get(path);
        let listing = folder.and_then(|it| it.listing.as_ref());
        listing.map_or(Known::Unknown, |it| it.find(name))
    }

    /// The names in the folder `path`, which lies at `real`, in order.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn names(&mut self, path: &str, real: &Path) -> io::Result<Vec<String>> {
        if let Some(folder) = self.folders.get(path)
            && let Some(listing) = &folder.listing
        {
            return Ok(listing.names());
        }
        self.list(path, real, usize::MAX)
    }

    /// Lists a folder, and remembers it where that is not too much; no more than `most` names are read.
    fn list(&mut self, path: &str, real: &Path, most: usize) -> io::Result<Vec<String>> {
        let most_kept = most.min(MOST_NAMES.saturating_sub(self.names));
        let mut listing = Listing::default();
        let mut names = Vec::new();
        let mut is_whole = true;
        for entry in fs::read_dir(real)? {
            if names.len() == most {
                is_whole = false;
                break;
            }
            let entry = entry.ok();
            let name = entry.as_ref().map(|it| it.file_name().into_string());
            let (Some(entry), Some(Ok(name))) = (entry, name) else {
                is_whole = false;
                continue;
            };
            is_whole = is_whole && names.len() < most_kept && listing.add(&name, &entry);
            names.push(name);
        }
        names.sort_unstable();
        if let Some(folder) = self.folders.get_mut(path) {
            folder.must_ask = !is_whole;
            if is_whole {
                self.names += names.len();
                folder.listing = Some(listing);
            }
        }
        Ok(names)
    }
}

impl Listing {
    /// Adds an entry; false when its kind is unknown or its name differs from another one only in case.
    fn add(&mut self, name: &str, entry: &DirEntry) -> bool {
        let folded = name.to_lowercase().into_boxed_str();
        entry
            .file_type()
            .is_ok_and(|it| self.0.insert(folded, (name.into(), it)).is_none())
    }

    fn find(&self, name: &str) -> Known {
        let has_case = |it: u8| it.is_ascii_uppercase() || !it.is_ascii();
        let found = if name.bytes().any(has_case) {
            self.0.get(&*name.to_lowercase())
        } else {
            self.0.get(name)
        };
        match found {
            Some((exact, kind)) if **exact == *name => Known::Is(*kind),
            // Other characters may have several forms, and Windows has short names.
            None if name.is_ascii() && !name.contains('~') => Known::Absent,
            _ => Known::Unknown,
        }
    }

    fn names(&self) -> Vec<String> {
        let names = self.0.values().map(|(name, _)| String::from(&**name));
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        names
    }
}
