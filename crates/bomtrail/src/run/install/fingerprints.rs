//! The files that npm and the check read, by digest, to detect that one of them changes in between.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail_graph::Files as _;
use bomtrail_npm::LOCKFILES;
use sha2::{Digest as _, Sha256};

use super::{InstallError, disk};
use crate::source::Recorder;

/// The files that package managers read in the project's folder, in addition to npm's lockfiles.
const READ_BY_MANAGERS: [&str; 11] = [
    ".yarnrc",
    ".yarnrc.yml",
    "bun.lock",
    "bunfig.toml",
    "package.json",
    ".npmrc",
    "yarn.lock",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    ".pnpmfile.cjs",
    ".pnpmfile.mjs",
];

/// The SHA-256 of files by their path in the project; `None` for one that does not exist.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    files: BTreeMap<String, Option<[u8; 32]>>,
    /// Files that the check read in another state.
    changed: Vec<String>,
}

impl Fingerprints {
    /// The files that npm reads in the project's folder, as they are now.
    ///
    /// # Errors
    /// [`InstallError::Folder`] when the folder cannot be entered.
    pub fn take(project: &Path) -> Result<Self, InstallError> {
        let disk = disk(project)?;
        let names = LOCKFILES.into_iter().chain(READ_BY_MANAGERS);
        let files = names.map(|it| (it.to_owned(), disk.read(it).map(|it| digest(&it))));
        Ok(Self {
            files: files.collect(),
            changed: Vec::new(),
        })
    }

    /// Adds the files that a check read, in the state in which it read them. Installed packages are left out: npm replaces
    /// them.
    pub fn add(&mut self, read: &Recorder) {
        let files = read.files().into_iter();
        for (name, file) in files.filter(|(name, _)| is_of_project(name)) {
            let known = self.files.insert(name.clone(), Some(file.sha256));
            if known.is_some_and(|it| it != Some(file.sha256)) {
                self.changed.push(name);
            }
        }
    }

    /// The files that have changed.
    ///
    /// # Errors
    /// [`InstallError::Folder`] when the folder cannot be entered.
    pub fn changed(&self, project: &Path) -> Result<Vec<String>, InstallError> {
        let disk = disk(project)?;
        let now = |name: &str| disk.read(name).map(|it| digest(&it));
        let differs = self.files.iter().filter(|(name, was)| now(name) != **was);
        let mut all: Vec<String> = differs.map(|(name, _)| name.clone()).collect();
        all.extend(self.changed.iter().cloned());
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }
}

/// Whether a file belongs to the project itself and not to an installed package or to another folder.
fn is_of_project(name: &str) -> bool {
    !Path::new(name).is_absolute() && !name.split('/').any(|it| it == "node_modules")
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
