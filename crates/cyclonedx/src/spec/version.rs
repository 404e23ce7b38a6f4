//! The versions of the specification.

/// A version of the CycloneDX specification (ECMA-424).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpecVersion {
    /// 1.2 (2020). It is read and checked, not written.
    V1_2,
    /// 1.3 (2021): compositions, evidence, properties. It is read and checked, not written.
    V1_3,
    /// 1.4 (2022): vulnerabilities, release notes.
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
    /// All that can be written, oldest first.
    pub const ALL: [Self; 4] = [Self::V1_4, Self::V1_5, Self::V1_6, Self::V1_7];

    /// All that can be read, oldest first.
    pub(crate) const READ: [Self; 6] = [
        Self::V1_2,
        Self::V1_3,
        Self::V1_4,
        Self::V1_5,
        Self::V1_6,
        Self::V1_7,
    ];

    /// The oldest of them.
    pub(crate) const OLDEST: Self = Self::V1_2;

    /// The newest of them.
    pub(crate) const NEWEST: Self = Self::V1_7;

    /// As `specVersion` writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
            Self::V1_4 => "1.4",
            Self::V1_5 => "1.5",
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }

    /// The version of a name as `specVersion` writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::READ.into_iter().find(|it| it.name() == name)
    }
}
