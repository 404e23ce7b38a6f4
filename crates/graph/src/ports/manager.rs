//! The words of a package manager, for advice to its users.

/// A package manager as its users know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackageManager {
    /// Its command, as in `npm`.
    pub name: &'static str,
    /// The file name of its lockfile.
    pub lockfile: &'static str,
    /// The command that writes the lockfile from the manifest.
    pub update: &'static str,
    /// How a project replaces a dependency of another package, as a fragment; empty where it cannot.
    pub replace: &'static str,
    /// The command that brings several versions of a package together; empty where there is none.
    pub dedupe: &'static str,
}
