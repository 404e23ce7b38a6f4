//! A folder of the disk as the files of a project.

use std::fs;

use bomtrail_graph::Files;

/// The files of a folder.
pub(crate) struct Folder(pub(crate) std::path::PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.0.join(path)).ok()
    }

    fn is_dir(&self, path: &str) -> bool {
        self.0.join(path).is_dir()
    }

    fn list(&self, path: &str) -> Vec<String> {
        let all = fs::read_dir(self.0.join(path))
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<String> = all
            .filter_map(|it| it.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }
}
