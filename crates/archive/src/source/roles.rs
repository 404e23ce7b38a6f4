//! Which files of a package run or are loaded, by its manifest, by their names, and by what other such files name.

use std::collections::{BTreeMap, BTreeSet};

use crate::contents::Contents;
use crate::manifest::npm::plain_path;
use crate::manifest::value::Manifest;
use crate::source::value::FileRole;

/// Files that builds read, by their name in lower case.
const BUILD_NAMES: [&str; 12] = [
    "binding.gyp",
    "build.pl",
    "cmakelists.txt",
    "configure",
    "configure.ac",
    "configure.in",
    "gnumakefile",
    "gulpfile.js",
    "gruntfile.js",
    "makefile",
    "makefile.in",
    "makefile.pl",
];
/// Files that builds read, by the ending of their name in lower case.
const BUILD_ENDINGS: [&str; 8] = [
    ".am", ".cmake", ".gypi", ".m4", ".mk", ".pl.in", ".xs", ".gyp",
];
/// Folders of modules that a build loads.
const BUILD_FOLDERS: [&str; 1] = ["inc/"];
/// The least length of a name without ending that a text can name a file by.
const SHORTEST: usize = 4;

/// The roles of the files of a package. Which file names another is added by [`add_named`].
pub(super) fn roles(
    contents: &Contents,
    manifest: Option<&Manifest>,
) -> BTreeMap<String, FileRole> {
    let mut roles = BTreeMap::new();
    let mut add = |path: &str, role: FileRole| {
        if contents.files.contains_key(path) {
            let known = roles.entry(path.to_owned()).or_insert(role);
            *known = role.min(*known);
        }
    };
    for (path, file) in &contents.files {
        if is_build(path) {
            add(path, FileRole::Build);
        }
        if file.machine_code.is_some() {
            add(path, FileRole::MachineCode);
        }
    }
    if let Some(manifest) = manifest {
        for (_, command) in manifest.install_commands() {
            for path in named_by_command(command) {
                add(&path, FileRole::InstallScript);
            }
            if command == "node-gyp rebuild" {
                add("binding.gyp", FileRole::InstallScript);
            }
        }
        for path in manifest.commands.values() {
            add_module(path, FileRole::Command, &mut add);
        }
        for path in &manifest.entry_points {
            add_module(path, FileRole::EntryPoint, &mut add);
        }
    }
    roles
}

/// Adds a file as Node finds it: with an ending, or as a folder.
fn add_module(path: &str, role: FileRole, add: &mut impl FnMut(&str, FileRole)) {
    for ending in ["", ".js", ".cjs", ".mjs", ".json", ".node", "/index.js"] {
        add(&[path, ending].concat(), role);
    }
}

/// The paths that the words of a command may mean.
fn named_by_command(command: &str) -> impl Iterator<Item = String> {
    let words = command.split(|it: char| it.is_whitespace() || matches!(it, ';' | '&' | '|'));
    let words = words.map(|it| it.trim_matches(['"', '\'', '(', ')']));
    let paths = words.filter_map(plain_path);
    paths.flat_map(|it| ["", ".js", ".cjs", "/index.js"].map(|ending| [&*it, ending].concat()))
}

fn is_build(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    BUILD_NAMES.contains(&name)
        || BUILD_ENDINGS.iter().any(|it| name.ends_with(it))
        || BUILD_FOLDERS.iter().any(|it| lower.starts_with(it))
}

/// Adds the role of being named: files among `open` that a file with a role names, and so on from these. Each content is read
/// once. The name of the file that names it is the detail.
pub(super) fn add_named(
    contents: &Contents,
    roles: &mut BTreeMap<String, FileRole>,
    open: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let mut by_name: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for path in open.iter().filter(|it| !roles.contains_key(*it)) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        for it in [name, stem] {
            if it == name || it.len() >= SHORTEST {
                by_name.entry(it).or_default().push(path);
            }
        }
    }
    let mut named_by = BTreeMap::new();
    let mut queue: Vec<String> = roles.keys().cloned().collect();
    while let Some(path) = queue.pop() {
        let text = String::from_utf8_lossy(contents.content(&path).unwrap_or_default());
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '.' | '_' | '-');
        let words: BTreeSet<&str> = text.split(|it| !is_part(it)).collect();
        for word in words {
            for found in by_name.remove(word).into_iter().flatten() {
                if *found != path && !roles.contains_key(found) {
                    roles.insert(found.clone(), FileRole::Named);
                    named_by.insert(found.clone(), path.clone());
                    queue.push(found.clone());
                }
            }
        }
    }
    named_by
}
