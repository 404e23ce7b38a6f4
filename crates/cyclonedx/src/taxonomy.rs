//! Official property names of ecosystems in the CycloneDX property taxonomy (cyclonedx-property-taxonomy, June 2026). The
//! writer uses them where they exist, and names of its own where they do not.

use bomtrail_graph::Ecosystem;

/// The property names of one ecosystem.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Taxonomy {
    /// The ecosystem, as a Package URL type.
    ecosystem: &'static str,
    /// Shipped inside the archive of another package.
    pub(crate) bundled: &'static str,
    /// Installed, but required by nothing.
    pub(crate) extraneous: &'static str,
    /// Marked as not to be published.
    pub(crate) private: &'static str,
    /// Required by development dependencies only.
    pub(crate) development: &'static str,
    /// A place of the component, relative to the project.
    pub(crate) path: &'static str,
    /// Prefix of an engine constraint; the name of the engine follows.
    pub(crate) engine: &'static str,
    /// An operating system constraint.
    pub(crate) os: &'static str,
}

static ALL: [Taxonomy; 1] = [Taxonomy {
    ecosystem: "npm",
    bundled: "cdx:npm:package:bundled",
    extraneous: "cdx:npm:package:extraneous",
    private: "cdx:npm:package:private",
    development: "cdx:npm:package:development",
    path: "cdx:npm:package:path",
    engine: "cdx:npm:package:constraint:engine:",
    os: "cdx:npm:package:constraint:os",
}];

impl Taxonomy {
    /// The names of an ecosystem, if any are registered.
    pub(crate) fn of(ecosystem: Ecosystem) -> Option<&'static Self> {
        ALL.iter().find(|it| it.ecosystem == ecosystem.name())
    }

    /// The names of every ecosystem that has some.
    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        ALL.iter()
    }

    /// The ecosystem that the names belong to.
    pub(crate) fn ecosystem(&self) -> Option<Ecosystem> {
        Ecosystem::of_type(self.ecosystem)
    }
}
