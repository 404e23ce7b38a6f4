//! The versions of the specification.

/// A version of the CycloneDX specification (ECMA-424) that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpecVersion {
    /// 1.4 (2022).
    V1_4,
    /// 1.5 (2023): lifecycles, tools as components.
    V1_5,
    /// 1.6 (2024): authors, licence acknowledgement.
    #[default]
    V1_6,
    /// 1.7 (2025): several licence expressions side by side.
    V1_7,
}

impl SpecVersion {
    /// All of them, oldest first.
    pub const ALL: [Self; 4] = [Self::V1_4, Self::V1_5, Self::V1_6, Self::V1_7];

    /// The newest of them.
    pub(crate) const NEWEST: Self = Self::V1_7;

    /// As `specVersion` writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1_4 => "1.4",
            Self::V1_5 => "1.5",
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }

    /// The version of a name as `specVersion` writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
