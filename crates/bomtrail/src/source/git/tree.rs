//! The tree of a commit: what is at a path, symbolic links followed as a disk follows them.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bomtrail_graph::Timestamp;

use super::command::Git;

/// The most symbolic links that are followed for one path.
const MOST_LINKS: usize = 40;

/// What is at a path.
pub(super) enum Found {
    /// A file, by the id of its content and its size in bytes.
    File { id: String, size: u64 },
    /// A folder, by the id of its tree and its real path.
    Folder { id: String, path: Vec<String> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
    /// A submodule, whose files are in another repository.
    Other,
}

#[derive(Debug)]
struct Entry {
    kind: Kind,
    id: String,
    size: u64,
}

type Listing = Arc<BTreeMap<String, Entry>>;

/// A commit's tree. Folders are listed once.
#[derive(Debug)]
pub(super) struct Tree {
    git: Git,
    commit: String,
    listings: Mutex<BTreeMap<String, Listing>>,
}

impl Tree {
    pub(super) fn new(git: Git, commit: String) -> Self {
        Self {
            git,
            commit,
            listings: Mutex::default(),
        }
    }

    /// When its commit was made.
    pub(super) fn time(&self) -> Option<Timestamp> {
        self.git.time(&self.commit)
    }

    /// The name of the folder that the repository's work tree is.
    pub(super) fn top_name(&self) -> Option<String> {
        self.git.top_name()
    }

    /// What is at a path of the repository.
    pub(super) fn find(&self, path: &[&str]) -> Option<Found> {
        self.find_below(path, &[])
    }

    /// Like [`Tree::find`]; `None` when a symbolic link leads out of `border`.
    pub(super) fn find_below(&self, path: &[&str], border: &[String]) -> Option<Found> {
        let mut open: Vec<String> = path.iter().rev().map(|it| (*it).to_owned()).collect();
        let mut folders: Vec<(String, String)> = Vec::new();
        let mut links = 0;
        while let Some(part) = open.pop() {
            match &*part {
                "" | "." => continue,
                ".." => {
                    folders.pop()?;
                    continue;
                }
                _ => {}
            }
            let at = folders.last().map_or(&*self.commit, |(_, id)| id);
            let listing = self.listing(at);
            let entry = listing.get(&part)?;
            match entry.kind {
                Kind::Folder => folders.push((part, entry.id.clone())),
                Kind::Link => {
                    links += 1;
                    let target = String::from_utf8(self.blob(&entry.id).ok()?).ok()?;
                    if links > MOST_LINKS || target.starts_with('/') {
                        return None;
                    }
                    open.extend(target.split('/').rev().map(str::to_owned));
                }
                Kind::File => {
                    let is_last = open.iter().all(|it| it.is_empty() || it == ".");
                    let found = Found::File {
                        id: entry.id.clone(),
                        size: entry.size,
                    };
                    return (is_last && is_within(&folders, border)).then_some(found);
                }
                Kind::Other => return None,
            }
        }
        let id = folders.last().map_or(&self.commit, |(_, id)| id).clone();
        let inside = is_within(&folders, border);
        let path = folders.into_iter().map(|(name, _)| name).collect();
        inside.then_some(Found::Folder { id, path })
    }

    /// The names in a folder, sorted.
    pub(super) fn names(&self, id: &str) -> Vec<String> {
        self.listing(id).keys().cloned().collect()
    }

    /// The content of a file.
    pub(super) fn blob(&self, id: &str) -> io::Result<Vec<u8>> {
        let output = self.git.run(&["cat-file", "blob", id])?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(io::Error::other(message))
    }

    /// What is in a folder, by the id of its tree; a folder that cannot be listed is empty.
    fn listing(&self, id: &str) -> Listing {
        let mut known = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(listing) = known.get(id) {
            return Arc::clone(listing);
        }
        let output = self.git.run(&["ls-tree", "-z", "-l", "--full-tree", id]);
        let stdout = output.map(|it| it.stdout).unwrap_or_default();
        let lines = stdout.split(|it| *it == 0);
        let entries = lines.filter_map(|line| entry(std::str::from_utf8(line).ok()?));
        let listing: Listing = Arc::new(entries.collect());
        known.insert(id.to_owned(), Arc::clone(&listing));
        listing
    }
}

/// One line of `git ls-tree -l`: mode, type, id, size, a tab, the name.
fn entry(line: &str) -> Option<(String, Entry)> {
    let (facts, name) = line.split_once('\t')?;
    let mut facts = facts.split_ascii_whitespace();
    let (mode, kind, id, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
    let kind = match (mode, kind) {
        ("120000", _) => Kind::Link,
        (_, "blob") => Kind::File,
        (_, "tree") => Kind::Folder,
        _ => Kind::Other,
    };
    let entry = Entry {
        kind,
        id: id.to_owned(),
        size: size.parse().unwrap_or_default(),
    };
    Some((name.to_owned(), entry))
}

fn is_within(folders: &[(String, String)], border: &[String]) -> bool {
    let mut parts = folders.iter().map(|(name, _)| name);
    border.iter().all(|it| parts.next() == Some(it))
}
