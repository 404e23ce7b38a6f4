//! The workspace that a member's folder belongs to, as npm finds it: the nearest folder above whose package.json names the
//! member's.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{Disk, load_file};
use super::git::GitTree;
use super::inputs;

/// The manifest that names workspaces.
const MANIFEST: &str = "package.json";

/// The largest manifest that is read here, in bytes.
const LIMIT: u64 = 16 << 20;

/// A workspace and the member in it.
pub(crate) struct Workspace<T> {
    /// The root of the workspace.
    pub(crate) root: T,
    /// The member's folder in it.
    pub(crate) member: String,
}

/// The workspace that a folder on the disk is a member of; `None` when the folder has inputs of its own.
pub(crate) fn of_folder(folder: &Path) -> Option<Workspace<PathBuf>> {
    if inputs::has_any(&Disk::open(folder, LIMIT).ok()?) {
        return None;
    }
    let real = fs::canonicalize(folder).ok()?;
    let mut up = PathBuf::new();
    for ancestor in real.ancestors().skip(1) {
        up.push("..");
        let member = real
            .strip_prefix(ancestor)
            .ok()?
            .to_str()?
            .replace('\\', "/");
        let Ok(manifest) = load_file(&ancestor.join(MANIFEST), LIMIT) else {
            continue;
        };
        if bomtrail_npm::is_workspace(&manifest, &member) {
            let root = if folder == Path::new(".") {
                up
            } else {
                folder.join(up)
            };
            return Some(Workspace { root, member });
        }
    }
    None
}

/// Like [`of_folder`], in a commit.
pub(crate) fn of_git(tree: &GitTree) -> Option<Workspace<GitTree>> {
    if tree.input().is_some() || inputs::has_any(tree) {
        return None;
    }
    tree.above().find_map(|(root, member)| {
        let manifest = root.load(MANIFEST, LIMIT).ok()?;
        bomtrail_npm::is_workspace(&manifest, &member).then_some(Workspace { root, member })
    })
}
