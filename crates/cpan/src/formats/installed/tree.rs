//! Where in a library folder installers keep their records. Looks at folders only, and only as deep as installers write.

use bomtrail_graph::Files;

/// The records below a library folder.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Folders of `.meta`, one for each distribution; sorted.
    pub(super) records: Vec<String>,
    /// Paths of `.packlist` files, sorted.
    pub(super) packlists: Vec<String>,
}

/// How deep the folders of `auto` are followed: a module's name has no more parts.
const DEPTH: usize = 16;

impl Tree {
    /// The records below `base`, which is relative to the project.
    pub(super) fn find(files: &dyn Files, base: &str) -> Self {
        let mut tree = Self::default();
        for folder in libraries(files, base) {
            let meta = join(&folder, ".meta");
            for name in files.list(&meta) {
                let record = join(&meta, &name);
                if files.is_dir(&record) {
                    tree.records.push(record);
                }
            }
            tree.packlists
                .extend(packlists(files, join(&folder, "auto")));
        }
        tree.records.sort_unstable();
        tree.packlists.sort_unstable();
        tree
    }

    /// True when nothing is recorded.
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.packlists.is_empty()
    }
}

/// The folder itself, and those in it for an architecture or a release of Perl (`x86_64-linux`, `5.36.0`, `5.36.0/x86_64-linux`).
fn libraries(files: &dyn Files, base: &str) -> Vec<String> {
    let is_release = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
    let below = |folder: &str| -> Vec<(String, bool)> {
        let names = files.list(folder).into_iter();
        let special = names.filter(|name| name.contains('-') || is_release(name));
        let paths = special.map(|name| (join(folder, &name), is_release(&name)));
        paths.filter(|(path, _)| files.is_dir(path)).collect()
    };
    let mut found = vec![base.to_owned()];
    for (folder, is_release) in below(base) {
        if is_release {
            found.extend(below(&folder).into_iter().map(|(path, _)| path));
        }
        found.push(folder);
    }
    found
}

/// Every `.packlist` below a folder.
fn packlists(files: &dyn Files, top: String) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(top, 0)];
    while let Some((folder, depth)) = open.pop() {
        for name in files.list(&folder) {
            let path = join(&folder, &name);
            if name == ".packlist" {
                found.push(path);
            } else if depth < DEPTH && !name.contains('.') && files.is_dir(&path) {
                open.push((path, depth + 1));
            }
        }
    }
    found
}

/// A path below a folder; what lies in the project's own folder has none before it.
pub(super) fn join(folder: &str, name: &str) -> String {
    if matches!(folder, "" | ".") {
        name.to_owned()
    } else {
        [folder, "/", name].concat()
    }
}
