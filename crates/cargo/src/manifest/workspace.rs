//! The manifests of a workspace: those that the root names, and those in folders that they depend on.

use std::collections::BTreeSet;

use bomtrail_graph::{Diagnostics, Files};

use super::{Manifest, Tables};
use crate::{MANIFEST, diags, paths};

/// The most manifests that are read.
const MOST: usize = 10_000;

/// Folders that are never members and may be large.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// The package of a folder.
#[derive(Debug)]
pub(crate) struct Own {
    /// The folder, relative to the root of the workspace.
    pub(crate) folder: String,
    pub(crate) manifest: Manifest,
    /// False for a package outside of the workspace.
    pub(crate) is_member: bool,
}

/// The manifests of the workspace whose root is the folder `base`.
pub(crate) fn manifests(base: &str, files: &dyn Files, diagnostics: &mut Diagnostics) -> Vec<Own> {
    let Some(root) = read(base, "", None, files, diagnostics) else {
        return Vec::new();
    };
    let tables = root.workspace.as_ref();
    let mut open: Vec<String> = Vec::new();
    for pattern in tables.into_iter().flat_map(|it| &it.members) {
        open.extend(folders(base, pattern, files));
    }
    open.extend(folders_of_paths("", &root));
    open.extend(root.patches.iter().filter_map(|it| paths::join("", it)));
    let none = Tables::default();
    let root_tables = tables.unwrap_or(&none);
    let mut seen: BTreeSet<String> = BTreeSet::from([String::new()]);
    let mut found = Vec::new();
    // The last one is taken first; the order of the result is by folder.
    while let Some(folder) = open.pop() {
        if !seen.insert(folder.clone()) {
            continue;
        }
        if found.len() >= MOST {
            diagnostics.push(diags::many_manifests(&file(base, ""), MOST));
            break;
        }
        let is_member = is_inside(&folder, root_tables) && tables.is_some();
        let inherited = is_member.then_some(root_tables);
        let Some(manifest) = read(base, &folder, inherited, files, diagnostics) else {
            continue;
        };
        open.extend(folders_of_paths(&folder, &manifest));
        found.push(Own {
            folder,
            manifest,
            is_member,
        });
    }
    found.push(Own {
        folder: String::new(),
        manifest: root,
        is_member: true,
    });
    found.sort_by(|a, b| a.folder.cmp(&b.folder));
    found
}

/// True when the manifest `root`, which states a workspace, has the folder at `location` as a member. `location` is relative to
/// that manifest, with `/`.
pub fn is_workspace(root: &[u8], location: &str) -> bool {
    let mut unsaid = Diagnostics::new();
    let manifest = Manifest::read(MANIFEST, root, None, &mut unsaid);
    let tables = manifest.and_then(|it| it.workspace);
    tables.is_some_and(|tables| {
        let named = |it: &String| {
            let pattern = it.trim_start_matches("./").trim_end_matches('/');
            pattern == location || fast_glob::glob_match(pattern, location)
        };
        tables.members.iter().any(named) && is_inside(location, &tables)
    })
}

/// The folders that the dependencies of a manifest lead to.
fn folders_of_paths(folder: &str, manifest: &Manifest) -> Vec<String> {
    let folders = manifest.dependencies.iter().filter_map(|it| {
        let base = if it.is_inherited { "" } else { folder };
        paths::join(base, it.path.as_deref()?)
    });
    folders.collect()
}

fn is_inside(folder: &str, root: &Tables) -> bool {
    let excluded = root.exclude.iter().any(|it| {
        let it = it.trim_start_matches("./").trim_end_matches('/');
        folder
            .strip_prefix(it)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    // What the workspace names is a member, also where it is excluded.
    let named = root
        .members
        .iter()
        .any(|it| it.trim_start_matches("./") == folder);
    !folder.starts_with("..") && (named || !excluded)
}

fn file(base: &str, folder: &str) -> String {
    let folder = paths::join(base, folder).unwrap_or_default();
    if folder.is_empty() {
        MANIFEST.to_owned()
    } else {
        [folder.as_str(), "/", MANIFEST].concat()
    }
}

fn read(
    base: &str,
    folder: &str,
    root: Option<&Tables>,
    files: &dyn Files,
    diagnostics: &mut Diagnostics,
) -> Option<Manifest> {
    let path = file(base, folder);
    let Some(bytes) = files.read(&path) else {
        diagnostics.push(diags::no_manifest(&path));
        return None;
    };
    Manifest::read(&path, &bytes, root, diagnostics)
}

/// The folders with a manifest that a pattern of `members` names.
fn folders(base: &str, pattern: &str, files: &dyn Files) -> Vec<String> {
    let mut at = vec![String::new()];
    let is_glob = pattern.contains(['*', '?', '[']);
    for segment in pattern.split('/').filter(|it| !matches!(*it, "" | ".")) {
        let here = std::mem::take(&mut at);
        for folder in here {
            if segment == "**" {
                at.extend(below(base, folder, files));
            } else if segment.contains(['*', '?', '[']) {
                let names = inside(base, &folder, files).into_iter();
                let fitting = names.filter(|it| fast_glob::glob_match(segment, it));
                at.extend(fitting.filter_map(|it| paths::join(&folder, &it)));
            } else {
                at.extend(paths::join(&folder, segment));
            }
        }
        at.truncate(MOST);
    }
    // A pattern may match folders without a manifest; a folder that is named must have one.
    at.retain(|it| !is_glob || files.is_file(&file(base, it)));
    at
}

/// A folder and all folders below it.
fn below(base: &str, folder: String, files: &dyn Files) -> Vec<String> {
    let mut found = vec![folder];
    let mut next = 0;
    while let Some(here) = found.get(next).cloned() {
        next += 1;
        let names = inside(base, &here, files).into_iter();
        let paths = names.filter_map(|it| paths::join(&here, &it));
        found.extend(paths.filter(|it| paths::join(base, it).is_some_and(|it| files.is_dir(&it))));
        if found.len() > MOST {
            break;
        }
    }
    found
}

/// The names in a folder that may be packages.
fn inside(base: &str, folder: &str, files: &dyn Files) -> Vec<String> {
    let path = paths::join(base, folder).unwrap_or_default();
    let mut names = files.list(&path);
    names.retain(|it| !it.starts_with('.') && !SKIPPED.contains(&it.as_str()));
    names
}
