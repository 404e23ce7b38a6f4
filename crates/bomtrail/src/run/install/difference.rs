//! A difference between what was checked and what is installed.

use std::fmt;

/// A difference between what was checked and what is installed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Difference {
    /// Where it is, relative to the project, with `/`.
    pub place: String,
    /// What is different.
    pub what: What,
}

/// What is different.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// npm left no record of what it installed.
    NoRecord,
    /// A package is installed that the lockfile does not list.
    NotLocked,
    /// npm recorded a package that is not in its place.
    NotThere,
    /// Another package is installed: name and version as installed and as locked.
    OtherPackage {
        /// As installed.
        installed: String,
        /// As locked.
        locked: String,
    },
    /// Its manifest is missing or cannot be read.
    NoManifest,
    /// A package that was checked as a part of another package was installed from its own source.
    FetchedOnItsOwn,
    /// A package was installed from another source.
    OtherSource,
    /// A package was installed with another digest, or without the locked one.
    OtherDigest,
    /// The lockfile has a link here, or the link leads to another folder.
    OtherLink,
    /// A file that does not belong to a package.
    StrayFile,
    /// A command that the package it leads to does not declare.
    StrayCommand,
}

impl Difference {
    pub(super) fn new(place: &str, what: What) -> Self {
        let place = place.to_owned();
        Self { place, what }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.place)?;
        match &self.what {
            What::NoRecord => {
                f.write_str("is missing, so the sources of the installed packages are unknown")
            }
            What::NotLocked => f.write_str("is installed, but is not in the lockfile"),
            What::NotThere => f.write_str("is recorded as installed, but is not there"),
            What::OtherPackage { installed, locked } => {
                write!(f, "is `{installed}`, but the lockfile has `{locked}`")
            }
            What::NoManifest => f.write_str("has no readable package.json"),
            What::FetchedOnItsOwn => f.write_str(
                "was installed from its own source, but was checked as a part of another package",
            ),
            What::OtherSource => {
                f.write_str("was installed from another source than the locked one")
            }
            What::OtherDigest => {
                f.write_str("was installed with another digest than the locked one")
            }
            What::OtherLink => f.write_str("does not lead where the lockfile says"),
            What::StrayFile => f.write_str("is a file that belongs to no package"),
            What::StrayCommand => f.write_str("is a command that its package does not declare"),
        }
    }
}
