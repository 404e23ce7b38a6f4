//! Inputs as they were at a revision of a git repository, `git:REF:PATH`, without a checkout: `git cat-file` gives the bytes.

use std::process::{Command, Stdio};

use bomtrail_graph::{Diagnostics, Files, Fragment, Input};

use crate::inputs;

/// A file of a revision, and the folder it lies in.
pub(crate) struct Revision<'a> {
    name: &'a str,
    /// Path of the folder in the repository, with a final `/` unless it is the repository's own.
    folder: &'a str,
    file: &'a str,
    folder_name: Option<String>,
}

impl Files for Revision<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        blob(self.name, &[self.folder, path].concat()).ok()
    }

    fn is_dir(&self, _path: &str) -> bool {
        false
    }

    fn list(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }

    fn folder_name(&self) -> Option<&str> {
        self.folder_name.as_deref()
    }
}

/// The revision and the path of `git:REF:PATH`.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let (name, path) = text.strip_prefix("git:")?.split_once(':')?;
    (!name.is_empty() && !path.is_empty()).then_some((name, path))
}

impl<'a> Revision<'a> {
    /// The file that [`split`] found.
    pub(crate) fn of((name, path): (&'a str, &'a str)) -> Self {
        let start = path.rfind('/').map_or(0, |at| at + 1);
        let (folder, file) = path.split_at_checked(start).unwrap_or(("", path));
        // A project that says no name is called after its folder, at a revision as in the work tree.
        let folder_name = match folder.trim_end_matches('/') {
            "" => top_folder(),
            inner => inner.rsplit('/').next().map(str::to_owned),
        };
        Self {
            name,
            folder,
            file,
            folder_name,
        }
    }

    /// Reads the file; the error says why there is none.
    pub(crate) fn read(&self, diagnostics: &mut Diagnostics) -> Result<Fragment, String> {
        let Self {
            name, folder, file, ..
        } = *self;
        let path = [folder, file].concat();
        let bytes = blob(name, &path)?;
        let reader = inputs::reader_of_content(file, &bytes)
            .ok_or_else(|| format!("`{path}` is none of the files that are read"))?;
        let input = Input {
            path: file,
            bytes: &bytes,
            files: self,
        };
        Ok(reader.read(&input, diagnostics))
    }
}

/// The name of the folder that the repository's work tree is.
fn top_folder() -> Option<String> {
    let output = Command::new("git")
        .args(["rev-parse", "--show-toplevel"])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    let name = path.trim_end_matches('\n').rsplit('/').next()?;
    (output.status.success() && !name.is_empty()).then(|| name.to_owned())
}

/// The bytes of a file at a revision. `cat-file` runs no filter, hook or text conversion of the repository.
fn blob(name: &str, path: &str) -> Result<Vec<u8>, String> {
    if name.starts_with('-') {
        return Err(format!("`{name}` is no revision"));
    }
    let object = [name, ":", path].concat();
    let output = Command::new("git")
        .args(["cat-file", "blob", &object])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`git` cannot be run: {error}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let told = String::from_utf8_lossy(&output.stderr);
        Err(told.trim().to_owned())
    }
}

#[cfg(test)]
mod tests;
