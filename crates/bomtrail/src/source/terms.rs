//! Files with the terms that a package may be used under, by their names.

use bomtrail_graph::{Files, is_license_file};

/// The largest file that is taken for a licence, in bytes.
const LARGEST: usize = 1 << 20;

/// A file with terms of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Its name.
    pub(crate) file: String,
    /// What it says.
    pub(crate) text: String,
}

/// The files with terms in a folder, in the order of their names.
pub(crate) fn in_folder(folder: &str, files: &dyn Files) -> Vec<Terms> {
    let names = files
        .list(folder)
        .into_iter()
        .filter(|it| is_license_file(it));
    names
        .filter_map(|file| {
            let path = [folder, "/", &file].concat();
            let bytes = files.read(&path).filter(|it| it.len() <= LARGEST)?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (!text.trim().is_empty()).then_some(Terms { file, text })
        })
        .collect()
}
