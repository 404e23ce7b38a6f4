//! What each folder is: a project, a member of another one, or something that is not read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bomtrail_graph::Files;

use super::other::tool_of;
use super::walk::{MANIFESTS, Seen};
use super::{Discovery, FoundProject, SkipReason, Skipped};
use crate::source::DEFAULT_SIZE_LIMIT;
use crate::source::disk::Disk;
use crate::source::inputs;
use crate::source::workspace::{RULES, Rule};

/// Sorts what was seen.
pub(super) fn classify(folder: &Path, files: &Disk, seen: Seen) -> Discovery {
    let Seen {
        mut folders,
        inputs: with_folders,
        mut documents,
        mut skipped,
    } = seen;
    documents.sort_unstable();
    for path in &with_folders {
        folders.entry(path.clone()).or_default();
    }
    let mut projects = Vec::new();
    for (path, names) in &folders {
        let mut inputs: Vec<String> = inputs::among(|it| has(files, path, names, it))
            .into_iter()
            .map(str::to_owned)
            .collect();
        let member = |manifest: &str| workspace_of(path, manifest, &folders, files);
        let has_packages = inputs.iter().any(|it| is_of_packages(it));
        let is_member = member("package.json").is_some();
        if !has_packages && !is_member && names.contains("node_modules") {
            inputs.push("node_modules".to_owned());
        }
        if with_folders.contains(path)
            && let Ok(files) = Disk::open(&folder.join(path), DEFAULT_SIZE_LIMIT)
        {
            inputs.extend(inputs::folders_with_perl(&files));
        }
        // The lockfile of another tool is mentioned itself.
        let has_other = names.iter().any(|it| is_of_other_packages(it));
        for name in names {
            if name == "package.json" && has_other {
                continue;
            }
            if let Some(reason) = reason(name, &inputs, member(name)) {
                let path = join(path, name);
                skipped.push(Skipped { path, reason });
            }
        }
        if !inputs.is_empty() {
            projects.push(FoundProject {
                folder: path.clone(),
                inputs,
            });
        }
    }
    skipped.sort();
    Discovery {
        folder: folder.to_path_buf(),
        projects,
        documents,
        skipped,
    }
}

/// True when the folder has the file. One in a folder that is not searched is looked for.
fn has(files: &Disk, folder: &str, names: &BTreeSet<String>, name: &str) -> bool {
    match name.split_once('/') {
        Some((first, _)) => names.contains(first) && files.has(&join(folder, name)),
        None => names.contains(name),
    }
}

/// Why a file is not an input of its folder; `None` when it is one, or needs no mention.
fn reason(name: &str, inputs: &[String], root: Option<String>) -> Option<SkipReason> {
    if name == "node_modules" || inputs.iter().any(|it| it == name) {
        return None;
    }
    if MANIFESTS.contains(&name) {
        let is_locked = match name {
            "package.json" => inputs.iter().any(|it| is_of_packages(it)),
            _ => inputs.iter().any(|it| it == "Cargo.lock"),
        };
        let make = match name {
            "package.json" => "npm install --package-lock-only",
            _ => "cargo generate-lockfile",
        };
        let open = root.map_or(SkipReason::NotLocked(make), SkipReason::Member);
        return (!is_locked).then_some(open);
    }
    if let Some(reader) = inputs::reader_of(name) {
        // A file that another one of its folder replaces is named when the project is read.
        let is_usual = inputs::names().contains(&name);
        return (!is_usual && !inputs::is_sbom(reader)).then_some(SkipReason::OnlyNamed);
    }
    tool_of(name).map(SkipReason::OtherTool)
}

/// True for an input of a package manager that installs into `node_modules`.
fn is_of_packages(input: &str) -> bool {
    let reader = inputs::reader_of(input);
    let family = ["npm/", "pnpm/", "yarn/", "bun/"];
    reader.is_some_and(|it| family.iter().any(|prefix| it.name().starts_with(prefix)))
}

/// True for a lockfile of a package manager for `node_modules` that is not read.
fn is_of_other_packages(name: &str) -> bool {
    let tools = ["Bun", "pnpm", "Yarn"];
    tool_of(name).is_some_and(|it| tools.contains(&it))
}

/// The folder of the workspace that has the folder at `path` as a member, by a manifest of this name.
fn workspace_of(
    path: &str,
    manifest: &str,
    folders: &BTreeMap<String, BTreeSet<String>>,
    files: &Disk,
) -> Option<String> {
    let rules = RULES.iter().filter(|it| it.member == manifest);
    let rules: Vec<&Rule> = rules.collect();
    let mut above = path;
    while !above.is_empty() && !rules.is_empty() {
        above = above.rsplit_once('/').map_or("", |(it, _)| it);
        let Some(names) = folders.get(above) else {
            continue;
        };
        let location = path.strip_prefix(above)?.trim_start_matches('/');
        let is_member = |rule: &Rule| {
            let file = names.contains(rule.root).then(|| join(above, rule.root));
            let bytes = file.and_then(|it| files.read(&it));
            bytes.is_some_and(|it| (rule.names)(&it, location))
        };
        if rules.iter().any(|it| is_member(it)) {
            return Some(if above.is_empty() { "." } else { above }.to_owned());
        }
    }
    None
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        [folder, "/", name].concat()
    }
}
