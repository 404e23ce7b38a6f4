//! The installed packages themselves: every folder in a `node_modules` is a package of the lockfile.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::difference::{Difference, What};
use super::locked::{Entry, is_installed, label};
use super::manifest::Manifest;
use super::{InstallError, commands};
use crate::source::Disk;

/// What a walk has to do with.
struct Walk<'a> {
    project: &'a Path,
    locked: &'a BTreeMap<String, Entry>,
    found: &'a mut Vec<Difference>,
    installed: BTreeSet<String>,
    /// The folders of packages that are still to be listed.
    open: Vec<String>,
}

/// Walks all installed packages; adds what the lockfile does not have, and returns the places that are there and locked.
pub(super) fn walk(
    project: &Path,
    disk: &Disk,
    locked: &BTreeMap<String, Entry>,
    found: &mut Vec<Difference>,
) -> Result<BTreeSet<String>, InstallError> {
    let members = locked.keys().filter(|it| !is_installed(it));
    let members = members.map(|it| format!("{it}/node_modules"));
    let mut walk = Walk {
        project,
        locked,
        found,
        installed: BTreeSet::new(),
        open: members.chain(["node_modules".to_owned()]).collect(),
    };
    while let Some(folder) = walk.open.pop() {
        if bomtrail_graph::Files::is_dir(disk, &folder) {
            walk.modules(&folder)?;
        }
    }
    Ok(walk.installed)
}

impl Walk<'_> {
    /// One `node_modules`.
    fn modules(&mut self, folder: &str) -> Result<(), InstallError> {
        for name in self.names(folder)? {
            let place = format!("{folder}/{name}");
            if name == ".bin" {
                let all = self.names(&place)?;
                self.found
                    .extend(commands::stray(self.project, folder, &all));
            } else if name.starts_with('@') && self.is_folder(&place) {
                for inner in self.names(&place)? {
                    self.package(&format!("{place}/{inner}"))?;
                }
            } else if !name.starts_with('.') {
                self.package(&place)?;
            }
        }
        Ok(())
    }

    fn package(&mut self, place: &str) -> Result<(), InstallError> {
        let path = self.project.join(place);
        let metadata = fs::symlink_metadata(&path).map_err(|error| failed(place, error))?;
        let entry = self.locked.get(place);
        let what = match entry {
            None if metadata.is_dir() && self.names(place)?.is_empty() => return Ok(()),
            None if metadata.is_dir() || metadata.is_symlink() => Some(What::NotLocked),
            None => Some(What::StrayFile),
            Some(entry) if metadata.is_symlink() => self.link(&path, entry),
            Some(entry) if entry.is_link => Some(What::OtherLink),
            Some(_) if !metadata.is_dir() => Some(What::StrayFile),
            Some(entry) => folder(&path, entry),
        };
        self.found.extend(what.map(|it| Difference::new(place, it)));
        if entry.is_some() {
            self.installed.insert(place.to_owned());
        }
        if metadata.is_dir() {
            self.open.push(format!("{place}/node_modules"));
        }
        Ok(())
    }

    /// A symbolic link leads to the folder that the lockfile names.
    fn link(&self, path: &Path, entry: &Entry) -> Option<What> {
        let wanted = entry.resolved.as_deref().map(|it| self.project.join(it));
        // Version 1 has the folder of a link only in its version, which was checked with the lockfile.
        let Some(wanted) = wanted else {
            return (!entry.is_link).then_some(What::OtherLink);
        };
        let real = |it: &Path| fs::canonicalize(it).ok();
        let is_it = entry.is_link && real(path).is_some() && real(path) == real(&wanted);
        (!is_it).then_some(What::OtherLink)
    }

    fn is_folder(&self, place: &str) -> bool {
        fs::symlink_metadata(self.project.join(place)).is_ok_and(|it| it.is_dir())
    }

    fn names(&self, folder: &str) -> Result<Vec<String>, InstallError> {
        let entries = fs::read_dir(self.project.join(folder));
        let names = entries.and_then(|all| {
            all.map(|it| Ok(it?.file_name().to_string_lossy().into_owned()))
                .collect::<io::Result<Vec<String>>>()
        });
        let mut names = names.map_err(|error| failed(folder, error))?;
        names.sort_unstable();
        Ok(names)
    }
}

/// A package's folder holds the locked package.
fn folder(path: &Path, entry: &Entry) -> Option<What> {
    let Some(manifest) = Manifest::read(path) else {
        return Some(What::NoManifest);
    };
    let name = manifest.name.as_deref().unwrap_or_default();
    let version = manifest.version.as_deref();
    let other_version = entry
        .version
        .as_deref()
        .is_some_and(|locked| version.is_none_or(|it| plain_version(it) != plain_version(locked)));
    (name != entry.name || other_version).then(|| What::OtherPackage {
        installed: label(name, version),
        locked: entry.label(),
    })
}

/// A version as npm writes it into a lockfile: without a leading `v` or `=` and without build metadata.
pub(super) fn plain_version(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['v', '=']).trim_start();
    text.split('+').next().unwrap_or(text)
}

fn failed(place: &str, source: io::Error) -> InstallError {
    InstallError::Installed {
        folder: place.to_owned(),
        source,
    }
}
