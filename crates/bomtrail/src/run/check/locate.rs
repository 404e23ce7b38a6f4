//! Which file holds a project's approvals.

use std::path::{Path, PathBuf};

use bomtrail_approvals::FILE_NAME;
use bomtrail_graph::{Code, Diagnostic, Diagnostics, Files, Level, Place};

use super::CheckError;

/// A manifest that names no list.
static MANIFEST: Code = Code::new(
    "bomtrail/approvals-manifest",
    Level::Error,
    "what package.json says of its approvals cannot be used; nothing was decided",
);

/// Where a list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListPlace {
    /// The project has no list.
    None,
    /// In the project: a path relative to it, or a URL whose bytes are vendored in it.
    Project(String),
    /// In a folder that was named.
    Elsewhere {
        /// The folder.
        folder: PathBuf,
        /// The file in it.
        name: String,
    },
}

/// The list that is given, else the one that package.json names, else the one next to it.
pub(crate) fn list(given: Option<&str>, files: &dyn Files) -> Result<ListPlace, CheckError> {
    if let Some(given) = given {
        if given.contains("://") {
            return Ok(ListPlace::Project(given.to_owned()));
        }
        let path = Path::new(given);
        let name = path.file_name().and_then(|it| it.to_str());
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        return Ok(ListPlace::Elsewhere {
            folder: folder.unwrap_or(Path::new(".")).to_path_buf(),
            name: name.unwrap_or_default().to_owned(),
        });
    }
    if let Some(manifest) = files.read("package.json") {
        let named = bomtrail_npm::approvals_reference(&manifest);
        let named = named.map_err(|why| {
            let mut all = Diagnostics::new();
            all.push(Diagnostic::new(&MANIFEST, Place::file("package.json"), why));
            CheckError::Invalid(all)
        })?;
        if let Some(named) = named {
            return Ok(ListPlace::Project(named));
        }
    }
    // A file that is there and cannot be read must not count as none.
    let there = files.list("").iter().any(|it| it == FILE_NAME);
    if there || files.read(FILE_NAME).is_some() {
        return Ok(ListPlace::Project(FILE_NAME.to_owned()));
    }
    Ok(ListPlace::None)
}
