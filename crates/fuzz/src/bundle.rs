//! A project in one run of bytes, as a fuzzer needs it. JSON and settings files cannot contain NUL, so it separates the
//! files: the lockfile first, then the files next to it in a fixed order.

use bomtrail::graph::Files;

const LOCK: &str = "package-lock.json";
/// The files after the lockfile.
const NEIGHBOURS: [&str; 3] = ["package.json", ".npmrc", "node_modules/a/package.json"];

/// A lockfile and the files next to it.
#[derive(Clone, Debug, Default)]
pub struct Bundle<'a> {
    name: &'static str,
    parts: Vec<&'a [u8]>,
}

impl<'a> Bundle<'a> {
    /// Takes the files out of `data`; the lockfile is npm's.
    pub fn new(data: &'a [u8]) -> Self {
        Self::named(LOCK, data)
    }

    /// Takes the files out of `data`; the lockfile has this name.
    pub fn named(name: &'static str, data: &'a [u8]) -> Self {
        let parts = data
            .splitn(NEIGHBOURS.len() + 1, |byte| *byte == 0)
            .collect();
        Self { name, parts }
    }

    /// The lockfile's path.
    pub fn path(&self) -> &'static str {
        self.name
    }

    /// The lockfile.
    pub fn lock(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    /// Puts files into one run of bytes; those of other names are left out.
    pub fn pack(read: impl Fn(&str) -> Option<Vec<u8>>) -> Vec<u8> {
        let parts: Vec<Vec<u8>> = [LOCK]
            .iter()
            .chain(&NEIGHBOURS)
            .map(|path| read(path).unwrap_or_default())
            .collect();
        let mut packed = parts.join(&0);
        let end = packed
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |last| last + 1);
        packed.truncate(end);
        packed
    }
}

impl Files for Bundle<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let mut all = [self.name].into_iter().chain(NEIGHBOURS);
        let index = all.position(|it| it == path)?;
        let part = self.parts.get(index).filter(|it| !it.is_empty())?;
        Some(part.to_vec())
    }

    fn is_dir(&self, path: &str) -> bool {
        matches!(path, "" | "." | "node_modules" | "node_modules/a")
    }

    fn list(&self, path: &str) -> Vec<String> {
        let names: &[&str] = match path {
            "" | "." => &[".npmrc", "node_modules", self.name, "package.json"],
            "node_modules" => &["a"],
            "node_modules/a" => &["package.json"],
            _ => &[],
        };
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn folder_name(&self) -> Option<&str> {
        Some("project")
    }
}
