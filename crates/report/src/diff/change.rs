//! Changes between two graphs, as values.

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// A package is new in every version.
    Added,
    /// A package is gone in all its versions.
    Removed,
    /// A package has other versions.
    Version,
    /// A package of one version comes from another registry.
    Registry,
    /// A package of one version comes from another place than a registry, or from another author.
    Source,
    /// A package of one version has other bytes.
    Hash,
    /// A package of one version no longer has a digest.
    IntegrityLost,
    /// The strongest digest of a package of one version is weaker than before.
    IntegrityWeakened,
    /// A package of one version has a digest of another algorithm than before, and none that is weaker.
    IntegrityChanged,
    /// A package runs a script when it is installed, and did not in the versions before.
    InstallScript,
    /// A package of one version was for development only and is now part of the product.
    Production,
    /// A package of one version takes another part in the product.
    Scope,
    /// A package of one version declares another licence.
    License,
    /// A package of one version depends on another package that was there before.
    EdgeAdded,
    /// A package of one version no longer depends on a package that is still there.
    EdgeRemoved,
    /// A dependency that nothing provides.
    Missing,
    /// A dependency whose version is not in the requested range.
    Invalid,
    /// A dependency is no longer missing or invalid.
    Repaired,
    /// A known vulnerability applies that did not before.
    Vulnerability,
    /// A known vulnerability no longer applies.
    VulnerabilityGone,
}

impl ChangeKind {
    /// All kinds.
    pub const ALL: [Self; 20] = [
        Self::Added,
        Self::Removed,
        Self::Version,
        Self::Registry,
        Self::Source,
        Self::Hash,
        Self::IntegrityLost,
        Self::IntegrityWeakened,
        Self::IntegrityChanged,
        Self::InstallScript,
        Self::Production,
        Self::Scope,
        Self::License,
        Self::EdgeAdded,
        Self::EdgeRemoved,
        Self::Missing,
        Self::Invalid,
        Self::Repaired,
        Self::Vulnerability,
        Self::VulnerabilityGone,
    ];

    /// The name in documents and on the command line, and the heading.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Added => ("added", "Added"),
            Self::Removed => ("removed", "Removed"),
            Self::Version => ("version", "Other versions"),
            Self::Registry => ("registry", "Other registries for one version"),
            Self::Source => ("source", "Other sources for one version"),
            Self::Hash => ("hash", "Other bytes for one version"),
            Self::IntegrityLost => ("integrity-lost", "Digests lost"),
            Self::IntegrityWeakened => ("integrity-weakened", "Digests weakened"),
            Self::IntegrityChanged => ("integrity-changed", "Digests of other algorithms"),
            Self::InstallScript => ("install-script", "New install scripts"),
            Self::Production => ("production", "From development to production"),
            Self::Scope => ("scope", "Other scopes"),
            Self::License => ("license", "Other licences for one version"),
            Self::EdgeAdded => ("edge-added", "New dependencies"),
            Self::EdgeRemoved => ("edge-removed", "Dependencies removed"),
            Self::Missing => ("missing", "Missing dependencies"),
            Self::Invalid => ("invalid", "Invalid dependencies"),
            Self::Repaired => ("repaired", "Dependencies no longer missing or invalid"),
            Self::Vulnerability => ("vulnerability", "New vulnerabilities"),
            Self::VulnerabilityGone => {
                ("vulnerability-gone", "Vulnerabilities that no longer apply")
            }
        }
    }

    /// The name in documents and on the command line.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// The kind as a heading.
    pub fn title(self) -> &'static str {
        self.words().1
    }

    /// The kind of a name; `licence` is one too.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = if name == "licence" { "license" } else { name };
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// How far a version moves (Semantic Versioning 2.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VersionStep {
    /// To a lower version.
    Downgrade,
    /// To a new major version.
    Major,
    /// To a new minor version.
    Minor,
    /// To a new patch version.
    Patch,
    /// From or to a pre-release of the same version.
    Prerelease,
    /// The versions cannot be compared.
    Unknown,
}

impl VersionStep {
    /// All steps.
    pub const ALL: [Self; 6] = [
        Self::Downgrade,
        Self::Major,
        Self::Minor,
        Self::Patch,
        Self::Prerelease,
        Self::Unknown,
    ];

    /// The name in documents and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Downgrade => "downgrade",
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
            Self::Prerelease => "prerelease",
            Self::Unknown => "unknown-step",
        }
    }

    /// The step of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// One change of one package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// The package: its Package URL, without a version where the change is about versions; its name when it has no Package URL.
    pub package: String,
    /// Before: versions, licences, digests, sources or names of dependencies.
    pub before: Vec<String>,
    /// After.
    pub after: Vec<String>,
    /// How far the version moves; `None` for the other kinds.
    pub step: Option<VersionStep>,
    /// Names of the project's own dependencies that lead to what is new, at most [`MOST_BROUGHT_BY`].
    pub brought_by: Vec<String>,
}

impl Change {
    /// A change of a package from `before` to `after`.
    pub fn new(
        kind: ChangeKind,
        package: impl Into<String>,
        before: Vec<String>,
        after: Vec<String>,
    ) -> Self {
        Self {
            kind,
            package: package.into(),
            before,
            after,
            step: None,
            brought_by: Vec::new(),
        }
    }

    /// With the names of the project's own dependencies that lead to what is new.
    #[must_use]
    pub fn brought_by(mut self, names: Vec<String>) -> Self {
        self.brought_by = names;
        self
    }

    /// With the distance between the versions.
    #[must_use]
    pub fn step(mut self, step: Option<VersionStep>) -> Self {
        self.step = step;
        self
    }
}

/// The most direct dependencies named for one change.
pub const MOST_BROUGHT_BY: usize = 5;

/// The changes between two graphs, sorted by kind and package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The changes.
    pub changes: Vec<Change>,
}
