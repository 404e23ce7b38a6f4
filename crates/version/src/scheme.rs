//! The version schemes whose grammar is known.

#[cfg(feature = "cargo")]
use crate::cargo;
use crate::{cpan, npm, vers};

/// A version scheme: how the versions of one ecosystem are ordered and how its ranges are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// Semantic Versioning 2.0 and the requirements of Cargo's manifests.
    #[cfg(feature = "cargo")]
    Cargo,
    /// `version.pm` and `CPAN::Meta::Requirements`.
    Cpan,
    /// `node-semver`.
    Npm,
}

impl Scheme {
    /// Every scheme of this build.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "cargo")]
        Self::Cargo,
        Self::Cpan,
        Self::Npm,
    ];

    /// The scheme of a Package URL type (`cargo`, `cpan`, `npm`), if its grammar is known.
    pub fn of_type(package_type: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|it| it.name() == package_type)
    }

    /// The Package URL type, which is also the scheme name in a `vers` URI.
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "cargo")]
            Self::Cargo => "cargo",
            Self::Npm => "npm",
            Self::Cpan => "cpan",
        }
    }

    /// True when `text` is a version range of this scheme. A single version is one.
    pub fn is_range(self, text: &str) -> bool {
        match self {
            #[cfg(feature = "cargo")]
            Self::Cargo => cargo::is_range(text),
            Self::Npm => npm::is_range(text),
            Self::Cpan => cpan::Range::parse(text).is_ok(),
        }
    }

    /// True when a range that is meant to block versions blocks this one. A prerelease is blocked with its release, and a
    /// version that cannot be compared is always blocked. False when `range` is not a range.
    pub fn blocks(self, range: &str, version: &str) -> bool {
        match self {
            #[cfg(feature = "cargo")]
            Self::Cargo => cargo::blocks(range, version),
            Self::Npm => npm::blocks(range, version),
            Self::Cpan => {
                let accepts = |range: cpan::Range| {
                    cpan::Version::parse(version).is_none_or(|it| range.accepts(&it))
                };
                cpan::Range::parse(range).is_ok_and(accepts)
            }
        }
    }

    /// The range as a `vers` URI (`vers:npm/>=1.0.0|<2.0.0-0`); `None` when `range` is not a range of this scheme or the
    /// URI would be longer than CycloneDX 1.7 allows (4096 characters).
    pub fn vers(self, range: &str) -> Option<String> {
        vers::of(self, range)
    }
}

#[cfg(test)]
mod tests;
