//! What serves a requirement: the entry of its name nearest along the path of names, as Node.js finds it in the folders that Bun
//! makes. Bun may bind a peer to another entry where its folders are isolated; the lockfile does not say so.

use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::lock::Tuple;

/// The most steps up a path. Bun itself nests a few dozen packages at most.
const MOST_STEPS: usize = 128;

/// The longest path that is followed, in bytes.
const LONGEST: usize = 4096;

/// The entries by path.
pub(super) struct Lookup<'l> {
    by_key: HashMap<&'l str, usize, RandomState>,
    /// The path that is looked for.
    buffer: RefCell<String>,
}

impl<'l> Lookup<'l> {
    pub(super) fn new(packages: &'l [Tuple<'l>]) -> Self {
        Self {
            by_key: packages.iter().map(|it| it.key).zip(0..).collect(),
            buffer: RefCell::default(),
        }
    }

    /// The entry of a name for the package at a path; the path of the root is empty.
    pub(super) fn find(&self, path: &str, name: &str) -> Option<usize> {
        let mut above = Some(path).filter(|it| !it.is_empty() && it.len() <= LONGEST);
        let mut key = self.buffer.borrow_mut();
        for _ in 0..MOST_STEPS {
            let Some(here) = above else { break };
            key.clear();
            key.extend([here, "/", name]);
            if let Some(found) = self.by_key.get(&**key) {
                return Some(*found);
            }
            above = parent(here);
        }
        self.by_key.get(name).copied()
    }
}

/// The path without its last name; a scope and its name are one.
fn parent(path: &str) -> Option<&str> {
    let (above, _) = path.rsplit_once('/')?;
    match above.rsplit_once('/') {
        Some((outer, last)) if last.starts_with('@') => Some(outer),
        None if above.starts_with('@') => None,
        _ => Some(above),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::value::Value;

    fn tuple<'t>(key: &'t str, id: &'t str) -> Tuple<'t> {
        const NULL: &Value<'static> = &Value::Null;
        let (name, resolution) = crate::resolve::spec::split_name(id);
        Tuple {
            key,
            id,
            name,
            resolution,
            registry: None,
            info: NULL,
            integrity: None,
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
        ] {
            assert_eq!(lookup.find(path, name), expected, "{path} {name}");
        }
    }

    #[test]
    fn a_very_deep_path_ends() {
        let deep = vec!["a"; 100_000].join("/");
        let packages = [tuple("b", "b@1.0.0")];
        assert_eq!(Lookup::new(&packages).find(&deep, "b"), Some(0));
    }
}
