//! How a component takes part in the product. A value; `walk` computes it.

/// How a component takes part in the product, seen from the roots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Reached by runtime dependencies that must be there.
    Required,
    /// Reached at run time, but only through something that may be absent.
    Optional,
    /// Reached for development, build or test only, or not at all.
    Excluded,
    /// The input does not say what needs it.
    #[default]
    Unknown,
}

impl Scope {
    /// The CycloneDX name; `None` when unknown.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Required => Some("required"),
            Self::Optional => Some("optional"),
            Self::Excluded => Some("excluded"),
            Self::Unknown => None,
        }
    }
}
