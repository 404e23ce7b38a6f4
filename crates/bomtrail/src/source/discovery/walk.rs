//! The walk over a folder: which folders have files that matter. Symbolic links are not followed, so it ends.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ignore::overrides::OverrideBuilder;
use ignore::{DirEntry, WalkBuilder};

use super::other::tool_of;
use super::{DiscoveryOptions, SkipReason, Skipped};
use crate::source::inputs;

/// Manifests, which matter where no lockfile is next to them.
pub(super) const MANIFESTS: [&str; 2] = ["package.json", "Cargo.toml"];
/// Files that name the members of a workspace, next to its manifest.
const WORKSPACES: [&str; 1] = ["pnpm-workspace.yaml"];

/// The names in each folder that matter, by the folder's path.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) folders: BTreeMap<String, BTreeSet<String>>,
    /// The folders that may be an input of the project in another one, by that project's folder.
    pub(super) inputs: BTreeSet<String>,
    pub(super) documents: Vec<String>,
    pub(super) skipped: Vec<Skipped>,
}

/// Looks at everything below a folder.
pub(super) fn walk(root: &Path, options: &DiscoveryOptions) -> Seen {
    let mut seen = Seen::default();
    let mut builder = WalkBuilder::new(root);
    builder
        .standard_filters(false)
        .hidden(true)
        .git_ignore(true)
        .require_git(false)
        .max_depth(Some(options.depth))
        .sort_by_file_name(Ord::cmp)
        .filter_entry(is_searched);
    let mut excluded = OverrideBuilder::new(root);
    for pattern in &options.exclude {
        // An override with `!` leaves out what it names.
        if excluded.add(&["!", pattern].concat()).is_err() {
            seen.skip(pattern.clone(), SkipReason::InvalidPattern);
        }
    }
    match excluded.build() {
        Ok(excluded) => drop(builder.overrides(excluded)),
        Err(_) => seen.skip(String::new(), SkipReason::InvalidPattern),
    }
    for (number, entry) in builder.build().enumerate() {
        if number >= options.entries {
            seen.skip(String::new(), SkipReason::Limit);
            break;
        }
        match entry {
            Ok(entry) => seen.note(root, &entry, options.depth),
            Err(error) => {
                let path = path_of(&error).and_then(|it| relative(root, it));
                let reason = SkipReason::Unreadable(io_reason(&error));
                seen.skip(path.unwrap_or_default(), reason);
            }
        }
    }
    seen
}

/// True for what is looked into: not what is installed or built.
fn is_searched(entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_some_and(|it| it.is_dir()) {
        return true;
    }
    let name = entry.file_name().to_str();
    match name {
        Some("node_modules" | "blib" | "bower_components") | None => false,
        // Folders of caches say so themselves (the Cache Directory Tagging Specification).
        Some("target") => !entry.path().join("CACHEDIR.TAG").exists(),
        Some(name) => !name.contains(char::is_control),
    }
}

impl Seen {
    fn skip(&mut self, path: String, reason: SkipReason) {
        self.skipped.push(Skipped { path, reason });
    }

    fn note(&mut self, root: &Path, entry: &DirEntry, depth: usize) {
        let Some(path) = relative(root, entry.path()) else {
            return;
        };
        let is_folder = entry.file_type().is_some_and(|it| it.is_dir());
        if is_folder {
            if entry.path().join("node_modules").is_dir() {
                self.add(&path, "node_modules");
            }
            if let Some((project, _)) = inputs::input_folder(&path) {
                self.inputs.insert(project.to_owned());
            }
            if entry.depth() == depth {
                self.skip(path, SkipReason::Limit);
            }
            return;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let reader = inputs::reader_of(name);
        if reader.is_some_and(inputs::is_sbom) {
            self.documents.push(path.clone());
        }
        let claimed = reader.is_some_and(|it| !inputs::is_sbom(it));
        let is_wanted = MANIFESTS.contains(&name) || WORKSPACES.contains(&name);
        if claimed || is_wanted || tool_of(name).is_some() {
            self.add(folder, name);
        }
    }

    fn add(&mut self, folder: &str, name: &str) {
        let names = self.folders.entry(folder.to_owned()).or_default();
        names.insert(name.to_owned());
    }
}

/// A path relative to the root, with `/`; `None` for a name that is not text.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    Some(below.to_str()?.replace('\\', "/"))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

/// What the system says, without the path, which may be absolute.
fn io_reason(error: &ignore::Error) -> String {
    error.io_error().map_or_else(
        || "it cannot be listed".to_owned(),
        |it| it.kind().to_string(),
    )
}
