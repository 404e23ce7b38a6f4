//! The files of a project, wherever they are kept.

/// Read-only access to the files of a project. Paths are relative to the project, with `/`.
pub trait Files {
    /// The bytes of a file; `None` when it does not exist, is not a regular file, or is larger than the limit.
    fn read(&self, path: &str) -> Option<Vec<u8>>;

    /// True when a regular file of that path exists, of any size.
    fn is_file(&self, path: &str) -> bool {
        self.read(path).is_some()
    }

    /// True when a folder of that path exists.
    fn is_dir(&self, path: &str) -> bool;

    /// The names in a folder, sorted; empty when the folder does not exist.
    fn list(&self, path: &str) -> Vec<String>;

    /// The path of a folder with all symbolic links resolved; `None` when there is no such folder, or it is outside of the
    /// project.
    fn real(&self, path: &str) -> Option<String> {
        self.is_dir(path).then(|| path.to_owned())
    }

    /// The name of the project's own folder, if it has one.
    fn folder_name(&self) -> Option<&str> {
        None
    }
}

/// No files at all: an input without a project folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }

    fn is_dir(&self, _path: &str) -> bool {
        false
    }

    fn list(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }
}

/// `path` as it is seen from the folder `base`, both with `/` or `\`: without empty segments and `.`, and without `..` where a
/// folder precedes it. A leading `..` leaves the project.
///
/// ```
/// assert_eq!(bomtrail_graph::project_path("packages/a", "../b/./c"), "packages/b/c");
/// assert_eq!(bomtrail_graph::project_path("", "../x"), "../x");
/// ```
pub fn project_path(base: &str, path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in base.split('/').chain(path.split(['/', '\\'])) {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    kept.join("/")
}
