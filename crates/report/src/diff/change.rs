//! Changes between two graphs, as values.

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A package came that was not there in any version.
    Added,
    /// A package went, in all its versions.
    Removed,
    /// A package is there in other versions.
    Version,
    /// A package of one version declares another licence.
    License,
    /// A package of one version has other bytes: an alarm.
    Hash,
    /// A package runs a script when it is installed, and did not in the versions that were there.
    InstallScript,
}

impl ChangeKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Added,
        Self::Removed,
        Self::Version,
        Self::License,
        Self::Hash,
        Self::InstallScript,
    ];

    /// The name in documents and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Version => "version",
            Self::License => "license",
            Self::Hash => "hash",
            Self::InstallScript => "install-script",
        }
    }

    /// The kind as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Version => "Other versions",
            Self::License => "Other licences under one version",
            Self::Hash => "Other bytes under one version",
            Self::InstallScript => "New install scripts",
        }
    }

    /// The kind of a name; `licence` is one too.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = if name == "licence" { "license" } else { name };
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// One change of one package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// The package without a version: its Package URL, or its name where it has none.
    pub package: String,
    /// Before: versions, licences or digests.
    pub before: Vec<String>,
    /// After.
    pub after: Vec<String>,
    /// Names of the project's own dependencies that lead to what came, at most [`MOST_BROUGHT_BY`].
    pub brought_by: Vec<String>,
}

/// So many direct dependencies are named for one change.
pub const MOST_BROUGHT_BY: usize = 5;

/// What changed between two graphs, sorted by kind and package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The changes.
    pub changes: Vec<Change>,
}
