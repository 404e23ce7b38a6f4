//! The files of this checkout: where it is, what it holds, what they say.
//! Has no rules about them.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// A text file: its path from the root, with `/`, and what it says.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every file git tracks or would track, sorted by path; without git, everything outside the build folders.
pub(crate) fn paths() -> io::Result<Vec<String>> {
    let mut paths = match tracked() {
        Some(paths) => paths,
        None => walked()?,
    };
    paths.sort_unstable();
    Ok(paths)
}

/// The text files among `paths`. A file that is gone or is not UTF-8 is left out.
pub(crate) fn read_all(paths: &[String]) -> Vec<File> {
    let read = |path: &String| {
        Some(File {
            path: path.clone(),
            text: read(&root().join(path)).ok()?,
        })
    };
    paths.iter().filter_map(read).collect()
}

/// One file's text.
#[expect(
    clippy::disallowed_methods,
    reason = "a task reads the checkout itself; the rule is for the product's crates"
)]
pub(crate) fn read(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
}

/// One file's bytes.
#[expect(
    clippy::disallowed_methods,
    reason = "a task reads what was built; the rule is for the product's crates"
)]
pub(crate) fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// Writes a file, and its folder where that is missing.
#[expect(
    clippy::disallowed_methods,
    reason = "a task writes pages a person commits; the rule is for the product's crates"
)]
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, content)
}

fn tracked() -> Option<Vec<String>> {
    let listing = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let listing = String::from_utf8(listing.stdout).ok()?;
    let present = |path: &&str| !path.is_empty() && root().join(path).exists();
    Some(
        listing
            .split('\0')
            .filter(present)
            .map(str::to_owned)
            .collect(),
    )
}

fn walked() -> io::Result<Vec<String>> {
    let mut pending: Vec<PathBuf> = vec![root().to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = pending.pop() {
        for entry in folder.read_dir()? {
            let entry = entry?;
            let built = entry.file_name() == "target" || entry.file_name() == ".git";
            if entry.file_type()?.is_dir() {
                pending.extend((!built).then(|| entry.path()));
            } else if let Ok(path) = entry.path().strip_prefix(root()) {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
