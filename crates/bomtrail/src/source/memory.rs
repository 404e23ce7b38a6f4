//! Files that are not on a disk: standard input, an archive's content, a test.

use std::collections::BTreeMap;
use std::sync::Arc;

use bomtrail_graph::{Files, project_path};

/// A project's files in memory, by path relative to its folder, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    files: Arc<BTreeMap<String, Vec<u8>>>,
    folder_name: Option<String>,
    input: Option<String>,
}

impl Memory {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One input, which is recognised by its name or its content. `name` is what messages call it.
    pub fn input(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let mut memory = Self::new().file(name, bytes);
        memory.input = Some(project_path("", name));
        memory
    }

    /// With one more file.
    #[must_use]
    pub fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let files = Arc::make_mut(&mut self.files);
        files.insert(project_path("", path), bytes.into());
        self
    }

    /// With a name for the project's folder, which names a project that states no name itself.
    #[must_use]
    pub fn folder_name(mut self, name: impl Into<String>) -> Self {
        self.folder_name = Some(name.into());
        self
    }

    /// The only input, when there is one.
    pub(crate) fn single(&self) -> Option<&str> {
        self.input.as_deref()
    }

    pub(super) fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(&project_path("", path)).map(Vec::as_slice)
    }

    /// The paths in a folder, relative to it.
    fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = match project_path("", folder) {
            folder if folder.is_empty() => folder,
            folder => folder + "/",
        };
        let from = self.files.range(prefix.clone()..);
        from.map_while(move |(path, _)| path.strip_prefix(prefix.as_str()))
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.bytes(path).map(<[u8]>::to_vec)
    }

    fn is_file(&self, path: &str) -> bool {
        self.bytes(path).is_some()
    }

    fn is_dir(&self, path: &str) -> bool {
        project_path("", path).is_empty() || self.below(path).next().is_some()
    }

    fn list(&self, path: &str) -> Vec<String> {
        let below = self.below(path);
        let mut names: Vec<String> = below
            .filter_map(|it| it.split('/').next())
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn folder_name(&self) -> Option<&str> {
        self.folder_name.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_follow_from_paths() {
        let files = Memory::new().file("a/b.json", *b"1").file("./a-c", *b"2");
        assert_eq!(files.list(""), ["a", "a-c"]);
        assert_eq!(files.list("a"), ["b.json"]);
        assert_eq!(files.read("a/../a/b.json").unwrap(), b"1");
        assert!(files.is_dir("a") && files.is_dir(".") && !files.is_dir("a-c"));
        assert!(files.read("b").is_none());
    }
}
