//! Around `npm ci` and what other package managers have for it: which folder is installed, which settings change what is
//! installed, and whether the installed packages are those of the lockfile that was checked. Runs nothing.
//!
//! ```
//! use std::path::Path;
//!
//! use bomtrail::install::{differences, lockfile};
//!
//! let project = Path::new("../../fixtures/npm/basic");
//! assert_eq!(lockfile(project)?, Some("package-lock.json"));
//! // Nothing is installed there, so the record that npm writes is missing.
//! assert_eq!(differences(project)?.len(), 1);
//! # Ok::<(), bomtrail::install::InstallError>(())
//! ```

mod bun;
mod commands;
mod difference;
mod fingerprints;
mod hidden;
mod locked;
mod manifest;
mod modules;
mod pnpm;
mod prefix;
mod settings;
mod tree;
mod yarn;

use std::io;
use std::path::Path;

use bomtrail_npm::{LOCKFILES, LockfileChoice};

use crate::source::{DEFAULT_SIZE_LIMIT, Disk, ReadError};

pub use bun::{bun_differences, unsafe_bun_settings};
pub use difference::{Difference, What};
pub use fingerprints::Fingerprints;
pub use pnpm::{pnpm_differences, unsafe_pnpm_settings};
pub use prefix::npm_folder;
pub use settings::{UnsafeSetting, unsafe_settings};
pub use yarn::{YarnGeneration, unsafe_yarn_settings, yarn_differences, yarn_generation};

/// What npm records about the packages it installed.
const HIDDEN_LOCKFILE: &str = "node_modules/.package-lock.json";

/// Why an installation cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstallError {
    /// The project folder cannot be read.
    #[error("the project folder cannot be read: {0}")]
    Folder(#[source] ReadError),
    /// A folder of installed packages cannot be listed.
    #[error("`{folder}` cannot be read: {source}")]
    Installed {
        /// The folder, relative to the project.
        folder: String,
        /// The error of the system.
        source: io::Error,
    },
    /// A file of npm's settings exists and cannot be read.
    #[error("{name} cannot be read: {cause}")]
    Settings {
        /// The file, for messages: `.npmrc`, or whose settings it has.
        name: &'static str,
        /// Why.
        cause: String,
    },
    /// A lockfile is not JSON.
    #[error("`{path}` cannot be read as a lockfile")]
    Lockfile {
        /// The lockfile, relative to the project.
        path: &'static str,
    },
}

/// The lockfile that npm installs from; `None` without a lockfile.
///
/// # Errors
/// [`InstallError::Folder`] when the folder cannot be entered.
pub fn lockfile(project: &Path) -> Result<Option<&'static str>, InstallError> {
    let disk = disk(project)?;
    Ok(LOCKFILES.into_iter().find(|it| disk.has(it)))
}

/// The lockfile that a check reads, and the package manager that writes it; `None` without a lockfile.
///
/// # Errors
/// [`InstallError::Folder`] when the folder cannot be entered.
pub fn checked_lockfile(
    project: &Path,
) -> Result<Option<(&'static str, &'static str)>, InstallError> {
    let choice = LockfileChoice::of(&disk(project)?);
    Ok(choice.map(|it| (it.read, it.manager())))
}

/// How the installed packages differ from the lockfile; empty when they are the same.
///
/// The lockfile is read again: the caller makes sure with [`Fingerprints`] that it is the one that was checked.
///
/// # Errors
/// [`InstallError`] when the lockfile or a folder of installed packages cannot be read.
pub fn differences(project: &Path) -> Result<Vec<Difference>, InstallError> {
    let disk = disk(project)?;
    let path = LOCKFILES.into_iter().find(|it| disk.has(it));
    let path = path.unwrap_or("package-lock.json");
    let locked = locked::read(&disk, path)?;
    let mut found = Vec::new();
    let installed = tree::walk(project, &disk, &locked, &mut found)?;
    if disk.has(HIDDEN_LOCKFILE) {
        let recorded = locked::read(&disk, HIDDEN_LOCKFILE)?;
        hidden::compare(&locked, &recorded, &installed, &mut found);
    } else if !installed.is_empty() || locked.values().any(locked::Entry::is_required) {
        found.push(Difference::new(HIDDEN_LOCKFILE, What::NoRecord));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn disk(project: &Path) -> Result<Disk, InstallError> {
    Disk::open(project, DEFAULT_SIZE_LIMIT).map_err(InstallError::Folder)
}

#[cfg(test)]
mod tests;
