//! The files next to an input, in memory or in a folder, as readers see them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bomtrail_graph::Files;

/// What fixture files that hold an expectation are called; readers do not see them.
pub(crate) const EXPECTED: &str = "expected";

/// Files in memory. Paths are relative to the project, with `/`; a directory is there when a file is in it.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Vec<u8>>,
    folder_name: Option<String>,
}

impl MemoryFiles {
    /// The given files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = |(path, text): (&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
        Self {
            files: files.into_iter().map(owned).collect(),
            folder_name: None,
        }
    }

    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: &str, bytes: &[u8]) {
        self.files.insert(path.to_owned(), bytes.to_vec());
    }

    /// With a name for the project's own folder.
    #[must_use]
    pub fn named(mut self, folder: &str) -> Self {
        self.folder_name = Some(folder.to_owned());
        self
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.files.get(path).cloned()
    }

    fn is_dir(&self, path: &str) -> bool {
        let inside = prefix(path);
        self.files.keys().any(|it| it.starts_with(&inside))
    }

    fn list(&self, path: &str) -> Vec<String> {
        let inside = prefix(path);
        let below = self.files.keys().filter_map(|it| it.strip_prefix(&inside));
        let mut names: Vec<String> = below
            .filter_map(|it| it.split('/').next())
            .map(str::to_owned)
            .collect();
        names.sort();
        names.dedup();
        names
    }

    fn folder_name(&self) -> Option<&str> {
        self.folder_name.as_deref()
    }
}

/// What paths inside a directory start with; empty for the project itself.
fn prefix(path: &str) -> String {
    if path.is_empty() || path == "." {
        String::new()
    } else {
        path.to_owned() + "/"
    }
}

/// The files of a folder on disk, without the expectations of a fixture (`expected…` at its top).
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    name: String,
}

impl Folder {
    /// The files of `path`; its last part is the name of the project's folder.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path
            .file_name()
            .map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        Self { path, name }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Every file in it, sorted, relative, with `/`.
    pub fn all(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![String::new()];
        while let Some(folder) = open.pop() {
            for name in self.list(&folder) {
                let path = prefix(&folder) + &name;
                if self.is_dir(&path) {
                    open.push(path);
                } else {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }

    /// Where a relative path is, unless it leaves the folder or is an expectation.
    fn inside(&self, path: &str) -> Option<PathBuf> {
        let leaves = path.starts_with('/') || path.split('/').any(|part| part == "..");
        (!leaves && !path.starts_with(EXPECTED)).then(|| self.path.join(path))
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.inside(path)?).ok()
    }

    fn is_dir(&self, path: &str) -> bool {
        self.inside(path).is_some_and(|it| it.is_dir())
    }

    fn list(&self, path: &str) -> Vec<String> {
        let Some(entries) = self.inside(path).and_then(|it| fs::read_dir(it).ok()) else {
            return Vec::new();
        };
        let names = entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned());
        let top = path.is_empty() || path == ".";
        let mut names: Vec<String> = names
            .filter(|it| !top || !it.starts_with(EXPECTED))
            .collect();
        names.sort();
        names
    }

    fn real(&self, path: &str) -> Option<String> {
        let root = fs::canonicalize(&self.path).ok()?;
        let real = fs::canonicalize(self.inside(path)?).ok()?;
        let below = real.strip_prefix(root).ok()?;
        real.is_dir()
            .then(|| below.to_string_lossy().replace('\\', "/"))
    }

    fn folder_name(&self) -> Option<&str> {
        Some(&self.name)
    }
}
