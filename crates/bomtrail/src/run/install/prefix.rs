//! The folder that npm installs, found as npm finds it (`loadLocalPrefix` of `@npmcli/config`).

use std::io;
use std::path::{Path, PathBuf};

use bomtrail_graph::Files as _;

use crate::source::Disk;

/// The largest manifest that is read, in bytes.
const LIMIT: u64 = 16 << 20;

/// The folder that npm installs when it runs in `here`: the nearest folder with a `package.json` or a `node_modules`, or the
/// root of the workspace that this folder is a member of. The result has no symbolic links.
///
/// # Errors
/// The error of the system when `here` does not exist.
pub fn npm_folder(here: &Path) -> io::Result<PathBuf> {
    let here = std::fs::canonicalize(here)?;
    let mut found: Option<&Path> = None;
    for folder in here.ancestors() {
        let has_manifest = folder.join("package.json").is_file();
        match found {
            None if has_manifest || folder.join("node_modules").is_dir() => found = Some(folder),
            Some(member) if has_manifest && is_root_of(folder, member) => {
                return Ok(folder.to_path_buf());
            }
            None | Some(_) => {}
        }
    }
    Ok(found.unwrap_or(&here).to_path_buf())
}

/// Whether the workspaces of the manifest in `folder` name `member`.
fn is_root_of(folder: &Path, member: &Path) -> bool {
    let manifest = Disk::open(folder, LIMIT)
        .ok()
        .and_then(|it| it.read("package.json"));
    let location = member.strip_prefix(folder).ok().and_then(Path::to_str);
    let pair = manifest.zip(location);
    pair.is_some_and(|(manifest, location)| {
        bomtrail_npm::is_workspace(&manifest, &location.replace('\\', "/"))
    })
}
