//! Differences between a lockfile and what is installed next to it.

use std::collections::BTreeSet;

use bomtrail_graph::{Diagnostics, Files, Flags, Fragment, Role};

use super::diags;
use crate::paths;

/// Reports packages that are installed and not locked, and counts those that are locked and not installed. What was left out on
/// purpose, such as optional and development dependencies, is not counted.
pub(crate) fn report(
    fragment: &Fragment,
    base: &str,
    files: &dyn Files,
    diagnostics: &mut Diagnostics,
) {
    let path = |location: &str| paths::join(base, location).unwrap_or_default();
    if !files.is_dir(&path("node_modules")) {
        return;
    }
    let mut folders: BTreeSet<String> = BTreeSet::from(["node_modules".to_owned()]);
    let mut locked: BTreeSet<&str> = BTreeSet::new();
    let mut missing: Vec<&str> = Vec::new();
    let optional = [
        Flags::DEV,
        Flags::OPTIONAL,
        Flags::DEV_OPTIONAL,
        Flags::PEER,
    ];
    for it in &fragment.components {
        if it.role != Role::Dependency || paths::split_modules(&it.place).is_none() {
            continue;
        }
        locked.insert(&it.place);
        let is_left_out = optional.iter().any(|flag| it.flags.has(*flag));
        if files.is_dir(&path(&it.place)) {
            folders.insert([&*it.place, "/node_modules"].concat());
        } else if !is_left_out {
            missing.push(&it.place);
        }
    }
    if let Some(first) = missing.first() {
        diagnostics.push(diags::not_installed(&fragment.path, first, missing.len()));
    }
    for folder in &folders {
        for location in packages(folder, base, files) {
            // A link leads to a place of its own.
            let is_link = files.real(&path(&location)) != Some(path(&location));
            if !is_link && !locked.contains(&*location) {
                diagnostics.push(diags::not_locked(&fragment.path, &location));
            }
        }
    }
}

/// The places of the packages in a `node_modules` folder.
fn packages(folder: &str, base: &str, files: &dyn Files) -> Vec<String> {
    let list = |folder: &str| files.list(&paths::join(base, folder).unwrap_or_default());
    let mut found = Vec::new();
    for name in list(folder) {
        let location = [folder, "/", &name].concat();
        if name.starts_with('@') {
            let inner = list(&location).into_iter();
            found.extend(inner.map(|it| [&*location, "/", &it].concat()));
        } else if !name.starts_with('.') {
            found.push(location);
        }
    }
    found.retain(|it| {
        let manifest = [it.as_str(), "/package.json"].concat();
        let manifest = paths::join(base, &manifest).unwrap_or_default();
        !it.contains(char::is_control) && files.is_file(&manifest)
    });
    found
}
