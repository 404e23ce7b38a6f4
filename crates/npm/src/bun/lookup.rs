//! What serves a requirement: the entry of its name nearest along the path of names, as Node.js finds it in the folders that Bun
//! makes. Bun may bind a peer to another entry where its folders are isolated; the lockfile does not say so.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use bomtrail_document::find_byte;
use foldhash::fast::RandomState;

use super::lock::Tuple;

/// The most steps up a path. Bun itself nests a few dozen packages at most.
const MOST_STEPS: usize = 128;

/// The longest path that is followed, in bytes.
const LONGEST: usize = 4096;

/// The entries by path.
pub(super) struct Lookup<'l> {
    by_key: HashMap<&'l str, usize, RandomState>,
    /// The paths that have an entry directly below them.
    folders: HashSet<&'l str, RandomState>,
    /// The path that is looked for.
    buffer: RefCell<String>,
}

impl<'l> Lookup<'l> {
    pub(super) fn new(packages: &'l [Tuple<'l>]) -> Self {
        Self {
            by_key: packages.iter().map(|it| it.key).zip(0..).collect(),
            folders: packages.iter().filter_map(|it| parent(it.key)).collect(),
            buffer: RefCell::default(),
        }
    }

    /// The folders in which the package at a path finds what it requires; the path of the root is empty.
    pub(super) fn above<'s>(&self, path: &'s str) -> Above<'s> {
        // Keys with names of another form are not counted as below these folders.
        let is_odd = |it: &str| {
            let name = it.bytes().rev().take_while(|it| *it != b'/').last();
            name == Some(b'@')
        };
        let with_entries = |it: &&str| self.folders.contains(it) || is_odd(it);
        Above {
            path,
            folders: ancestors(path).filter(with_entries).collect(),
        }
    }

    /// The entry of a name in one of the folders, else in the outermost one.
    pub(super) fn find(&self, above: &Above<'_>, name: &str) -> Option<usize> {
        let slash = |from| find_byte(name.as_bytes(), from, 0, [b'/']);
        let first = slash(0);
        let is_odd = match first.filter(|_| name.starts_with('@')) {
            Some(first) => slash(first + 1).is_some(),
            None => first.is_some(),
        };
        let found = if is_odd {
            self.first(ancestors(above.path), name)
        } else {
            self.first(above.folders.iter().copied(), name)
        };
        found.or_else(|| self.by_key.get(name).copied())
    }

    fn first<'s>(
        &self,
        mut folders: impl Iterator<Item = &'s str>,
        name: &'s str,
    ) -> Option<usize> {
        let mut key = self.buffer.borrow_mut();
        folders.find_map(|folder| {
            key.clear();
            key.extend([folder, "/", name]);
            self.by_key.get(&**key).copied()
        })
    }
}

/// Where the requirements of a package are looked for.
pub(super) struct Above<'s> {
    path: &'s str,
    /// The path and those above it which have an entry, the nearest first, without the outermost one.
    folders: Vec<&'s str>,
}

/// A path and those above it, without the outermost one.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    let path = Some(path).filter(|it| !it.is_empty() && it.len() <= LONGEST);
    std::iter::successors(path, |it| parent(it)).take(MOST_STEPS)
}

/// The path without its last name; a scope and its name are one.
fn parent(path: &str) -> Option<&str> {
    // Paths are short, so that the general search takes longer than a look at each byte.
    let slash = |it: &str| it.bytes().rposition(|it| it == b'/');
    let above = path.get(..slash(path)?)?;
    let start = slash(above).map_or(0, |it| it + 1);
    if above.get(start..).is_some_and(|it| it.starts_with('@')) {
        return above.get(..start.checked_sub(1)?);
    }
    Some(above)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuple<'t>(key: &'t str, id: &'t str) -> Tuple<'t> {
        let (name, resolution) = crate::resolve::spec::split_name(id);
        Tuple {
            key,
            name,
            resolution,
            listed: Box::leak(Box::default()),
        }
    }

    #[test]
    fn the_nearest_entry_along_the_path_counts() {
        let packages = [
            tuple("a", "a@1.0.0"),
            tuple("b", "b@1.0.0"),
            tuple("@s/c", "@s/c@1.0.0"),
            tuple("@s/c/b", "b@2.0.0"),
            tuple("@s/c/a/b", "b@3.0.0"),
        ];
        let lookup = Lookup::new(&packages);
        for (path, name, expected) in [
            ("", "b", Some(1)),
            ("a", "b", Some(1)),
            ("@s/c", "b", Some(3)),
            ("@s/c/a", "b", Some(4)),
            ("@s/c/x", "b", Some(3)),
            ("@s/x", "b", Some(1)),
            ("a", "x", None),
            ("@s/c", "a/b", Some(4)),
            ("@s", "c", Some(2)),
        ] {
            assert_eq!(
                lookup.find(&lookup.above(path), name),
                expected,
                "{path} {name}"
            );
        }
    }

    #[test]
    fn a_very_deep_path_ends() {
        let deep = vec!["a"; 100_000].join("/");
        let packages = [tuple("b", "b@1.0.0")];
        let lookup = Lookup::new(&packages);
        assert_eq!(lookup.find(&lookup.above(&deep), "b"), Some(0));
    }
}
