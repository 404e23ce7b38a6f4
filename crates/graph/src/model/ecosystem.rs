//! The ecosystem of a component, by the name that Package URLs have for it.

/// A package ecosystem, named by its Package URL type (`npm`, `cpan`). A component without a Package URL, such as a private
/// root, has one too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ecosystem(&'static str);

impl Ecosystem {
    /// The ecosystem of a Package URL type; `None` for a type that purl-spec does not define, and for `generic`, which names
    /// no ecosystem.
    pub fn of_type(package_type: &str) -> Option<Self> {
        let name = bomtrail_purl::known_type(package_type)?;
        (name != "generic").then_some(Self(name))
    }

    /// The Package URL type.
    pub fn name(self) -> &'static str {
        self.0
    }
}
