//! Official property names in the CycloneDX property taxonomy, found by Package URL type: for documents that are read back,
//! which name the type and not the reader that a component first came from.

use crate::facts::Taxonomy;

/// Every taxonomy that is registered, by the Package URL type it is about (cyclonedx-property-taxonomy, June 2026).
static ALL: [(&str, Taxonomy); 1] = [(
    "npm",
    Taxonomy {
        bundled: "cdx:npm:package:bundled",
        extraneous: "cdx:npm:package:extraneous",
        private: "cdx:npm:package:private",
        development: "cdx:npm:package:development",
        path: "cdx:npm:package:path",
        engine: "cdx:npm:package:constraint:engine:",
        os: "cdx:npm:package:constraint:os",
    },
)];

impl Taxonomy {
    /// The taxonomy of a Package URL type (`npm`), if one is registered.
    pub fn of_type(package_type: &str) -> Option<&'static Self> {
        ALL.iter()
            .find(|(name, _)| *name == package_type)
            .map(|(_, taxonomy)| taxonomy)
    }

    /// Every taxonomy that is registered.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        ALL.iter().map(|(_, taxonomy)| taxonomy)
    }
}
