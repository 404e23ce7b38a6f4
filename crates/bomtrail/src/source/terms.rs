//! Files with the terms that a package may be used under, by their names.

use bomtrail_graph::Files;

/// What the names of files with terms begin with, in lower case.
const NAMES: [&str; 6] = [
    "licence",
    "license",
    "copying",
    "notice",
    "unlicense",
    "copyright",
];
/// File endings of sources and data whose names only look like those of licences.
const NO_TEXT: [&str; 8] = ["js", "cjs", "mjs", "ts", "json", "pm", "pl", "html"];
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
    let names = files.list(folder).into_iter().filter(|it| has_terms(it));
    names
        .filter_map(|file| {
            let path = [folder, "/", &file].concat();
            let bytes = files.read(&path).filter(|it| it.len() <= LARGEST)?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (!text.trim().is_empty()).then_some(Terms { file, text })
        })
        .collect()
}

/// Whether a file of that name has terms of use in it.
fn has_terms(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    NAMES.iter().any(|it| name.starts_with(it)) && !NO_TEXT.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::has_terms;

    #[test]
    fn files_with_terms_are_known_by_their_names() {
        for name in [
            "LICENSE",
            "License.md",
            "LICENCE-MIT.txt",
            "COPYING",
            "NOTICE",
        ] {
            assert!(has_terms(name), "{name}");
        }
        for name in ["license.js", "licenses.json", "README.md", "index.js"] {
            assert!(!has_terms(name), "{name}");
        }
    }
}
