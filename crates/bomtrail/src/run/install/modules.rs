//! The packages in the `node_modules` of a project whose lockfile does not have places: each is one of the locked packages, and
//! says so itself.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use bomtrail_graph::{Component, Files as _, Fragment, Origin, Role};

use super::difference::{Difference, What};
use super::locked::label;
use super::manifest::Manifest;
use super::tree::plain_version;
use super::{InstallError, commands};
use crate::source::Disk;

/// Where Bun installs packages with its isolated linker.
const STORE: &str = "node_modules/.bun";

/// Walks all installed packages, and adds what is not locked. Returns how many packages there are.
pub(super) fn walk(
    project: &Path,
    disk: &Disk,
    locked: &Fragment,
    found: &mut Vec<Difference>,
) -> Result<usize, InstallError> {
    let root = fs::canonicalize(project).map_err(|error| failed("", error))?;
    let mut by_name: HashMap<&str, Vec<&Component>> = HashMap::new();
    for component in &locked.components {
        by_name.entry(&component.name).or_default().push(component);
    }
    let members = locked.components.iter();
    let members = members.filter(|it| it.role == Role::Member);
    let members = members.map(|it| format!("{}/node_modules", it.place));
    let mut walk = Walk {
        project,
        root: &root,
        by_name,
        found,
        count: 0,
        open: members.chain(["node_modules".to_owned()]).collect(),
    };
    for folder in disk.list(STORE) {
        walk.open.push(format!("{STORE}/{folder}/node_modules"));
    }
    while let Some(folder) = walk.open.pop() {
        if disk.is_dir(&folder) {
            walk.modules(&folder)?;
        }
    }
    Ok(walk.count)
}

struct Walk<'w> {
    project: &'w Path,
    /// The project's folder without symbolic links.
    root: &'w Path,
    by_name: HashMap<&'w str, Vec<&'w Component>>,
    found: &'w mut Vec<Difference>,
    count: usize,
    /// The `node_modules` that are still to be listed.
    open: Vec<String>,
}

impl Walk<'_> {
    /// One `node_modules`.
    fn modules(&mut self, folder: &str) -> Result<(), InstallError> {
        for name in self.names(folder)? {
            let place = format!("{folder}/{name}");
            if name == ".bin" {
                let all = self.names(&place)?;
                let stray = commands::stray(self.project, folder, &all);
                self.found.extend(stray);
            } else if name.starts_with('@') && self.project.join(&place).is_dir() {
                for inner in self.names(&place)? {
                    self.package(&format!("{place}/{inner}"), &format!("{name}/{inner}"))?;
                }
            } else if !name.starts_with('.') {
                self.package(&place, &name)?;
            }
        }
        Ok(())
    }

    /// What is installed at a place under a name, which may be an alias.
    fn package(&mut self, place: &str, alias: &str) -> Result<(), InstallError> {
        let path = self.project.join(place);
        let metadata = fs::symlink_metadata(&path).map_err(|error| failed(place, error))?;
        if metadata.is_symlink() {
            let what = (!self.is_own(&path)).then_some(What::OtherLink);
            self.found.extend(what.map(|it| Difference::new(place, it)));
            return Ok(());
        }
        if !metadata.is_dir() {
            self.found.push(Difference::new(place, What::StrayFile));
            return Ok(());
        }
        let Some(manifest) = Manifest::read(&path) else {
            if !self.names(place)?.is_empty() {
                self.found.push(Difference::new(place, What::NoManifest));
            }
            return Ok(());
        };
        self.count += 1;
        let what = self.difference(&manifest, alias);
        self.found.extend(what.map(|it| Difference::new(place, it)));
        // The packages in an archive were checked with it, and are not in the lockfile.
        if !manifest.has_bundle {
            self.open.push(format!("{place}/node_modules"));
        }
        Ok(())
    }

    /// True for a link that leads to a folder of the project or into the store.
    fn is_own(&self, path: &Path) -> bool {
        let target = fs::canonicalize(path).ok();
        target.is_some_and(|it| it.starts_with(self.root))
    }

    /// How an installed package differs from the locked ones of its name.
    fn difference(&self, manifest: &Manifest, alias: &str) -> Option<What> {
        let name = manifest.name.as_deref().unwrap_or_default();
        let version = manifest.version.as_deref();
        let of_name = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let is_version = |it: &&&Component| {
            let locked = it.version.as_deref();
            locked.is_none_or(|it| version.map(plain_version) == Some(plain_version(it)))
        };
        if of_name.iter().any(|it| is_version(&it)) {
            return None;
        }
        // The lockfile has the name asked for where a package is not from a registry.
        let of_alias = self.by_name.get(alias).map_or(&[][..], Vec::as_slice);
        let is_elsewhere =
            |it: &&&Component| !matches!(it.origin, Origin::Registry | Origin::OtherRegistry);
        if of_alias
            .iter()
            .filter(is_elsewhere)
            .any(|it| is_version(&it))
        {
            return None;
        }
        let Some(locked) = of_name.first().or(of_alias.first()) else {
            return Some(What::NotLocked);
        };
        Some(What::OtherPackage {
            installed: label(name, version),
            locked: label(&locked.name, locked.version.as_deref()),
        })
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

fn failed(place: &str, source: io::Error) -> InstallError {
    InstallError::Installed {
        folder: place.to_owned(),
        source,
    }
}
