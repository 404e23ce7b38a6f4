//! Around `yarn install --immutable` and `yarn install --frozen-lockfile`: which Yarn a lockfile is for, the settings that change
//! what it installs, and whether the installed packages are those of the lockfile.

use std::collections::BTreeSet;
use std::path::Path;

use bomtrail_graph::{Diagnostics, Files as _, Fragment, Input, Reader as _, Role};
use bomtrail_npm::{YarnLock, pnpm_workspace_settings, yarnrc_settings};

use super::difference::{Difference, What};
use super::{InstallError, UnsafeSetting, disk, modules};
use crate::source::Disk;

const LOCKFILE: &str = "yarn.lock";
/// What Yarn 1 records about its installation.
const INTEGRITY: &str = "node_modules/.yarn-integrity";
/// What Yarn 2 and later record about an installation with `node_modules`.
const STATE: &str = "node_modules/.yarn-state.yml";
/// What Yarn 2 and later write to find packages without `node_modules`.
const PLUG_AND_PLAY: &str = ".pnp.cjs";

/// The version of Yarn that a lockfile is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YarnGeneration {
    /// Yarn 1.
    Classic,
    /// Yarn 2 and later.
    Berry,
}

/// The Yarn that the lockfile of a project is for.
///
/// # Errors
/// [`InstallError::Folder`] when the folder cannot be entered.
pub fn yarn_generation(project: &Path) -> Result<YarnGeneration, InstallError> {
    let text = text(&disk(project)?, LOCKFILE);
    let is_berry = text.lines().any(|it| it.starts_with("__metadata:"));
    Ok(if is_berry {
        YarnGeneration::Berry
    } else {
        YarnGeneration::Classic
    })
}

/// The values of settings that change what is installed; without a value, every one.
const UNSAFE: [(&str, Option<&str>); 13] = [
    ("checksum-behavior", None),
    ("cwd", None),
    ("flat", None),
    ("force", None),
    ("frozen-lockfile", Some("false")),
    ("lockfile", Some("false")),
    ("lockfile-filename", None),
    ("modules-folder", None),
    ("no-lockfile", None),
    ("node-linker", Some("pnpm")),
    ("pure-lockfile", None),
    ("rc-filename", None),
    ("update-checksums", None),
];

/// The settings that change what Yarn installs in this project: those of `.yarnrc`, `.yarnrc.yml`, and these variables of the
/// environment. `home` is the user's folder, whose files count too.
///
/// # Errors
/// [`InstallError::Folder`] when a folder cannot be entered.
pub fn unsafe_yarn_settings(
    project: &Path,
    home: Option<&Path>,
    variables: &[(String, String)],
) -> Result<Vec<UnsafeSetting>, InstallError> {
    let mut all = Vec::new();
    let own = std::fs::canonicalize(project).unwrap_or_else(|_| project.to_owned());
    let above = own.ancestors().skip(1).chain(home);
    for (folder, name) in
        std::iter::once((project, "")).chain(above.map(|it| (it, "above the project: ")))
    {
        let Ok(disk) = disk(folder) else { continue };
        for (key, value, line) in yarnrc_settings(&disk.read(".yarnrc").unwrap_or_default()) {
            all.push((key, value, format!("{name}.yarnrc:{line}")));
        }
        for (key, value, line) in
            pnpm_workspace_settings(&disk.read(".yarnrc.yml").unwrap_or_default())
        {
            all.push((key, value, format!("{name}.yarnrc.yml:{line}")));
        }
    }
    for (name, value) in variables.iter().filter(|(_, value)| !value.is_empty()) {
        let key = name.to_ascii_lowercase().replace('_', "-");
        if let Some(key) = key.strip_prefix("yarn-") {
            all.push((key.to_owned(), value.clone(), name.clone()));
        }
    }
    let harmful = all.into_iter().filter(|(key, value, _)| {
        let known = UNSAFE.iter().find(|(it, _)| it == key);
        known.is_some_and(|(_, harm)| harm.is_none_or(|it| it == value.trim()))
    });
    Ok(harmful
        .map(|(key, value, source)| UnsafeSetting { key, value, source })
        .collect())
}

/// How the installed packages differ from the lockfile; empty when they are the same.
///
/// # Errors
/// [`InstallError`] when the lockfile or a folder of installed packages cannot be read.
pub fn yarn_differences(project: &Path) -> Result<Vec<Difference>, InstallError> {
    let disk = disk(project)?;
    let locked = read(&disk)?;
    let mut found = Vec::new();
    let count = modules::walk(project, &disk, &locked, &mut found)?;
    let lock = text(&disk, LOCKFILE);
    let is_needed = locked
        .components
        .iter()
        .any(|it| it.role == Role::Dependency);
    let record = [INTEGRITY, STATE, PLUG_AND_PLAY]
        .into_iter()
        .find(|it| disk.has(it));
    let recorded = match (record, yarn_generation(project)?) {
        (Some(INTEGRITY), YarnGeneration::Classic) => {
            sources(&text(&disk, INTEGRITY)).map(|it| not_in(&it, &values(&lock, "  resolved \"")))
        }
        (Some(STATE), YarnGeneration::Berry) => Some(not_in(
            &state(&text(&disk, STATE)),
            &values(&lock, "  resolution: \""),
        )),
        (Some(PLUG_AND_PLAY), YarnGeneration::Berry) => {
            registry(&disk).map(|it| not_in(&it, &values(&lock, "  resolution: \"")))
        }
        _ => None,
    };
    match recorded {
        Some(other) => found.extend(other.iter().map(|it| Difference::new(it, What::NotLocked))),
        None if is_needed || count > 0 => {
            let place = record.unwrap_or(STATE);
            found.push(Difference::new(place, What::NoRecord));
        }
        None => {}
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn read(disk: &Disk) -> Result<Fragment, InstallError> {
    let bytes = disk.read(LOCKFILE).unwrap_or_default();
    let input = Input {
        path: LOCKFILE,
        bytes: &bytes,
        files: disk,
    };
    let fragment = YarnLock.read(&input, &mut Diagnostics::new());
    if fragment.components.is_empty() {
        return Err(InstallError::Lockfile { path: LOCKFILE });
    }
    Ok(fragment)
}

fn text(disk: &Disk, path: &str) -> String {
    let bytes = disk.read(path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The values of the lines that begin like this, up to the quote that ends them.
fn values<'t>(text: &'t str, beginning: &str) -> BTreeSet<&'t str> {
    let rest = text.lines().filter_map(|it| it.strip_prefix(beginning));
    rest.filter_map(|it| it.split('"').next()).collect()
}

fn not_in(recorded: &BTreeSet<String>, locked: &BTreeSet<&str>) -> Vec<String> {
    let other = recorded.iter().filter(|it| !locked.contains(&***it));
    other.cloned().collect()
}

/// The addresses that Yarn 1 installed from.
fn sources(text: &str) -> Option<BTreeSet<String>> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let entries = value.get("lockfileEntries")?.as_object()?;
    let all = entries.values().filter_map(serde_json::Value::as_str);
    Some(all.filter(|it| !it.is_empty()).map(str::to_owned).collect())
}

/// The packages that Yarn 2 and later installed in `node_modules`.
fn state(text: &str) -> BTreeSet<String> {
    let keys = text
        .lines()
        .filter_map(|it| it.strip_prefix('"')?.strip_suffix("\":"));
    keys.map(physical).collect()
}

/// A package without the mark of a copy that Yarn links for its peers.
fn physical(locator: &str) -> String {
    match locator.split_once("@virtual:") {
        Some((name, rest)) => {
            let reference = rest.split_once('#').map_or(rest, |(_, it)| it);
            [name, "@", reference].concat()
        }
        None => locator.to_owned(),
    }
}

/// The packages that Yarn 2 and later find without `node_modules`; `None` where the file cannot be read.
fn registry(disk: &Disk) -> Option<BTreeSet<String>> {
    let json = if disk.has(".pnp.data.json") {
        text(disk, ".pnp.data.json")
    } else {
        let script = text(disk, PLUG_AND_PLAY);
        let (_, rest) = script.split_once("RAW_RUNTIME_STATE =")?;
        let (state, _) = rest.trim_start().strip_prefix('\'')?.split_once("\n}';")?;
        let state = [state, "\n}"].concat().replace("\\\n", "\n");
        state.replace("\\'", "'").replace("\\\\", "\\")
    };
    let value: serde_json::Value = serde_json::from_str(&json).ok()?;
    let mut all = BTreeSet::new();
    for named in value.get("packageRegistryData")?.as_array()? {
        let Some(name) = named.get(0).and_then(serde_json::Value::as_str) else {
            continue;
        };
        for package in named.get(1)?.as_array()? {
            let reference = package.get(0).and_then(serde_json::Value::as_str);
            all.extend(reference.map(|it| physical(&[name, "@", it].concat())));
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests;
