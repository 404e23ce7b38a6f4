//! The manifest of a package, as it is in the bytes of its archive.

use std::collections::{BTreeMap, BTreeSet};

/// How a manifest asks for another package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequirementKind {
    /// It must be there.
    Required,
    /// It may be absent.
    Optional,
    /// Who uses the package provides it.
    Peer,
}

/// What an archive's manifest states. What it does not state is empty or `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Manifest {
    /// The manifest's path in the package.
    pub path: String,
    /// The package's name.
    pub name: Option<String>,
    /// Its version, as written.
    pub version: Option<String>,
    /// What it asks for to run: name, kind and range. `None` where the manifest is not what an installation follows.
    pub requirements: Option<BTreeMap<String, (RequirementKind, String)>>,
    /// Its commands, by name, with their files.
    pub commands: BTreeMap<String, String>,
    /// Scripts by name, as written.
    pub scripts: BTreeMap<String, String>,
    /// The names of scripts that an installation runs, in their order.
    pub install_scripts: Vec<String>,
    /// Packages that the manifest says the archive contains, by name.
    pub bundled: Vec<String>,
    /// Packages whose files are in the archive, by name, whatever the manifest says.
    pub embedded: BTreeSet<String>,
    /// Runtimes and their ranges.
    pub engines: BTreeMap<String, String>,
    /// Declared licences, as written.
    pub licenses: Vec<String>,
    /// The source commit that the publisher's tool wrote.
    pub commit: Option<String>,
    /// The source repository, as written.
    pub repository: Option<String>,
    /// The package's folder in that repository.
    pub directory: Option<String>,
    /// The files that users of the package load first.
    pub entry_points: Vec<String>,
}

impl Manifest {
    /// The scripts that an installation runs, with their text.
    pub fn install_commands(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.install_scripts.iter();
        names.filter_map(|it| Some((&**it, &**self.scripts.get(it)?)))
    }
}
