//! The ecosystem of a component, by the name that Package URLs have for it.

use bomtrail_purl::KnownType;

/// A package ecosystem, named by its Package URL type (`npm`, `cpan`). A component without a Package URL, such as a private
/// root, has one too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ecosystem(KnownType);

impl Ecosystem {
    /// The ecosystem of a Package URL type; `None` for a type that purl-spec does not define, and for `generic`, which names
    /// no ecosystem.
    pub fn of_type(package_type: &str) -> Option<Self> {
        let known = KnownType::of(package_type)?;
        (package_type != "generic").then_some(Self(known))
    }

    /// The Package URL type.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}
